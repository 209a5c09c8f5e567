"""The picture: where everybody stands, and the one page that shows it."""
