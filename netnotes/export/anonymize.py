"""Make an outcome without names, for sharing: the same ties, depths and dates, with initials or numbers for people.

Everything that is drawn or written is made from this outcome, so nothing has to be hidden later. It is built from an
allow-list: only what is copied explicitly is in it. Paths, titles, aliases, tags, properties, promises, groups
and all text of plugins are left out; scenes and companies become `scene 1`, `company 1`. Dates, numbers and who met
whom remain, and may identify a person to those who know the people.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from operator import and_, or_

from netnotes.extract.people.declarations import cadence
from netnotes.lazy_dataclass import dataclass
from netnotes.map.arrangement import word
from netnotes.map.page.timeline import Past
from netnotes.model import Encounter, Link, Person, Tie
from netnotes.network.network import Network, build_network
from netnotes.notes import Note as ReadNote
from netnotes.outcome import Outcome
from netnotes.phrasing import TIE_WORDS, WARMTH_WORDS
from netnotes.plugin.facts import Field, Score, Style
from netnotes.plugin.notes import Note
from netnotes.scoring import depth as deep
from netnotes.scoring.report_checks import legend_name
from netnotes.scoring.scores import Scores

KNOWN_FIELDS = frozenset(
    {
        "depth",
        "know",
        "like",
        "trust",
        "warmth",
        "follow_up",
        "embeddedness",
        "constraint",
        "effective_size",
        "bridges",
    }
)
"""Fields whose names may be shown; any other is called `score_1`."""
LABELS = frozenset((*TIE_WORDS, *WARMTH_WORDS))
CHANNELS = frozenset({"in person", "call", "message", "mail", "card"})
WORDS = frozenset(
    (
        "meeting meetings call calls message messages mail mails card cards contact contacts "
        "one-to-one hour hours both initiate mostly you they always usually with others of declared closeness trust "
        "year years month months week weeks day days a single since last usually every cadence first follow-up is due "
        "within usual rhythm at most this depth in touch for on seen with your people"
    ).split()
)
"""Words allowed in a reason: those of the bundled plugins that do not come from notes."""
_NUMBER = re.compile(r"(0|[1-9]\d{0,2}(,\d{3})?|[1-9]\d{3,4})(\.\d{1,4})?%?")
"""A count or a measure: anything longer, or with a leading zero, may be part of a telephone number."""
_WORD = re.compile(r"[\w\u0300-\u036f]+")
"""Includes combining accents."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The outcome without names, and what else is drawn."""

    outcome: Outcome
    alters: Scores | None
    """Scores of the ties between two others."""
    styles: tuple[Style, ...]
    past: Past | None
    ids: Mapping[str, str]
    """Old Person.id → new one. Must not be shared."""


def anonymous(
    outcome: Outcome,
    *,
    alters: Scores | None = None,
    styles: Iterable[Style] = (),
    past: Past | None = None,
    numbers: bool = False,
    named: Callable[[str], str] | None = None,
) -> Shared:
    """Return the outcome, its scores, styles and earlier months with initials for names, or with numbers.

    People are numbered by depth; people of equal depth, and scenes of equal size, in an order that reveals nothing.
    With `named`, people and scenes keep their names, as changed by that function; everything else is still left out.
    """
    people, new = _network(outcome, numbers=numbers, named=named)
    ties = {_pair(tie): tie for tie in (*new.ties, *new.alter_ties)}
    ids = {old: person.id for old, person in people.items()}
    fields = _field_names(outcome.scores, alters)

    def moved(tie: Tie) -> Tie | None:
        return ties.get(frozenset(ids.get(person.id, "") for person in tie.people))

    def scores(of: Scores) -> Scores:
        facts = {
            fields[name]: {
                tie: _score(score, tie, (*LABELS, *of.fields[name].labels))
                for old, score in found.items()
                if (tie := moved(old)) and _is_number_or_date(score)
            }
            for name, found in of.facts.items()
        }
        masked = Scores(
            {
                fields[name]: Field(fields[name], "", low=each.low, high=each.high, labels=each.labels)
                for name, each in of.fields.items()
            },
            dict.fromkeys((fields[name] for name in of.fields), "netnotes"),
            facts,
            {fields[name]: weight for name, weight in of.weights.items()},
        )
        return replace(masked, facts={**facts, "depth": _depths(masked)}) if "depth" in facts else masked

    paths, notes, links = _notes(outcome.network)
    new = replace(new, notes=notes, links=links)
    every = {note.path: Note(note.path) for note in notes} | {link.paths: link for link in links}

    def place(on: Person | Tie | Note | Link) -> Person | Tie | Note | Link | None:
        if isinstance(on, Person):
            return people.get(on.id)
        if isinstance(on, Tie):
            return moved(on)
        return every.get(paths.get(on.path, "") if isinstance(on, Note) else _between(on, paths))

    found = []
    groups = _numbered("group", (group for style in styles if (group := legend_name(style))))
    for style in styles:
        on = place(style.on)
        if on is not None:
            group = groups.get(legend_name(style) or "")
            found.append(Style(on, color=style.color, width=style.width, group=group))
    masked = Outcome(new, scores(outcome.scores))
    return Shared(masked, scores(alters) if alters else None, tuple(found), _past(past, moved, fields), ids)


