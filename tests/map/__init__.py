"""Tests of the map: positions, the page as text, and the page in a browser."""
