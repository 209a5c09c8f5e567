"""Notice that files of a vault changed."""