def _past(past: Past | None, moved: Callable[[Tie], Tie | None], fields: Mapping[str, str]) -> Past | None:
    if past is None:
        return None
    values = {
        fields.get(name, name): {tie: row for old, row in rows.items() if (tie := moved(old))}
        for name, rows in past.history.values.items()
    }
    return Past(replace(past.history, values=values), fields.get(past.slow, "a plugin") if past.slow else None)


def _notes(network: Network) -> tuple[dict[str, str], tuple[ReadNote, ...], tuple[Link, ...]]:
    """Return old path → new path, and notes and links with the new ones: numbers, in numbered folders."""
    order = sorted((note.path for note in network.notes), key=_shuffled)
    folders = _numbered("folder", (path.rpartition("/")[0] for path in order if "/" in path))
    paths = {}
    for number, path in enumerate(order, start=1):
        folder = folders.get(path.rpartition("/")[0])
        paths[path] = f"{folder}/{number}.md" if folder else f"{number}.md"
    links = []
    for old in network.links:
        pair = _between(old, paths)
        forth, back = (old.forth, old.back) if paths[old.paths[0]] == pair[0] else (old.back, old.forth)
        links.append(replace(old, paths=pair, forth=forth, back=back))
    return (
        paths,
        tuple(ReadNote(path, "") for path in sorted(paths.values())),
        tuple(sorted(links, key=lambda link: link.paths)),
    )


def _between(link: Link, paths: Mapping[str, str]) -> tuple[str, str]:
    one, other = sorted(paths.get(path, "") for path in link.paths)
    return one, other


def _network(
    outcome: Outcome, *, numbers: bool, named: Callable[[str], str] | None
) -> tuple[dict[str, Person], Network]:
    """Return everyone by their old ids, and the network of them."""
    network = outcome.network
    depth = {tie.person.id: outcome.scores.number(tie, "depth") for tie in network.ties}
    order = sorted(network.people, key=lambda person: (-(depth.get(person.id) or -1.0), _shuffled(person.id)))
    names = [str(place) for place in range(1, len(order) + 1)]
    if named:
        names = [named(person.name) for person in order]
    elif not numbers:
        names = initials([(person.name, *person.aliases) for person in order])
    scene_names = (*(p.scene for p in order), *(e.scene for e in network.encounters))
    scenes = _numbered("scene", (scene for scene in scene_names if scene))
    if named:
        scenes = {scene: named(scene) for scene in scenes}
    companies = _numbered("company", (company for p in order if (company := _company(p))))
    ego = Person("me", named(network.ego.name) if named else "me", me=True)
    people = {network.ego.id: ego} | {
        person.id: Person(
            f"p{place}",
            name,
            scene=scenes.get(person.scene or ""),
            properties=_properties(person, companies),
            ignored=person.ignored,
        )
        for place, (person, name) in enumerate(zip(order, names, strict=True), start=1)
    }
    met = [_encounter(encounter, people, scenes) for encounter in network.encounters]
    everybody = [people[person.id] for person in network.people]
    return people, build_network(everybody, ego, met, network.today)


def _encounter(old: Encounter, people: Mapping[str, Person], scenes: Mapping[str, str]) -> Encounter:
    return Encounter(
        old.date,
        tuple(people[person.id] for person in old.people),
        path="",
        line=0,
        minutes=old.minutes,
        minutes_by_person={people[one].id: minutes for one, minutes in old.minutes_by_person.items() if one in people},
        channel=old.channel if old.channel in CHANNELS else None,
        initiated_by=old.initiated_by,
        scene=scenes.get(old.scene or ""),
    )


