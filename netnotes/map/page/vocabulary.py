"""The page's words for people and ties, or for notes and links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PEOPLE: Mapping[str, Any] = {
    "kind": "people",
    "words": {
        "one": "person",
        "many": "people",
        "nobody": "No one found",
        "unfit": "No one matches these filters.",
        "empty": "No one here yet: people are notes in a folder People, or with type: person.",
        "none": "not met",
        "noneyet": "not met yet",
        "everybody": "Show everyone",
        "tie": "Tie",
        "last": "Last contact",
        "lastinline": "last contact",
        "none_joined": "No two of your people are known to have met",
        "alone": "not known to have met anyone else",
        "weakest": "of the weakest ties between others are left out.",
        "map": "Map of people: me in the centre, the deeper a tie the nearer",
        "walk": (
            "Arrow keys move from person to person, Home goes to the deepest tie, Enter moves to the details of the "
            "person, slash searches, Escape closes. The list has the same people."
        ),
    },
}
NOTES: Mapping[str, Any] = {
    "kind": "notes",
    "words": {
        "one": "note",
        "many": "notes",
        "nobody": "No note found",
        "unfit": "No note matches these filters.",
        "empty": "No notes here yet.",
        "none": "not linked",
        "noneyet": "not linked",
        "everybody": "Show all notes",
        "tie": "Links",
        "last": "Last linked",
        "lastinline": "last linked",
        "none_joined": "No note links to another",
        "alone": "not linked",
        "weakest": "of the shallowest links are left out.",
        "map": "Map of notes: linked notes are close to each other",
        "walk": (
            "Arrow keys move from note to note, Home goes to the one with the deepest links, Enter moves to the "
            "details of the note, slash searches, Escape closes. The list has the same notes."
        ),
    },
}
