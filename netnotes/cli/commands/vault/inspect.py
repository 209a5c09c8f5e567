"""`netnotes inspect NOTE`: how one note is read."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import click

from netnotes.app.vault_root import find_root, find_vault_root
from netnotes.app.workspace import Workspace
from netnotes.cli import completion, output
from netnotes.cli.commands.vault import inspection
from netnotes.cli.commands.vault.inspected_lines import LineResult, results_of
from netnotes.cli.commands.vault.inspected_names import NameResult
from netnotes.cli.commands.vault.inspection import Inspection
from netnotes.cli.options import as_of_option, json_option, split_vault, workspace
from netnotes.config import Config
from netnotes.errors import AmbiguousName, PersonNotFound, VaultNotFound
from netnotes.extract.people import find_person
from netnotes.extract.people.names import folded, stem
from netnotes.model import Encounter, Note, Promise, Vault
from netnotes.printable import one_line
from netnotes.storage import scan
from netnotes.text.declared_lines import KNOWN_SINCE
from netnotes.text.frontmatter.block import BYTE_ORDER_MARK
from netnotes.text.markdown.offsets import utf16
from netnotes.text.parse import Parsed

_LONGEST = 300


class NoSuchNote(click.UsageError):
    """A note that is neither a file nor the name of a note or a person."""

    def __init__(self, note: str, near: Sequence[str] = ()) -> None:
        hint = f"did you mean `{near[0]}`?" if near else "give its path, such as Daily/2026-03-01.md"
        super().__init__(f"no note or person named {note or '``'}; {hint}", click.get_current_context())


@click.command("inspect")
@click.argument("words", nargs=-1, required=True, metavar="NOTE [VAULT]", shell_complete=completion.people)
@as_of_option
@json_option
def command(words: tuple[str, ...], today: dt.date, as_json: bool) -> None:
    """Show how one note is read: what became of each link, name and task, and the rule that decided.

    NOTE is a path, or the name of a note or a person, without quotes. VAULT defaults to the vault that contains the
    note; a note outside a vault is read on its own.

    \b
    Example:
      netnotes inspect Ada Lockyer ~/Notes
      netnotes inspect ~/Notes/Daily/2026-03-01.md
    """
    words, vault = split_vault(words)
    note, space = _find(" ".join(words), vault, today)
    seen = (_in_vault(note, today, space) if space else None) or _alone(Path(note), today)
    if as_json:
        output.print_json(record(seen))
    else:
        _print(seen)


def _find(note: str, vault: str | None, today: dt.date) -> tuple[str, Workspace | None]:
    """Return the path of a note given by path or name, and its vault. Raises NoSuchNote, AmbiguousName."""
    if vault is None and Path(note).is_file():
        root = _root_around(Path(note))
        return note, workspace(str(root)) if root else None
    try:
        space = workspace(vault)
    except VaultNotFound as error:
        if vault is not None:
            raise
        raise NoSuchNote(note) from error
    if (space.root / note).is_file():
        return str(space.root / note), space
    wanted = folded(note.removesuffix(".md"))
    paths = [each.path for each in space.read().notes]
    found = [path for path in paths if wanted in (folded(stem(path)), folded(path.removesuffix(".md")))]
    if not found:
        _, outcome = space.run(today)
        try:
            found = [person.path for person in [find_person.person(outcome.network.people, note)] if person.path]
        except PersonNotFound as error:
            raise NoSuchNote(note, get_close_matches(note, map(stem, paths), 1)) from error
        if not found:
            raise NoSuchNote(note)
    if len(found) > 1:
        raise AmbiguousName(note, tuple(found[:5]))
    return str(space.root / found[0]), space


def _root_around(note: Path) -> Path | None:
    """Return the vault that a note is in: by its settings, or the one that other commands read here."""
    if root := find_vault_root(note):
        return root
    with suppress(VaultNotFound):
        root = find_root(None, os.environ)
        return root if note.resolve().is_relative_to(root.resolve()) else None
    return None


def _in_vault(note: str, today: dt.date, space: Workspace) -> Inspection | None:
    """Return the inspection of a note if it is one of the vault's notes."""
    place = os.path.abspath(note)  # noqa: PTH100  # a link stays a link
    path = os.path.relpath(place, os.path.abspath(space.root)).replace(os.sep, "/")  # noqa: PTH100  # as above
    vault = space.read()
    if all(known.path != path for known in vault.notes):
        return None
    data = scan.read_bytes(str(space.root / path), inspection.MOST)
    return inspection.inspect_note(vault, path, data, space.config, today, space.plugins)


