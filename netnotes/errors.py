"""One class for each failure that ends a command. Each builds its own message: place, fault, next step."""

from __future__ import annotations

from collections.abc import Iterable


def either(choices: Iterable[str]) -> str:
    """Return `A`, `A or B`, `A, B or C`."""
    *others, last = choices
    return f"{', '.join(others)} or {last}" if others else last


class NetNotesError(Exception):
    """A failure that the user can understand and fix. The command line prints it in one line and exits 1."""

    hint: str | None = None


class VaultNotFound(NetNotesError):
    """No folder of notes at the given place, or none found."""

    def __init__(self, place: str | None = None, *, is_file: bool = False) -> None:
        if place is None:
            super().__init__(
                "no vault here: neither this folder nor one above holds settings of Obsidian, Logseq or NetNotes"
            )
            self.hint = (
                "name the folder of your notes, or set NETNOTES_VAULT. If they are in this one: `netnotes setup .`"
            )
        else:
            super().__init__(f"{place}: {'is a file, not a folder' if is_file else 'no such folder'}")
            self.hint = "name the folder that holds the notes"


class VaultTooLarge(NetNotesError):
    """A folder with more files than a vault would have."""

    def __init__(self, place: str, most: int) -> None:
        super().__init__(f"{place}: holds more than {most:,} files")
        self.hint = "name the folder that holds your notes"


class PackageMissing(NetNotesError):
    """A package that one command alone needs, and that is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"{package} is not installed")
        self.hint = (
            f"`pipx inject netnotes {package}`, or `pip install {package}` where NetNotes was installed by pip; "
            f"with uv, add `--with {package}` to `uv tool install`"
        )


class ExampleMissing(NetNotesError):
    """An installation without the example vault."""

    hint = "install NetNotes again"

    def __init__(self) -> None:
        super().__init__("the example vault is not part of this installation")


class PersonNotFound(NetNotesError):
    """A name that matches no person in the vault."""

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        self.name, self.who = name, near
        super().__init__(f"no one named {name}" if name.strip() else "the name is empty")
        self.hint = (
            f"did you mean {either(f'`{n}`' for n in near)}?" if near else "everyone in your notes: `netnotes people`"
        )


class AmbiguousName(NetNotesError):
    """A name that matches more than one person."""

    def __init__(self, name: str, who: tuple[str, ...], names: tuple[str, ...] = ()) -> None:
        """`who` is what tells them apart, names or paths of notes; `names` is what they are called."""
        self.who = who
        self.names = names or who
        super().__init__(f"which {name}? {either(who)}")
        self.hint = "give the whole name, or the path of the note"


class NoSharedEncounter(NetNotesError):
    """Two people who share no encounter."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} were never together in your notes")
        self.hint = "`netnotes why NAME` explains your own relationship with someone"


class BadConfig(NetNotesError):
    """Mistakes in `netnotes.toml`, all at once."""

    LONGEST = 200
    """Characters of a mistake that are shown: it quotes the file."""

    def __init__(self, place: str, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(
            each if len(each) <= self.LONGEST else f"{each[: self.LONGEST // 2]}…{each[-self.LONGEST // 2 :]}"
            for each in mistakes
        )
        super().__init__("\n".join(f"{place}: {mistake}" for mistake in self.mistakes))
        self.hint = "fix netnotes.toml and try again"


class Unwritable(NetNotesError):
    """A requested file could not be written."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: cannot be written: {why}")


class UndeclaredRead(NetNotesError):
    """A function of a plugin read a field that it did not declare."""

    def __init__(self, function: str, field: str) -> None:
        super().__init__(f"`{function}` reads `{field}` without declaring it")
        self.hint = f'declare it where the function is decorated: `reads=("{field}",)`'


class NotScoredHere(NetNotesError):
    """A scorer asked for a score of another day, or of a tie that is not being scored."""

    def __init__(self, scorer: str, field: str) -> None:
        super().__init__(f"`{scorer}` reads `{field}` of a tie or a day that is not being scored")
        self.hint = "a scorer can only read scores of `network.ties`; a report can read those of any day and tie"


class MapNotAvailable(NetNotesError):
    """A function that is not an exporter asked for the map."""

    def __init__(self, who: str) -> None:
        super().__init__(f"`{who}` asks for the map, which only exporters can")
        self.hint = 'use `network.ties`, or write an exporter: @exporter("NAME", reads=("map",))'


class ConfirmationNeeded(NetNotesError):
    """A question that was not answered with yes."""

    def __init__(self, message: str, instead: str | None) -> None:
        super().__init__(message)
        self.hint = instead


class NotAPlugin(NetNotesError):
    """A file that was named as a plugin but cannot be one."""

    def __init__(self, place: str, why: str, hint: str | None = None) -> None:
        super().__init__(f"{place}: {why}")
        self.hint = hint


class BadName(NetNotesError):
    """A name that is not allowed for a plugin."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"`{name}` cannot be the name of a plugin")
        self.hint = f"choose {wanted}"
