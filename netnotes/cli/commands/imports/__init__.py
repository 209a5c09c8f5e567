"""Commands that bring in what other programs know."""
