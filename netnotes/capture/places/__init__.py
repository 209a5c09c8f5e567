"""Where people met, according to a sentence."""
