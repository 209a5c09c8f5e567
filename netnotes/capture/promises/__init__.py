"""What somebody promised in a sentence about a contact: who, what, by when, and during which contact."""
