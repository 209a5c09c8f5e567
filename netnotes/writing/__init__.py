"""Make planned changes to notes, and undo them."""
