"""The vault: the text of notes, their properties and links, and the files they stand in."""
