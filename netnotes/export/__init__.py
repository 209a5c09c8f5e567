"""The network in the formats of other programs, with or without names. Pure."""
