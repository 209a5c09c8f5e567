"""What was not read: remarks on notes, lines and options, and settings to read more. Pure."""
