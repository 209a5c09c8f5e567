"""A vault on disk, opened and ready to run."""
