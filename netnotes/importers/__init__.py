"""From other programs' files to people and encounters: one module a format. Pure: bytes or lines in, records out."""
