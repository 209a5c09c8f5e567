"""Commands that import from other programs."""
