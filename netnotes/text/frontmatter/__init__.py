"""Front matter: find the block, read its properties, change single properties, and tell which are ours."""
