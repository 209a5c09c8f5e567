"""Commands that draw the map."""
