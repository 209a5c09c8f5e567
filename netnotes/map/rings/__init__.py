"""The rings view: distance from depth, one sector a scene."""
