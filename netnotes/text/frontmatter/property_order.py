"""Change our properties in a note's text, and keep our lines together in fixed order, the seal last. Pure.

Existing lines stay where the user moved them; a new line goes to its place in the order. The splice
itself, and its proof that nothing else changed, are in `splice`.
"""

from __future__ import annotations

from collections.abc import Mapping

from netnotes.text.frontmatter import block as frontmatter
from netnotes.text.frontmatter import ownership
from netnotes.text.frontmatter.splice import Value, splice


def rewrite(text: str, changes: Mapping[str, Value]) -> str:
    """Return `text` with the properties of `changes` set, or deleted where the value is None.

    Raises splice.Refused if the change is not certain to be safe.
    """
    before = frontmatter.read(text).properties
    seal = ownership.read(before)
    result = splice(text, changes, frozenset() if seal.foreign else frozenset({seal.key}))
    added = [name for name, value in changes.items() if value is not None and name not in before]
    if not added or not before:
        return result
    return _in_order(result, frozenset(added))


def _in_order(text: str, added: frozenset[str]) -> str:
    """Move the lines of `added`, which are last in the block, before those of ours that follow them in order."""
    block = frontmatter.read(text)
    seal = ownership.read(block.properties)
    order = [name for name in (*seal.marks, seal.key) if name in block.lines]
    lines = text[: block.end].split("\n")
    before: dict[int, list[str]] = {}
    moved: set[int] = set()
    anchor: int | None = None
    for name in reversed(order):
        place = block.lines[name] - 1
        if name not in added:
            anchor = place
        elif anchor is not None and anchor < place:
            moved.add(place)
            before.setdefault(anchor, []).insert(0, lines[place])
    if not moved:
        return text
    in_order = [
        kept
        for place, line in enumerate(lines)
        for kept in (*before.get(place, ()), *([] if place in moved else [line]))
    ]
    result = "\n".join(in_order) + text[block.end :]
    after = frontmatter.read(result)
    # If a line cannot be moved safely, it stays last.
    unharmed = dict(after.properties) == dict(block.properties) and result[after.end :] == text[block.end :]
    return result if unharmed else text
