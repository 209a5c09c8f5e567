"""Notice changes to the files of a vault."""
