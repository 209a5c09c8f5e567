"""Read another program's file, plan what it adds to a vault, and write that through the journal."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from netnotes.errors import NetNotesError
from netnotes.importers.plan import Plan
from netnotes.importers.records import Imported, Kind
from netnotes.model import Problem
from netnotes.writing.apply import WriteContext, WriteResult, write
from netnotes.writing.draft import Draft, draft_insertion, draft_new_note, locate, set_properties

KINDS: tuple[Kind, ...] = ("vcard", "ics", "linkedin", "mail", "whatsapp", "monica")
MOST_BYTES = 300_000_000
"""Bytes of a file that are read; a mailbox is streamed and may be longer."""
LONGEST_LINE = 65_536
_MARK = re.compile(rb"\^(nn-[0-9a-f]{12})\b")
Order = Literal["dmy", "mdy", "ymd"]


class UnknownKind(NetNotesError):
    """A file whose kind cannot be told."""

    def __init__(self, place: str) -> None:
        super().__init__(f"cannot tell what kind of file {place} is")
        self.hint = f"name the kind: netnotes import {'|'.join(KINDS)} PATH"


def read(
    kind: Kind,
    place: Path,
    *,
    me: Sequence[str] = (),
    order: Order | None = None,
    since: dt.date | None = None,
    today: dt.date | None = None,
) -> Imported:
    """Read a file, or a Maildir folder, of one kind. Raises OSError if it cannot be opened."""
    from netnotes.importers import ics, linkedin, mail, monica, vcard, whatsapp  # few commands need these

    if kind == "mail":
        found = mail.read(headers(place), me=me, today=today)
    else:
        data = b"\n".join(_bytes(each) for each in _files(place, {"vcard": ".vcf", "ics": ".ics"}.get(kind, "")))
        match kind:
            case "vcard":
                found = vcard.read(data)
            case "ics":
                found = ics.read(data, me=me, since=since, until=today)
            case "linkedin":
                found = linkedin.read(data, me=me, order=order)
            case "whatsapp":
                found = whatsapp.read(data, me=me, order=order)
            case _:
                found = monica.read(data)
    if since is None:
        return found
    kept = tuple(each for each in found.encounters if each.date >= since)
    left = {
        **found.left_out,
        **({"before the day asked for": gone} if (gone := len(found.encounters) - len(kept)) else {}),
    }
    return Imported(found.people, kept, found.problems, left, failed=found.failed)


def guess(place: Path) -> Kind:
    """Return the kind of a file by its name and its beginning. Raises UnknownKind, OSError."""
    if place.is_dir():
        if (place / "cur").is_dir() or (place / "new").is_dir():
            return "mail"
        names = [each.suffix.lower() for each in place.iterdir()]
        if ".vcf" in names or ".ics" in names:
            return "vcard" if ".vcf" in names else "ics"
        raise UnknownKind(str(place))
    with place.open("rb") as file:
        head = file.read(4096)
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace").lower()
    marks: tuple[tuple[str, Kind], ...] = (
        ("begin:vcard", "vcard"),
        ("begin:vcalendar", "ics"),
        ("begin:vevent", "ics"),
        ("connected on", "linkedin"),
        ("conversation id", "linkedin"),
        ('"app_version"', "monica"),
        ("insert ignore into", "monica"),
        ("insert into", "monica"),
    )
    for mark, kind in marks:
        if mark in text:
            return kind
    if head.startswith(b"From ") or place.suffix.lower() in (".mbox", ".eml"):
        return "mail"
    if re.search(r"^\u200e?\[?\d{1,4}[/.-]\s?\d{1,2}[/.-]\s?\d{2,4}\.?,?\s", text, re.MULTILINE):
        return "whatsapp"
    raise UnknownKind(str(place))


def headers(place: Path) -> Iterator[bytes]:
    """Yield the header block of each message of an mbox file or a Maildir folder, one at a time."""
    from netnotes.importers.mail import MOST_HEADER, split_mbox

    if place.is_dir():
        for folder in ("cur", "new"):
            for each in sorted((place / folder).glob("*")):
                if each.is_file():
                    with each.open("rb") as file:
                        yield re.split(rb"\r?\n\r?\n", file.read(MOST_HEADER), maxsplit=1)[0]
        return
    with place.open("rb") as file:
        first = file.read(5)
        file.seek(0)
        lines = iter(lambda: file.readline(LONGEST_LINE), b"")
        if first == b"From ":
            yield from split_mbox(lines)
        else:
            yield re.split(rb"\r?\n\r?\n", file.read(MOST_HEADER), maxsplit=1)[0]


def _files(place: Path, ending: str) -> list[Path]:
    if place.is_dir():
        return sorted(each for each in place.rglob(f"*{ending}") if each.is_file())
    return [place]


def _bytes(place: Path) -> bytes:
    with place.open("rb") as file:
        return file.read(MOST_BYTES)


def marks(root: Path) -> set[str]:
    """Return the marks of all contacts that earlier imports wrote, wherever their lines are by now."""
    found: set[str] = set()
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.endswith(".md"):
                try:
                    data = Path(folder, name).read_bytes()
                except OSError:
                    continue
                if b"^nn-" in data:
                    found.update(mark.decode() for mark in _MARK.findall(data))
    return found


def apply(plan: Plan, context: WriteContext, templates: Collection[str] = ()) -> WriteResult:
    """Write what was planned; what cannot be written is a problem, and the rest goes on."""
    problems: list[Problem] = []
    drafts: list[Draft] = []
    for draft in _drafts(plan, context.root, templates):
        (problems if isinstance(draft, Problem) else drafts).append(draft)  # type: ignore[arg-type]
    return write(drafts, context, problems)


def _drafts(plan: Plan, root: Path, templates: Collection[str]) -> Iterable[Draft | Problem]:
    for path, text in plan.new.items():
        yield draft_new_note(root, path, text, templates)
    for fill in plan.fills:
        found = locate(root, fill.path, templates)
        if isinstance(found, Problem):
            yield found
            continue
        place, before, changed_at = found
        after = set_properties(fill.path, before, fill.changes)
        changes = {name: (None, value) for name, value in fill.changes.items()}
        yield after if isinstance(after, Problem) else Draft(fill.path, place, before, after, changes, changed_at)
    for path, lines in plan.lines.items():
        text = "".join(lines)
        there = (root / path).exists()
        yield (
            draft_insertion(root, path, text, templates=templates)
            if there
            else draft_new_note(root, path, text, templates)
        )
