"""Markdown: links, tags, headings and blocks of one note."""
