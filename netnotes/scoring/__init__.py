"""Run scorers and hold their results; depth and its history. Pure."""
