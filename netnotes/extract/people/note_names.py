"""Get a person's name from the title or file name of their note: without ids, slugs in words, camel case split."""

from __future__ import annotations

from netnotes.extract.people.names import folded, levels, stem, without_brackets
from netnotes.model import Note
from netnotes.regex import regex
from netnotes.text.set_aside import PLACEHOLDER

COLLECTIVE = frozenset(
    "department dept departments team teams committee council board inc inc. ltd ltd. llc gmbh ag corp corp. foundation"
    " association university school company group abteilung verein stiftung departamento equipo département service"
    " office organization organisation template index moc overview dashboard birthdays gifts charter handbook"
    " policy plan plans roles role notes note project projects roadmap budget strategy guide guidelines process"
    " meeting meetings sync standup retro review reviews onboarding ideas chart charts mods map log logs journal"
    " list lists liste listen lista listas elenco elenchi lijst lijsten spis список overzicht ubersicht registro"
    " templates page pages calendar schedule agenda minutes sons brothers partners labs studio studios hotel clinic"
    " hostel hospital restaurant cafe café pizzeria bakery pub inn centre center college"
    " academy church bank pharmacy dairy foods farms logistics brewery bottling trucking freight holdings industries"
    " motors systems solutions technologies software consulting packaging manufacturing supply services airlines"
    " hardware insurance plumbing roofing electrics".split()
)
"""Last words of names that are not a person's."""
NAME_LIKE = regex(r"^[^\W\d_][^\d_/\\|<>{}\[\]#:;!?]*$")
_NAME_KEYS = ("name", "fullname")
_MOST_NAME_WORDS = 5
_CAMEL_CASE = regex(r"(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-ÞА-ЯŁŚŻŹĆŃ])")
_ID = regex(r"(\d{8,17})[ _-]{1,3}(?=[^\W\d_])")
"""The number of a note in a Zettelkasten, from the time it was written."""
_NOTION_ID = regex(r"(?<=\S) [0-9a-f]{32}$")
"""The id that Notion adds to the name of each exported file."""
_SHORT_ID = regex(r" (?=[0-9a-f]*\d)[0-9a-f]{4,}")
"""The same id, truncated."""


def title_of(note: Note) -> str:
    """Return the name of a person's note: the property `name`, else the file name, or for a slug the title inside."""
    for key in note.having(_NAME_KEYS):
        value = note.value(key)
        if isinstance(value, str) and value.strip() and not PLACEHOLDER.search(value):
            return " ".join(without_brackets(value).split())
    name = without_id(levels(note.path)[-1].lstrip("@").strip())
    if note.title and name.startswith(note.title) and _SHORT_ID.fullmatch(name, len(note.title)):
        return note.title
    if not is_slug(name):
        return _spaced(name, note) or stem(note.path)
    for title in (note.value("title"), note.title, _card_name(note)):
        if isinstance(title, str) and title.strip() and looks_like_name(title.strip()):
            return " ".join(title.split())
    return name.rpartition(".")[2] if dotted_folders(name) else name


def _spaced(name: str, note: Note) -> str:
    """Return a file's name with spaces: `Ada_Pell` is `Ada Pell`, and so is `AdaPell` if the title is."""
    if " " in name:
        return name
    if "_" in name and looks_like_name(name.replace("_", " ")):
        return name.replace("_", " ").strip()
    close = folded(name).replace(" ", "")
    titles = (title.strip() for title in (note.value("title"), note.title) if isinstance(title, str))
    return next((" ".join(title.split()) for title in titles if folded(title).replace(" ", "") == close), name)


def id_of(path: str) -> str | None:
    """Return the number that a note's file name begins with: `20260105101500` of `20260105101500 Ada Pell`."""
    match = _ID.match(stem(path))
    return match[1] if match else None


def without_id(name: str) -> str:
    """Return the name of a file or folder without the number that it begins with, or Notion's after it."""
    return _NOTION_ID.sub("", _ID.sub("", name, count=1))


def split_camel_case(name: str) -> str | None:
    """Return `Ada Pell` for `AdaPell`; None for a name that is not written so."""
    words = _CAMEL_CASE.sub(" ", name)
    return words if " " in words and " " not in name and looks_like_name(words) else None


def _card_name(note: Note) -> str | None:
    value = note.properties.get("FN") or note.properties.get("N.FN")
    return value if isinstance(value, str) else None


def is_slug(name: str) -> bool:
    """Return whether a file name looks generated: `ada-pell`, `people.ada_pell`, `a1b2`, `202603011200`."""
    return " " not in name and name == name.lower() and any(sign in "-_." or sign.isdigit() for sign in name)


def looks_like_name(text: str) -> bool:
    """Return whether `text` may be one person's name: a few words of letters, the first capitalised."""
    words = text.split()
    return (
        0 < len(words) <= _MOST_NAME_WORDS
        and NAME_LIKE.match(text) is not None
        and (words[0][0].isupper() or not words[0][0].islower())
        and folded(words[-1]) not in COLLECTIVE
    )


def dotted_folders(name: str) -> list[str]:
    """Return the folders that a dotted name contains: `people.ada-pell`."""
    return [] if " " in name or "." not in name or name != name.lower() else name.split(".")[:-1]
