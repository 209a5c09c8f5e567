"""Commands that import from other programs, or read their files where they are."""
