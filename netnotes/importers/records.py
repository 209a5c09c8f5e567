"""What an importer finds: people, encounters and problems. Never any text of a message, subject or note."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from io import StringIO
from itertools import chain
from typing import Literal

from netnotes.lazy_dataclass import dataclass
from netnotes.notes import Initiative, Problem

Kind = Literal["vcard", "ics", "linkedin", "mail", "whatsapp", "monica"]
"""The formats that can be imported."""
Order = Literal["dmy", "mdy", "ymd"]
"""Order of day, month and year in numeric dates."""

Source = bytes | Iterable[bytes]
"""The bytes of a file, or its pieces; iterating over these again starts at the beginning."""
UNDECODED = "surrogateescape"
"""How bytes that are not UTF-8 are kept in a text until the charset of their line is known."""
MOST_NAME = 200
"""Characters of a name, company or position that are kept."""
LONGEST_LINE = 1 << 20
"""Characters kept of a line; of a longer one, also the end of it. Only pictures have such lines."""
_ENCODING_SAMPLE = 200
_PIECE_SIZE = 1 << 20
_NOT_UTF8 = re.compile(r"[\udc80-\udcff]")
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
    # Joiners (U+200C, U+200D) are kept between two non-ASCII characters: Persian and Hindi names and emoji need them.
    r"|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])|(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]"
)


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A person in an address book, a list of connections or a conversation."""

    name: str | None
    """On one line, without control characters; None if only an address or a number is known."""
    emails: tuple[str, ...] = ()
    """In lower case, each once."""
    phones: tuple[str, ...] = ()
    """As written."""
    birthday: str | None = None
    """`YYYY-MM-DD`, or `--MM-DD` where the year is unknown."""
    aliases: tuple[str, ...] = ()
    """Nicknames, and the name in another form."""
    org: str | None = None
    position: str | None = None
    urls: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    known_since: dt.date | None = None
    cadence: int | None = None
    """Days between contacts that the owner wants."""
    introduced_by: str | None = None
    company: bool = False
    """The card describes a company, not a person."""
    distinct: bool = False
    """The source keeps one record for each person, so that two records are two people."""
    origin: str = ""
    """What identifies the record in its source, the same at each export."""

    def merged_with(self, other: ImportedPerson) -> ImportedPerson:
        """Return this record, with missing values taken from another record of the same person."""
        return replace(
            self,
            emails=tuple(dict.fromkeys((*self.emails, *other.emails))),
            phones=tuple(dict.fromkeys((*self.phones, *other.phones))),
            birthday=self.birthday or other.birthday,
            org=self.org or other.org,
            position=self.position or other.position,
            urls=self.urls or other.urls,
            tags=tuple(dict.fromkeys((*self.tags, *other.tags))),
            known_since=self.known_since or other.known_since,
            cadence=self.cadence or other.cadence,
        )

    @property
    def label(self) -> str:
        """The name, else an address, else a number."""
        return self.name or next(iter((*self.emails, *self.phones)), "")


@dataclass(frozen=True, slots=True)
class ImportedEncounter:
    """One contact, or one day of messages with one person."""

    date: dt.date
    people: tuple[ImportedPerson, ...]
    """Everyone except the owner, if the source shows who that is."""
    origin: str
    """What identifies the contact in its source, the same at each export."""
    channel: str | None = None
    """`in person`, `call`, `message`, `mail` or `card`; None if the source does not say."""
    minutes: float | None = None
    initiated_by: Initiative | None = None
    count: int = 1
    """Messages of these people on that day; 1 for anything but messages."""
    sent: int = 0
    """Messages of the owner to them on that day."""
    start: str | None = None
    """Local time of day, `HH:MM`."""
    line: int = 1
    """1-based line of its source, where that has lines."""


@dataclass(frozen=True, slots=True)
class Imported:
    """Everything one file yields."""

    people: tuple[ImportedPerson, ...] = ()
    encounters: tuple[ImportedEncounter, ...] = ()
    """By date, then by origin."""
    problems: tuple[Problem, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    """Reason → how many entries were left out for it, such as `cancelled`."""
    failed: bool = False
    """Nothing could be read."""


def combine(parts: Iterable[Imported]) -> Imported:
    """Return the findings of several files as one; `failed` only if all files failed."""
    every = tuple(parts)
    if len(every) == 1:
        return every[0]
    left_out: Counter[str] = Counter()
    for part in every:
        left_out.update(part.left_out)
    return Imported(
        tuple(person for part in every for person in part.people),
        tuple(sorted((each for part in every for each in part.encounters), key=lambda each: (each.date, each.origin))),
        tuple(problem for part in every for problem in part.problems),
        dict(left_out),
        failed=all(part.failed for part in every),
    )


def one_line(text: str | None) -> str | None:
    """Return `text` on one line without control characters, cut to a bounded length; None if nothing is left."""
    if not text:
        return None
    text = text[: MOST_NAME * 10].encode("utf-8", errors="replace").decode("utf-8")
    found = _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()[:MOST_NAME].strip()
    return found or None


def without_mojibake(text: str) -> str:
    """Return the correct text if UTF-8 was decoded as Windows-1252; other text unchanged."""
    if not any("\u00c2" <= char <= "\u00f4" for char in text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or else Windows-1252, without a byte order mark."""
    encoding, errors = _encoding(data[:_ENCODING_SAMPLE])
    text = data.decode(encoding, errors=errors)
    return data.decode("cp1252", errors="replace") if _NOT_UTF8.search(text) else text


def undecoded_lines(source: Source) -> Iterator[str]:
    """Yield the lines of a file with their ends, one at a time, so that no more than a line is held.

    The file is in UTF-8 or UTF-16; bytes that are neither are kept as `UNDECODED` does.
    """
    pieces = _pieces(source) if isinstance(source, bytes) else iter(source)
    first = next(pieces, b"")
    encoding, errors = _encoding(first[:_ENCODING_SAMPLE])
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    rest = ""
    for piece in chain([first], pieces, [b""]):
        text = rest + decoder.decode(piece, final=not piece)
        rest = ""
        for line in StringIO(text, newline=""):
            if rest:
                yield rest
            rest = line
        # The last line may continue in the next piece; after \r, the next piece may begin with \n.
        if rest and (not piece or rest.endswith("\n")):
            yield rest
            rest = ""
        rest = rest[:LONGEST_LINE]


def _pieces(data: bytes) -> Iterator[bytes]:
    return (data[at : at + _PIECE_SIZE] for at in range(0, len(data), _PIECE_SIZE))


def text_lines(source: Source) -> Iterator[str]:
    """Yield the lines of a file as `undecoded_lines` does, but decode lines that are not UTF-8 as Windows-1252."""
    for line in undecoded_lines(source):
        if line.isascii() or not _NOT_UTF8.search(line):
            yield line
        else:
            yield line.encode("utf-8", errors=UNDECODED).decode("cp1252", errors="replace")


def _encoding(head: bytes) -> tuple[str, str]:
    """Return the encoding of a file by its first bytes, and how errors in it are handled."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "replace"
    if head.count(b"\0") > 20:
        little = head[1::2].count(b"\0") >= head[::2].count(b"\0")
        return "utf-16-le" if little else "utf-16-be", "replace"
    return "utf-8-sig", UNDECODED
