"""Rules that reports, the map and `why` share. Pure."""
