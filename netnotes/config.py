"""`netnotes.toml` → typed options, all mistakes at once. The file is optional: every option has a default.

Reads text, not files. The vault's own settings (daily notes, templates) belong to the vault, not here.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from netnotes import options
from netnotes.errors import BadConfig
from netnotes.lazy_dataclass import dataclass
from netnotes.regex import regex
from netnotes.reserved import is_reserved

FILE = "netnotes.toml"
LONGEST = 250_000
"""Longest file, in characters."""
DEEPEST = 50
"""Most parts of a dotted key: the parser's time and memory grow with their square."""
LONGEST_WORD = 100
"""Most characters of a number or of a key without quotes: Python does not write out numbers of thousands of digits."""
_LONG_WORD = regex(rf"\w{{{LONGEST_WORD + 1}}}")
_TABLE = regex(r"\s*(\[[^\[\]]+\])[ \t]+[^\s=#]+[ \t]*=")
"""A table and its first setting on one line."""
_TEXT = regex(
    r""""{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)|'{3}(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"""
    r"""|"(?:[^"\\\n]|\\.)*+(?:"|$)|'[^'\n]*+(?:'|$)|\#[^\n]*+""",
    re.DOTALL | re.MULTILINE,
)
"""Strings, closed or not, and comments of TOML."""
MOST_WEIGHT = 1000
"""Largest weight; weights only matter relative to each other."""

WRITTEN: Mapping[str, str] = {
    "depth": "depth",
    "tie": "tie",
    "warmth": "warmth",
    "last_contact": "last_contact",
    "follow_up": "follow_up",
}
"""Field → property, unless `[fields]` says otherwise."""


@dataclass(frozen=True, slots=True)
class People:
    """Which notes are people."""

    types: tuple[str, ...] = ("person",)
    """Values of `type` or `kind`."""
    tags: tuple[str, ...] = ("person", "people", "contact")
    """Tags, without `#`; each also matches the tags below it."""
    folders: tuple[str, ...] = ("People", "Contacts")
    """Names of folders, anywhere in the vault, or paths of folders."""
    without_note: tuple[str, ...] = ()
    """Names of people without a note who still count as people."""
    never: tuple[str, ...] = ()
    """Names that look like people's names but are not."""
    kin: Literal["near", "apart", "others"] = "near"
    """How family is treated. `near`: silence alone never makes them due, only a declared cadence does. `apart`: the
    same, and they have their own place in circles and on the map. `others`: like everyone else."""


@dataclass(frozen=True, slots=True)
class Encounters:
    """Where notes say whom you met, when and for how long."""

    attendees: tuple[str, ...] = (
        *("attendees", "participants", "attendee", "participant", "invitees", "attended_by", "present", "teilnehmer"),
        *("teilnehmende", "asistentes", "participantes", "partecipanti", "deelnemers", "uczestnicy", "deltagare"),
        *(
            "участники",
            "参加者",
            "与会者",
            "guests",
            "people",
            "with",
            "contacts",
            "person",
            "persons",
            "who",
            "contact",
        ),
    )
    """Properties that list the people at a meeting."""
    dates: tuple[str, ...] = ("date", "day", "when", "start")
    """Properties that date a meeting note."""
    minutes: tuple[str, ...] = ("minutes", "duration", "length")
    """Properties that hold the length of a meeting."""
    daily_format: str | None = None
    """Format of the names of daily notes, in moment.js tokens. By default the one in the app's own settings."""
    daily_folder: str | None = None
    """Folder of the daily notes. By default the one in the app's own settings."""
    day_order: Literal["dmy", "mdy"] | None = None
    """Whether day (`dmy`) or month (`mdy`) comes first in dates like 03/04/2026. By default as in other dates."""
    scene_folders: Mapping[str, str] = field(default_factory=dict)
    """Folder → scene of the meetings and people in it."""


USUAL_ENCOUNTERS = Encounters()
"""The options of a vault that sets none."""


@dataclass(frozen=True, slots=True)
class DepthOptions:
    """How depth is computed."""

    weights: Mapping[str, float] = field(default_factory=lambda: {"know": 0.6, "like": 0.2, "trust": 0.2})
    """Scorer → its weight relative to the others, from 0 to 1000."""