def _properties(person: Person, companies: Mapping[str, str]) -> dict[str, object]:
    """Return the properties that are needed: the company's number, and the days of a declared rhythm."""
    company, rhythm = _company(person), cadence(person)
    found: dict[str, object] = {"company": companies[company]} if company else {}
    return found | ({"cadence": str(rhythm)} if rhythm else {})


def _company(person: Person) -> str | None:
    return word(person.value("company"))


def _numbered(kind: str, values: Iterable[str]) -> dict[str, str]:
    """Return `scene 1` for the most frequent value, and so on."""
    count = Counter(values)
    order = sorted(count, key=lambda value: (-count[value], _shuffled(value)))
    return {value: f"{kind} {place}" for place, value in enumerate(order, start=1)}


def _shuffled(text: str) -> bytes:
    """Return a sort key that reveals nothing and is the same on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _pair(tie: Tie) -> Hashable:
    return frozenset(person.id for person in tie.people)


def _field_names(*scores: Scores | None) -> dict[str, str]:
    every = dict.fromkeys(name for of in scores if of for name in (*of.fields, *of.facts, *of.weights))
    others = [name for name in every if name not in KNOWN_FIELDS]
    return {name: name for name in every} | {name: f"score_{place}" for place, name in enumerate(others, start=1)}


def _is_number_or_date(score: Score) -> bool:
    """Return whether a value is a number or a date: a word may be a name."""
    return isinstance(score.value, int | float | dt.date)


def _score(score: Score, tie: Tie, labels: Collection[str]) -> Score:
    return Score(tie, score.value, _reason(score.because), label=score.label if score.label in labels else None)


def _reason(because: str) -> str:
    """Return the leading clauses of a reason that consist only of numbers and WORDS."""
    return ", ".join(takewhile(_is_plain, because.split(", ")))


def _is_plain(clause: str) -> bool:
    """Return whether a clause consists of WORDS and single numbers: several in a row may be a telephone number."""
    known = [each in WORDS for each in clause.split(" ")]
    numbers = [bool(_NUMBER.fullmatch(each)) for each in clause.split(" ")]
    return all(map(or_, known, numbers)) and not any(map(and_, numbers, numbers[1:]))


def _depths(scores: Scores) -> dict[Tie, Score]:
    """Return the depths with reasons rebuilt from the anonymous parts."""
    weighed = sorted((n for n, weight in scores.weights.items() if weight > 0), key=lambda n: -scores.weights[n])
    found = {}
    for tie, score in scores.facts["depth"].items():
        parts = {name: part for name in weighed if (part := scores.get(tie, name)) is not None}
        values = {name: float(part.value) for name, part in parts.items() if isinstance(part.value, int | float)}
        value = score.value if isinstance(score.value, int | float) else 0.0
        found[tie] = replace(score, because=deep.reason(float(value), parts, values, scores.weights) if values else "")
    return found


def initials(people: Iterable[Sequence[str]]) -> list[str]:
    """Return unique initials for people, each given as name and aliases: `AL`, then `AL 2`; a number if initials fail.

    They fail for a name in a script without capitals, since one of its characters may be a whole name, and if they
    spell someone's name or part of it: `BO` does not hide Bo Olsen.
    """
    everybody = [tuple(names) for names in people]
    called = {part for names in everybody for name in names for part in _parts(name)}
    found: list[str] = []
    count: dict[str, int] = {}
    for place, names in enumerate(everybody, start=1):
        letters = _letters(names[0])
        if not letters or _bare(letters) in called:
            found.append(str(place))
            continue
        count[letters] = again = count.get(letters, 0) + 1
        found.append(letters if again == 1 else f"{letters} {again}")
    return found


def _parts(name: str) -> Iterator[str]:
    """Yield a name and its words, except words of one letter, which are initials themselves."""
    yield _bare(name)
    yield from (_bare(word) for word in _WORD.findall(unicodedata.normalize("NFC", name)) if len(word) > 1)


def _letters(name: str) -> str:
    """Return the first letters of the first and the last word that have one."""
    words = [initial for word in unicodedata.normalize("NFC", name).split() if (initial := _initial(word))]
    return "".join(words if len(words) < 2 else (words[0], words[-1]))


def _initial(word: str) -> str:
    letter = next((letter for letter in word if letter.isalpha()), "")
    large = letter.upper()[:1]
    return large if large and unicodedata.category(large) == "Lu" else ""


def _bare(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text).casefold() if letter.isalnum())
