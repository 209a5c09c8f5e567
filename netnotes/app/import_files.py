"""Files of other programs: a file, a folder of them, or the zip that a program exports. Only read, never written."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, get_args

from netnotes.errors import NetNotesError
from netnotes.importers import bounds
from netnotes.importers.records import Imported, Kind, Order, combine
from netnotes.lazy_dataclass import dataclass
from netnotes.model import Problem

KINDS: tuple[Kind, ...] = get_args(Kind)
MOST_FILES = 200_000
LARGE_MEMBER = 10_000_000
MOST_TIMES = 200
"""How much larger than in its zip a large file may be: text never is, and a small zip must not become terabytes."""
PIECE = 1 << 20
"""Bytes of a file that are held at a time."""
Progress = Callable[[str, int, int], None]
"""Called with a description of the step, the amount done, and the total (0: unknown)."""

_ENDINGS: dict[Kind, tuple[str, ...]] = {
    "vcard": (".vcf", ".vcard"),
    "ics": (".ics", ".ical"),
    "linkedin": (".csv",),
    "whatsapp": (".txt",),
    "monica": (".json", ".sql"),
    "mail": (".mbox", ".eml", ".emlx"),
}
_TABLES = re.compile(r"(?:^|[/\\])(?:connections|messages|invitations)[^/\\]*\.csv$", re.IGNORECASE)
_MARKS: tuple[tuple[str, Kind], ...] = (
    ("begin:vcard", "vcard"),
    ("begin:vcalendar", "ics"),
    ("begin:vevent", "ics"),
    ("connected on", "linkedin"),
    ("conversation id", "linkedin"),
    ('"app_version"', "monica"),
    ("insert ignore into", "monica"),
    ("insert into", "monica"),
)
_CHAT = re.compile(r"^[\u200e\ufeff]?\[?\d{1,4}[\u200e\u200f]?[/.:年년-]\s?\d{1,2}\D", re.MULTILINE)
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
"""What a damaged or locked zip raises."""


class UnknownKind(NetNotesError):
    """A file of unknown kind."""

    def __init__(self, place: str) -> None:
        super().__init__(f"cannot tell what kind of file {place} is")
        self.hint = f"name the kind: netnotes import {'|'.join(KINDS)} PATH"


def quiet(what: str, done: int, total: int, /) -> None:
    """Show no progress."""


def read(
    kind: Kind,
    place: Path,
    *,
    me: Sequence[str] = (),
    order: Order | None = None,
    since: dt.date | None = None,
    today: dt.date | None = None,
    progress: Progress = quiet,
) -> Imported:
    """Read a file, a folder or a zip of one kind. Raises OSError for `place`.

    A file that is damaged, or holds more than one import may add, becomes a problem.
    """
    try:
        if kind == "mail":
            found = _read_mail(place, me, today, since, progress)
        else:
            found = combine(_bounded(_read_each(kind, place, me, order, since, today, progress)))
    except bounds.ImportTooLarge as error:
        return Imported(problems=(Problem(str(error), hint=error.hint),), failed=True)
    if since is None:
        return found
    kept = tuple(each for each in found.encounters if each.date >= since)
    gone = len(found.encounters) - len(kept)
    left_out = {**found.left_out, **({"before the day asked for": gone} if gone else {})}
    return replace(found, encounters=kept, left_out=left_out)


def _read_each(
    kind: Kind,
    place: Path,
    me: Sequence[str],
    order: Order | None,
    since: dt.date | None,
    today: dt.date | None,
    progress: Progress,
) -> Iterator[Imported]:
    from netnotes.importers import ics, linkedin, monica, vcard, whatsapp  # few commands need these

    readers: dict[Kind, Callable[[Iterable[bytes]], Imported]] = {
        "vcard": vcard.read,
        "ics": partial(ics.read, me=me, since=since, until=today),
        "linkedin": partial(linkedin.read, me=me, order=order, since=since),
        "whatsapp": partial(whatsapp.read, me=me, order=order, since=since),
        "monica": partial(monica.read, since=since),
    }
    files = list(_files(kind, place))
    if not files:
        ending = " or ".join(_ENDINGS[kind])
        yield Imported(problems=(Problem(f"no {ending} file in {place.name}"),), failed=True)
    for number, (name, opened) in enumerate(files):
        progress("Reading files", number, len(files))
        try:
            found = readers[kind](_Pieces(opened))
        except _UNREADABLE as error:
            if not place.is_dir() and not zipfile.is_zipfile(place):
                raise
            yield Imported(problems=(Problem(f"cannot be read: {_reason(error)}", path=name),), failed=True)
            continue
        except bounds.ImportTooLarge as error:
            path = name if len(files) > 1 else None
            yield Imported(problems=(Problem(str(error), path=path, hint=error.hint),), failed=True)
            continue
        yield replace(
            found, problems=tuple(_placed(problem, name, alone=len(files) == 1) for problem in found.problems)
        )


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The bytes of a file in pieces; each iteration starts at the beginning."""

    opened: Callable[[], IO[bytes]]

    def __iter__(self) -> Iterator[bytes]:
        with self.opened() as file:
            while piece := file.read(PIECE):
                yield piece


def _bounded(parts: Iterable[Imported]) -> Iterator[Imported]:
    """Yield what each file holds. Raises ImportTooLarge as soon as the sum exceeds what one import may add."""
    people = encounters = 0
    for part in parts:
        people += len(part.people)
        encounters += len(part.encounters)
        bounds.PEOPLE.check(people)
        bounds.ENCOUNTERS.check(encounters)
        yield part


