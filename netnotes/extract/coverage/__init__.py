"""What was almost read: remarks on notes, lines and options, and settings to read more. Pure."""
