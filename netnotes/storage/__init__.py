"""Files on disk: list, read, cache, and replace them safely. Knows nothing of people."""