def _placed(problem: Problem, name: str, *, alone: bool) -> Problem:
    """Return a problem with the file it is in; the only file is named where there is a line to look at."""
    return problem if alone and problem.line is None else replace(problem, path=name)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "damaged or locked with a password"


def _files(kind: Kind | None, place: Path) -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
    """Yield the name of each file at a place that may be of a kind, or of any, and how to open it."""
    if place.is_dir():
        for each in _walk(place):
            name = each.relative_to(place).as_posix()
            if _fits(kind, name):
                yield name, partial(_plain, each)
    elif _is_zip(place):
        # Opened once, since that reads the whole list of names; closed when the last member is.
        archive = zipfile.ZipFile(place)
        members = (info for info in archive.infolist()[:MOST_FILES] if not info.is_dir())
        for info in sorted(members, key=lambda info: info.filename):
            if _fits(kind, info.filename) and not info.filename.startswith("__MACOSX/"):
                yield info.filename, partial(_member, archive, info)
    else:
        yield place.name, partial(_plain, place)


def _is_zip(place: Path) -> bool:
    return place.suffix.lower() == ".zip" and zipfile.is_zipfile(place)


def _plain(place: Path) -> IO[bytes]:
    return place.open("rb")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    times = info.file_size // max(info.compress_size, 1)
    if info.file_size > LARGE_MEMBER and times > MOST_TIMES:
        raise OSError(errno.EFBIG, f"it would unpack to {times:,} times its size")
    return archive.open(info)


def _fits(kind: Kind | None, name: str) -> bool:
    if kind is None:
        return True
    if kind == "linkedin":
        return bool(_TABLES.search(name))
    return name.lower().endswith(_ENDINGS[kind])


def _walk(place: Path) -> Iterator[Path]:
    """Yield the plain files below a folder, in order, without following links to folders."""
    count = 0
    for folder, folders, names in os.walk(place):
        folders.sort()
        for name in sorted(names):
            each = Path(folder, name)
            if count < MOST_FILES and each.is_file():
                count += 1
                yield each


def guess(place: Path) -> Kind:
    """Return the kind of a file by its name and its beginning. Raises UnknownKind, OSError."""
    if place.is_dir() or _is_zip(place):
        if place.is_dir() and ((place / "cur").is_dir() or (place / "new").is_dir()):
            return "mail"
        kinds = (kind for kind in KINDS if next(_files(kind, place), None))
        if found := next(kinds, None):
            return found
        raise UnknownKind(str(place))
    with place.open("rb") as file:
        head = file.read(8192)
    text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace").lower()
    for mark, kind in _MARKS:
        if mark in text:
            return kind
    if head.startswith(b"From ") or place.suffix.lower() in _ENDINGS["mail"]:
        return "mail"
    if place.suffix.lower() == ".csv":
        return "linkedin"
    if _CHAT.search(text):
        return "whatsapp"
    raise UnknownKind(str(place))


def _read_mail(
    place: Path, me: Sequence[str], today: dt.date | None, since: dt.date | None, progress: Progress
) -> Imported:
    from netnotes.importers import mail  # few commands need it

    problems: list[Problem] = []
    own = [each for each in me if "@" in each]
    guessed = mail.owners(headers(place, [])) if not own else []
    found = mail.read(headers(place, problems, progress), me=own or guessed, today=today, since=since)
    if guessed:
        problems.append(Problem(f"took {' and '.join(guessed)} for your address", hint="name yours with --me"))
    return replace(found, problems=(*found.problems, *problems))


def headers(place: Path, problems: list[Problem], progress: Progress = quiet) -> Iterator[bytes]:
    """Yield the header block of each message of a mailbox, one at a time: mbox, Maildir, or a folder or zip of mail."""
    if not place.is_dir() and not _is_zip(place):
        with place.open("rb") as file:
            yield from _messages(file, place.name, place.stat().st_size, progress)
        return
    opened = _files(None if place.is_dir() else "mail", place)
    for number, (name, open_) in enumerate(opened):
        progress("Reading mail", number, 0)
        try:
            with open_() as file:
                yield from _messages(file, name, 0, progress)
        except _UNREADABLE as error:
            problems.append(Problem(f"cannot be read: {_reason(error)}", path=name))


def _messages(file: IO[bytes], name: str, size: int, progress: Progress) -> Iterator[bytes]:
    """Yield the header blocks of one file: of an mbox, of one message, or none if it is neither."""
    from netnotes.importers.mail import header_block, split_mbox, with_folder_flags  # few commands need these
    from netnotes.importers.mail_headers import MOST_HEADER

    first = file.read(MOST_HEADER)
    if first.lstrip(b"\xef\xbb\xbf\r\n").startswith(b"From "):
        blocks = split_mbox(_pieces(first.lstrip(b"\xef\xbb\xbf\r\n"), file, size, progress))
        # A folder of drafts counts for nothing in a mailbox; a file that is named on its own is meant.
        yield from blocks if size else with_folder_flags(blocks, name)
        return
    parts = name.split("/")
    in_maildir = len(parts) > 1 and parts[-2] in ("cur", "new")
    is_message = name.lower().endswith((".eml", ".emlx")) or in_maildir or size
    if not is_message or not first:
        return
    if name.lower().endswith(".emlx"):
        first = first.partition(b"\n")[2]
    block = header_block(first, name if in_maildir else "")
    yield from [block] if size else with_folder_flags([block], name)


def _pieces(first: bytes, file: IO[bytes], size: int, progress: Progress) -> Iterator[bytes]:
    done = len(first)
    yield first
    while piece := file.read(PIECE):
        done += len(piece)
        if size:
            progress("Reading mail", done // PIECE, max(size // PIECE, done // PIECE + 1))
        yield piece
