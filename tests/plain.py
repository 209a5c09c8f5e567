"""All that a value holds, to compare results of which some fields do not count for equality."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from netnotes.model import Tie
from netnotes.network.network import Network
from netnotes.note_sequence import NoteSequence
from netnotes.packing.packed_mapping import PackedMapping
from netnotes.text.serialize import PackedPassages


def plain(value: Any) -> Any:
    """Return a value with every field of every record in it, those that do not count for equality too."""
    if isinstance(value, Network):
        left_out = {"find_scenes", "find_groups", "find_linked", "find_alter_ties", "find_tie"}
        found = {each.name: plain(getattr(value, each.name)) for each in fields(value) if each.name not in left_out}
        return found | {
            "scenes": plain(value.scenes),
            "groups": plain(value.groups),
            "linked": plain(value.find_linked()),
        }
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, [(each.name, plain(getattr(value, each.name))) for each in fields(value)]
    if isinstance(value, PackedMapping):
        value = dict(value)
    if isinstance(value, dict) and value and all(isinstance(key, Tie) for key in value):
        # Scores in any order: those of ties that were scored again come last.
        return sorted((key.person.id, plain(key), plain(item)) for key, item in value.items())
    if isinstance(value, Mapping):
        return type(value).__name__, [(plain(key), plain(item)) for key, item in value.items()]
    if isinstance(value, PackedPassages | NoteSequence):
        value = tuple(value)
    if isinstance(value, tuple | list):
        return type(value).__name__, [plain(item) for item in value]
    return sorted(value) if isinstance(value, set | frozenset) else value
