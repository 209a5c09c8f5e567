"""The map: positions, and the one page that shows them."""
