"""What was almost read: remarks on notes, lines and options, and settings that would let more be read. Pure."""