def _alone(place: Path, today: dt.date) -> Inspection:
    read = scan.read_note(place.parent, place.name)
    notes = (read,) if isinstance(read, Note) else ()
    if not notes:
        raise click.ClickException(f"{place}: {getattr(read, 'message', 'is gone')}")
    vault = Vault(place.parent.name, notes)
    seen = inspection.inspect_note(vault, place.name, scan.read_bytes(str(place), inspection.MOST), Config(), today)
    if place.suffix.lower() == ".md":
        return seen
    return replace(seen, unread=("it is no Markdown note", "convert it to Markdown, and end its name in .md"))


def _print(seen: Inspection) -> None:
    results = results_of(seen)
    output.echo(one_line(f"{seen.note.path}  ({seen.kind})"))
    if results.no_encounter:
        why, change = results.no_encounter
        output.advise(one_line(f"{why}  → {change}" if change else why), first="  ", indent=4)
    rows: dict[str, list[tuple[str, ...]]] = {
        "Properties": [(name, _value(value)) for name, value in seen.properties().items()],
        "Links": _links(seen),
        "Tags": [(f"#{tag}",) for tag in seen.note.tags],
        "People": [(person.name, person.path or "no note") for person in seen.people],
        "Declared": [(f"line {line}", _declared_words(key, value)) for key, value, line in seen.declared],
        "Encounters": [_encounter(met, seen) for met in seen.encounters],
        "Names": [_name(one) for one in results.names],
        "Other lines": [*_other_lines(results.lines)],
        "Promises": [_promise(promise) for promise in seen.promises],
    }
    for title, lines in rows.items():
        if lines:
            output.echo(f"\n{title}")
            output.print_table([("", *map(one_line, line)) for line in lines], ())
    if seen.problems:
        output.echo("\nProblems")
        output.print_problems(seen.problems, err=False)


def _links(seen: Inspection) -> list[tuple[str, ...]]:
    """Return line, kind, text and what it points to, for each link."""
    rows: list[tuple[str, ...]] = []
    if seen.parsed:
        text = seen.parsed.text
        for link in seen.parsed.syntax.links:
            line = text.count("\n", 0, link.start) + 1
            rows.append((f"line {line}", "embed" if link.embed else "link", link.target, _meant(seen, link.target)))
    rows += [(f"property {link.key}", "link", link.link, _meant(seen, link.link)) for link in seen.property_links]
    return rows


def _meant(seen: Inspection, target: str) -> str:
    path = seen.resolver.directory.index.resolve(seen.note.path, target)
    return "itself" if path == seen.note.path else path or "broken link"


def _encounter(met: Encounter, seen: Inspection) -> tuple[str, ...]:
    return (
        met.date.isoformat() + (" (planned)" if met.date > seen.today else ""),
        ", ".join(
            f"{person.name} ({met.minutes_by_person[person.id]:g} min)"
            if person.id in met.minutes_by_person
            else person.name
            for person in met.people
        ),
        f"{met.minutes:g} min" if met.minutes is not None else "",
        met.channel or "",
        f"started by {met.initiated_by}" if met.initiated_by else "",
        met.scene or "",
        f"line {met.line}",
    )


def _name(one: NameResult) -> tuple[str, ...]:
    """Return line, name, result, the rule that decided, and what would change it."""
    return (f"line {one.line}", one.name, one.outcome, one.why, f"→ {one.change}" if one.change else "")


def _other_lines(lines: Iterable[LineResult]) -> Iterator[tuple[str, ...]]:
    """Yield the results for lines without names, those that are alike together: `lines 3-5, 9`."""
    alike: dict[tuple[str, str, str], list[int]] = {}
    for line, *result in lines:
        alike.setdefault((result[0], result[1], result[2]), []).append(line)
    for (what, outcome, change), numbers in alike.items():
        several = "lines" if len(numbers) > 1 else "line"
        yield (f"{several} {_ranges(numbers)}", what, outcome, f"→ {change}" if change else "")


