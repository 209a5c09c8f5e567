"""Serve the map to a browser of this machine and update it."""
