"""Notes → people: which notes are people, what they declare, and whom a name means. Pure."""
