"""Sentences for `netnotes log` in Chinese and Japanese, which are written without spaces."""
