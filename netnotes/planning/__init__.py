"""Plan the fields of each note. Pure; `netnotes.writing` makes the changes."""