@dataclass(frozen=True, slots=True)
class SceneOptions:
    """Options of one scene."""

    since: dt.date | None = None
    """First day in the scene. By default the day of its first encounter."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Where `netnotes log`, `inbox`, `round` and `review` read and write."""

    heading: str | None = None
    """Heading in the daily note below which lines are written. By default the one with most contacts."""
    inbox: str = "Inbox.md"
    """The note that `netnotes inbox` reads."""
    round: bool = False
    """Whether `watch` writes today's round into the daily note, as tasks to tick."""
    reviews: str = "Reviews"
    """Folder of the notes that `netnotes review` writes."""


@dataclass(frozen=True, slots=True)
class Notify:
    """A program that `watch` runs once a day with today's list, after the user's consent."""

    command: tuple[str, ...] = ()
    """The program and its arguments; it gets today's list on standard input."""
    at: str = "08:00"
    """Local time of day after which it runs."""
    initials: bool = False
    """Whether people are named by their initials, for lock screens."""


@dataclass(frozen=True, slots=True)
class Exports:
    """Files in the vault that `watch` keeps up to date."""

    canvas: bool = False
    """Whether `Relationships.canvas` is kept up to date."""
    embed: tuple[str, ...] = ()
    """People whose picture is kept up to date for `![[…]]`: names, aliases or paths."""
    anonymous: bool = False
    """Whether these files show initials instead of names."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """Files outside the vault that are read, never written, after the user's consent."""

    path: str = ""
    """A calendar, an address book, a folder of either, an mbox or a Maildir: `~/…`, or any path."""
    me: tuple[str, ...] = ()
    """Your own mail addresses in it: whose mail is yours, and which meetings you declined."""


_KNOW_ALIASES = ("logseq", "foam", "zk")
"""The apps that resolve links through aliases."""


@dataclass(frozen=True, slots=True)
class Config:
    """All options of a vault."""

    me: str | None = None
    """Name, alias or path of your own note."""
    not_me: tuple[str, ...] = ()
    """People in nearly every attendee list who are not the owner of the vault."""
    resolve_aliases: bool | None = None
    """Whether links resolve through aliases, and `___` in file names means `/` (Logseq, Foam)."""
    exclude: tuple[str, ...] = ()
    """Globs of notes that are neither read nor written: `Archive/`, `**/draft*`, `Old.md`."""
    write_delay: float = field(default=20.0, metadata={"low": 0, "high": 86_400})
    """Seconds that a note must be left alone before `watch` writes to it."""
    people: People = field(default_factory=People)
    encounters: Encounters = field(default_factory=Encounters)
    depth: DepthOptions = field(default_factory=DepthOptions)
    fields: Mapping[str, str | bool] = field(default_factory=dict)
    """Field → the property it is written to. `false`: not written. `true`: written under its own name."""
    scenes: Mapping[str, SceneOptions] = field(default_factory=dict)
    capture: Capture = field(default_factory=Capture)
    notify: Notify = field(default_factory=Notify)
    exports: Exports = field(default_factory=Exports)
    sources: Mapping[str, str | FileSource] = field(default_factory=dict)
    """Name → files outside the vault: a path, or a table with `path` and `me`."""
    enable: tuple[str, ...] = ()
    """Plugins to turn on: installed ones, and bundled ones that are off by default."""
    disable: tuple[str, ...] = ()
    """Bundled plugins to turn off."""
    seconds: float = field(default=30.0, metadata={"low": 0.1, "high": 86_400})
    """Seconds after which a function of a plugin is stopped."""
    silence: tuple[str, ...] = ()
    """Kinds of remarks that `check` hides; `check --json` shows the kind of each remark."""
    plugins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Plugin → its own table, not yet parsed: `[plugins.NAME]`."""

    def links_know_aliases(self, app: str | None) -> bool:
        """Return whether links resolve through aliases: as the option says, else as the vault's `app` does it."""
        return app in _KNOW_ALIASES if self.resolve_aliases is None else self.resolve_aliases


SWITCHES = ("enable", "disable", "seconds")
"""Keys of `[plugins]` that are not a plugin's table."""


