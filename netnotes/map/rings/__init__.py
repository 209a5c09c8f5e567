"""The rings view: distance from depth, a sector for each scene."""
