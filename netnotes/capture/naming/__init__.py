"""Names where they are harder to tell from words: in lists of common words, and of places."""