def _ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers in words: `1, 4-6`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _declared_words(key: str, value: str) -> str:
    """Return in words what a line of a person's note declares: `known since 2009`, `family: brother`."""
    return f"known since {value}" if key == KNOWN_SINCE else f"family: {value}"


def _promise(promise: Promise) -> tuple[str, ...]:
    return (
        promise.text,
        ", ".join(person.name for person in promise.people),
        f"by {promise.owed_by}" if promise.owed_by else "",
        f"due {promise.due}" if promise.due else "",
        f"line {promise.line}",
    )


def _value(value: object) -> str:
    """Return a property's value as readable text."""
    if isinstance(value, list):
        text = ", ".join(map(_value, value[:_LONGEST]))
    elif isinstance(value, dict):
        text = f"{{{', '.join(f'{key}: {_value(item)}' for key, item in value.items())}}}"
    elif isinstance(value, bool) or value is None:
        text = {True: "yes", False: "no"}.get(bool(value), "") if value is not None else ""
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def record(seen: Inspection) -> dict[str, object]:
    """Return the documented JSON; positions are UTF-16 code units, without a byte order mark."""
    results = results_of(seen)
    return {
        **_syntax(seen.parsed),
        "frontmatterLinks": [
            {"key": link.key, "link": link.link, "original": link.original, "displayText": link.display}
            for link in seen.property_links
        ],
        "properties": seen.properties(),
        "kind": seen.kind,
        "people": [
            {"name": who.name, "path": who.path, "me": who.me, "own": who.path == seen.note.path} for who in seen.people
        ],
        "declared": [{"line": line, "property": key, "value": value} for key, value, line in seen.declared],
        "encounters": [_encounter_record(met, planned=met.date > seen.today) for met in seen.encounters],
        "mentions": [
            {"date": one.date, "people": [who.name for who in one.people], "line": one.line} for one in seen.mentions
        ],
        "no_encounter": dict(zip(("why", "change"), results.no_encounter, strict=True))
        if results.no_encounter
        else None,
        "names": [
            {
                "name": one.name,
                "line": one.line,
                "date": one.date,
                "people": [who.name for who in one.people],
                "outcome": one.outcome,
                "rule": one.rule,
                "why": one.why,
                "change": one.change,
            }
            for one in results.names
        ],
        "lines": [one._asdict() for one in results.lines],
        "promises": [
            {
                "people": [who.name for who in promise.people],
                "text": promise.text,
                "by": promise.owed_by,
                "made": promise.made,
                "due": promise.due,
                "line": promise.line,
            }
            for promise in seen.promises
        ],
        "problems": [
            {"line": problem.line, "message": problem.message, "hint": problem.hint} for problem in seen.problems
        ],
    }


def _syntax(parsed: Parsed | None) -> dict[str, list[dict[str, object]]]:
    if parsed is None:
        return {"links": [], "embeds": [], "tags": [], "headings": []}
    text, syntax = parsed.text, parsed.syntax
    unit = utf16(text)
    mark = text.startswith(BYTE_ORDER_MARK)

    def place(start: int, end: int) -> list[int]:
        return [unit(start) - mark, unit(end) - mark]

    def links(*, embed: bool) -> Iterator[dict[str, object]]:
        for link in syntax.links:
            if link.embed == embed:
                yield {
                    "link": link.target,
                    "original": link.original,
                    "displayText": link.display,
                    "offset": place(link.start, link.end),
                }

    return {
        "links": list(links(embed=False)),
        "embeds": list(links(embed=True)),
        "tags": [{"tag": tag.tag, "offset": place(tag.start, tag.end)} for tag in syntax.tags],
        "headings": [
            {"heading": heading.text, "level": heading.level, "offset": place(heading.start, heading.end)}
            for heading in syntax.headings
        ],
    }


def _encounter_record(met: Encounter, *, planned: bool) -> dict[str, object]:
    return {
        "date": met.date,
        "people": [who.name for who in met.people],
        "minutes": met.minutes,
        "own": {who.name: met.minutes_by_person[who.id] for who in met.people if who.id in met.minutes_by_person},
        "channel": met.channel,
        "initiated_by": met.initiated_by,
        "scene": met.scene,
        "line": met.line,
        "planned": planned,
    }
