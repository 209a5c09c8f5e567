"""Decide what each note is to contain. Pure; `netnotes.writing` makes the changes."""