def parse(text: str, place: str = FILE) -> Config:
    """Return the options that `text` (TOML) sets. Raises BadConfig with every mistake found."""
    table = _table(text, place)
    plugins = table.pop("plugins", {})
    if not isinstance(plugins, dict):
        raise BadConfig(place, ("`plugins` should be a table",))
    own = {key: value for key, value in plugins.items() if isinstance(value, dict)}
    switches = {key: value for key, value in plugins.items() if key not in own}
    unknown = [key for key in switches if key not in SWITCHES]
    table |= {key: value for key, value in switches.items() if key not in unknown}
    config, mistakes = options.read(Config, table | ({"plugins": own} if own else {}), "")
    mistakes += tuple(f"[plugins] unknown key `{k}`{options.did_you_mean(k, SWITCHES)}" for k in unknown)
    mistakes += _semantic_mistakes(config)
    if mistakes:
        raise BadConfig(place, mistakes)
    return config


def _table(text: str, place: str) -> dict[str, Any]:
    """Parse the TOML in `text`, unless that would take too much time or memory. Raises BadConfig."""
    if len(text) > LONGEST:
        raise BadConfig(place, (f"is longer than {LONGEST:,} characters",))
    for number, line in enumerate(_TEXT.sub(_blank, text).split("\n"), 1):
        if _LONG_WORD.search(line):
            raise BadConfig(place, (f"line {number}: a number or a key has more than {LONGEST_WORD} characters",))
        if any(key.count(".") >= DEEPEST for key in re.split(r"[^\w\s.-]", line)):
            raise BadConfig(place, (f"line {number}: a key has more than {DEEPEST} parts",))
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadConfig(place, (_on_one_line(text) or f"not TOML: {error}",)) from error


def _on_one_line(text: str) -> str | None:
    """Return what is wrong with `[notify] at = "08:00"`, a table and its setting on one line; None: nothing."""
    lines = enumerate(text.split("\n"), 1)
    found = next(((number, table[1]) for number, line in lines if (table := _TABLE.match(line))), None)
    return found and f"line {found[0]}: `{found[1]}` must be on a line of its own, with the settings below it"


def _blank(found: re.Match[str]) -> str:
    """Replace a string or a comment with one word, keeping its line breaks."""
    return "s" + "\n" * found[0].count("\n")


def written_fields(config: Config, own: Mapping[str, bool]) -> dict[str, str]:
    """Return field → property for everything that is written, in the order in which it is written.

    `own` are the scorers' fields beyond the default ones, and whether each is written by default.
    """
    usual = dict(WRITTEN) | {name: PARTS.get(name, name) for name, wanted in own.items() if wanted}
    for name, wish in config.fields.items():
        if wish is False:
            usual.pop(name, None)
        else:
            usual[name] = (PARTS.get(name) or WRITTEN.get(name, name)) if wish is True else wish
    return usual


PARTS: Mapping[str, str] = {"know": "depth_know", "like": "depth_like", "trust": "depth_trust"}
"""Properties for the parts of depth, if wanted: `trust` and `closeness` are the user's own."""


def _semantic_mistakes(config: Config) -> tuple[str, ...]:
    """Return mistakes in values of the right type, such as a weight out of range."""
    found = [
        f"[depth] weights: {name} is {weight}, not a number from 0 to {MOST_WEIGHT}"
        for name, weight in config.depth.weights.items()
        if not 0 <= weight <= MOST_WEIGHT
    ]
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", config.notify.at):
        found.append(f"[notify] at: `{config.notify.at}` is not a time of day like 08:00")
    for name, source in config.sources.items():
        path = source if isinstance(source, str) else source.path
        if not path.strip() or "\0" in path:
            found.append(f'[sources] {name}: no path; write {name} = "~/Calendars/home.ics"')
    names = [wish for wish in config.fields.values() if isinstance(wish, str)]
    found += [
        f"[fields] `{name}` is not a property name"
        for name in names
        if not name.replace("_", "").replace("-", "").isalnum()
    ]
    found += [f"[fields] two fields go to `{name}`" for name in sorted(set(names)) if names.count(name) > 1]
    found += [f"[fields] `{name}` is the user's own property" for name in names if is_reserved(name)]
    return tuple(found)
