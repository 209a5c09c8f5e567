"""A small vault on disk whose meetings are made by hand, and whose scores are simple enough to know beforehand."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from netnotes.config import Config
from netnotes.incremental import PlanMemory
from netnotes.model import Contact, Encounter, Note, Person, Tie, Vault
from netnotes.network.network import Network
from netnotes.outcome import Outcome
from netnotes.planning.plan import plan
from netnotes.plugin.facts import Field, Score
from netnotes.scoring.scores import Scores
from netnotes.text.frontmatter import block as frontmatter
from netnotes.writing.apply import WriteContext, WriteResult
from netnotes.writing.journal import Journal
from netnotes.writing.sync import sync

TODAY = dt.date(2026, 3, 10)
NOW = dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC)
FIELDS = ("depth", "know", "warmth", "follow_up")


def note(path, text):
    """Read a note's properties; nothing else of it matters to writing."""
    block = frontmatter.read(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Note(path, digest, block.kind.value, block.properties, block.lines)


def network(paths, meetings, today=TODAY, me=None):
    """Make the network of the notes at `paths`; `meetings` maps a path to dates."""
    ego = Person(me or "?me", "Me", me)
    people = [Person(path, Path(path).stem, path) for path in sorted(paths) if path != me]
    ties = []
    for person in people:
        dates = [day for day in sorted(meetings.get(person.path, ())) if day <= today]
        met = [Encounter(day, (person,), "Log.md", 1) for day in dates]
        contacts = [Contact(e.date, 60, 1, None, None, e) for e in met]
        ties.append(Tie((ego, person), contacts=tuple(contacts)))
    return Network(today, ego, tuple(people), ties=tuple(ties))


def scores(net, failed=(), absent=()):
    """Score: depth = n/(n+2), falling one step in 100 silent days; warm for 30 days; follow-up after 30."""
    facts: dict[str, dict[Tie, Score]] = {name: {} for name in FIELDS}
    for tie in net.ties:
        if tie.last is None:
            continue
        silence = (net.today - tie.last).days
        depth = tie.days / (tie.days + 2) * 0.98 ** (silence / 100)
        facts["depth"][tie] = Score(tie, depth, "", label="deep" if depth >= 0.5 else "shallow")
        facts["know"][tie] = Score(tie, depth, "")
        facts["warmth"][tie] = Score(tie, 0.5 ** (silence / 30), "", label="warm" if silence <= 30 else "cooling")
        facts["follow_up"][tie] = Score(tie, tie.last + dt.timedelta(30), "")
    owned = {name: Field(name, "", write=name != "know") for name in FIELDS if name not in absent}
    found = {name: facts[name] for name in owned if name not in failed}
    return Scores(owned, dict.fromkeys(owned, "test"), found)


@dataclass
class Desk:
    """A vault, its journal and what its meetings are."""

    root: Path
    data: Path
    meetings: dict = field(default_factory=dict)
    today: dt.date = TODAY
    config: Config = field(default_factory=Config)
    failed: tuple = ()
    absent: tuple = ()
    complete: bool = True
    templates: tuple = ()

    def __post_init__(self):
        self.root.mkdir(exist_ok=True)
        self.journal = Journal(self.data)

    def put(self, path, text, met=None):
        """Write a note; `met` are days before today."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        if met is not None:
            self.meetings[path] = [self.today - dt.timedelta(days) for days in met]
        return file

    def bytes(self, path):
        return (self.root / path).read_bytes()

    def text(self, path):
        return self.bytes(path).decode()

    def files(self):
        return {
            p.relative_to(self.root).as_posix(): p.read_bytes() for p in sorted(self.root.rglob("*")) if p.is_file()
        }

    def read(self):
        paths = [p.relative_to(self.root).as_posix() for p in self.root.rglob("*.md") if p.is_file()]
        return Vault("vault", tuple(note(p, self.text(p)) for p in sorted(paths)), templates=self.templates)

    def run(self, vault=None):
        vault = vault or self.read()
        people = [n.path for n in vault.notes if n.path.startswith("People/")]
        net = network(people, self.meetings, self.today)
        scored = scores(net, self.failed, self.absent)
        planned = plan(vault, net, scored, self.config, PlanMemory(), None, complete=self.complete)
        return Outcome(net, scored, planned.edits, planned.problems, planned.sealed)

    def context(self, **terms) -> WriteContext:
        return WriteContext(self.root, **{"journal": self.journal, "at": NOW, **terms})

    def sync(self, **terms) -> WriteResult:
        vault = self.read()
        return sync(vault, self.run(vault), self.config, self.context(**terms))

    def problems(self):
        return [(p.path, p.line, p.message) for p in self.run().problems]


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "vault", tmp_path / "data")
    yield made
    made.journal.close()


@pytest.fixture
def another(tmp_path, desk):
    """The same vault as another machine has it: a journal of its own."""
    made = Desk(desk.root, tmp_path / "other", desk.meetings)
    yield made
    made.journal.close()
