"""The HTML page of the map and the data in it."""
