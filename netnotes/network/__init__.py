"""From notes to people, encounters, ties and scores. Pure: no disk, no clock, no terminal."""
