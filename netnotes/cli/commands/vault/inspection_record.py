"""The JSON of `netnotes inspect`."""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.cli.commands.vault.inspected_lines import results_of
from netnotes.cli.commands.vault.inspection import Inspection
from netnotes.model import Encounter
from netnotes.text.frontmatter.block import BYTE_ORDER_MARK
from netnotes.text.markdown.document import utf16
from netnotes.text.parse import Parsed


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
        "encounters": [_encounter(met, planned=met.date > seen.today) for met in seen.encounters],
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


def _encounter(met: Encounter, *, planned: bool) -> dict[str, object]:
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
