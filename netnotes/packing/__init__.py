"""Records as plain data by column, and back. Pure."""
