"""A run that remembers earlier runs gives what a run from nothing gives, whatever changed in between."""

import datetime as dt
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from netnotes.api import Field, Problem, Score, reader, scorer
from netnotes.config import Config, Encounters, People, SceneOptions
from netnotes.extract.corpus import corpus_of
from netnotes.extract.coverage import note_coverage
from netnotes.incremental import Memory
from netnotes.model import Vault
from netnotes.pipeline import examine, resolver_of, run
from netnotes.plugin.facts import FoundPerson
from netnotes.plugin.hooks import MARK, Plugin
from netnotes.plugin_host.loader import bundled
from netnotes.text import parse
from tests.examples import examples

PATHS = (
    "People/Ada.md",
    "People/Bo.md",
    "People/Cy Ng.md",
    "Contacts/Ada.md",
    "Me.md",
    "Acme.md",
    "Old/Ada.md",
    "People/Bo 2.md",
    "People/Bo (conflicted copy).md",
    "Dee.md",
    "Notes/Dee Marsh.md",
    "Daily/2026-03-01.md",
    "Daily/2026-03-02.md",
    "2026-03-01.md",
    "01-03-2026.md",
    "Meetings/2026-03-01 Call.md",
    "02-03-2026 Walk.md",
    "Meetings/Lunch.md",
    "Log/Thoughts.md",
    "Templates/2026-03-01.md",
    "Cards/Card of Mum.md",
    "Cards/Card of Dee Marsh.md",
    "Cards/Card of Bo.md",
)
FILES = ("Ada.png", "files/Bo", "x/Cy Ng.md.pdf", "x/..md.png")
HEADS = (
    "",
    "type: person\n",
    "type: company\n",
    "me: true\n",
    "aliases: [Ada, Dé]\n",
    "name: Cy\naliases: Bo\n",
    "scene: Lisbon\n",
    "scene: lisbon\n",
    "tags: [scene/trade]\n",
    "last_contact: 2026-02-01\n",
    "last_contact: never\n",
    "date: 2026-03-01\nattendees: [Ada, '[[Bo]]', Dé, dé]\n",
    "attendees: cy ng; ADA; me; [[Acme]]\n",
    "people: [[x/Ada]]\n",
    "date: 2026-03-02\nwith: DÉ\nminutes: long\ninitiated_by: '[[Me]]'\n",
    "date: 2026-02-30\nparticipants: Bo\n",
    "depth: 0.02\nnetnotes: depth-6f0d\n",
    "netnotes: ignore\n",
    "closeness: 4\ntrust: 9\n",
)
BODIES = (
    "",
    "- Lunch with [[Ada]] (45 min)\n",
    "- Called [[Bo]] and [[Cy Ng]], 20 min\n- [[../..]] and [[../Bo]]\n",
    "[[Meetings/2026-03-01 Call]] with [[Ada]] and [[Bo]]\n",
    "[[2026-03-01 Call|the call]]: [[Bo]]\n",
    "[[Ada|her]] #scene/trade\n",
    "## 2026-03-01\n- met [[Bo]] scene:: Porto\n",
    "- 2026-03-01 coffee\n- 2026-03-02 [[Ada]] (1h)\n",
    "- [x] called [[Ada]] [done:: 2026-03-02]\n",
    "- [ ] [[Bo]] to send the plan [due:: 2026-03-09]\n- [ ] owe [[Ada]]\n",
    "- [[Ada]] (12 min)\n- [[Bo]] (8 min)\n",
    "- 02/03/2026 lunch with [[Bo]]\n",
    "- 27/02/2026 tea with [[Ada]]\n- 02/27/2026 met [[Bo]]\n",
    "- 27/02/2026 tea with [[Ada]]\n",
    "- coffee w/ Dee\n- Mum rang\n- lunch with Priya\n",
    "- lunch with Dee Marsh and Priya Nair (20 min)\n- [[Dee]] (10 min)\n",
    "- skype with [[Dee]]\n- tea with Mrs Marsh\n",
    "- dinner with Angela\n- [[Lunch]] with Angela Fofanah\n",
    "- {{date}} met Angela Fofanah\n- saw [[Thoughts]] and [[Quorin Lind]]\n",
    "- tea with [[Halloran]]\n",
    "- 2026-03-01 met [[Halloran]]\n",
    "- 12 March called [[Lunch]], 20 min\nAttendees: Quorin Lind, [[Dee]], me\n",
    "![[Bo]] [[People/Ada.md]] [[Ada.png]] [[files/Bo]]\n",
)
CONFIGS = (
    Config(),
    Config(),
    Config(),
    Config(me="Bo"),
    Config(resolve_aliases=True),
    Config(fields={"know": True, "tie": False}),
    Config(encounters=Encounters(scene_folders={"Meetings": "work"})),
    Config(
        encounters=Encounters(attendees=("with",), day_order="dmy"),
        people=People(tags=("trade",), without_note=("Dee", "Priya Nair"), never=("Mum", "Nobody")),
        scenes={"Lisbon": SceneOptions(), "Oslo": SceneOptions()},
        not_me=("Ada",),
    ),
)


@scorer(Field("rank", "place by depth", high=99), reads=("depth",))
def rank(network, options):
    """Look at all ties at once."""
    depths = [(-network.score(tie, "depth").value, tie) for tie in network.ties if network.score(tie, "depth")]
    for place, (_, tie) in enumerate(sorted(depths, key=lambda pair: (pair[0], pair[1].person.id))):
        yield Score(tie, place, f"of {len(network.ties)}")


@scorer(Field("span", "days", high=99_999), per_tie=True)
def span(network, options):
    """Have something to say of single ties."""
    for tie in network.ties:
        if tie.days == 1:
            yield Problem(f"met {tie.person.name} only once", on=tie)
        if tie.days > 3:
            raise ValueError(tie)
        yield Score(tie, tie.span, "days")


@scorer(Field("both", "of both", high=99_999), reads=("depth", "rank"), per_tie=True)
def both(network, options):
    """Read what is told tie by tie and what is not."""
    for tie in network.ties:
        if network.score(tie, "rank"):
            yield Score(tie, network.score(tie, "rank").value + network.score(tie, "depth").value, "sum")


@reader
def cards(note, options):
    """Find people as on the address cards of `[sources]`."""
    _, is_card, name = note.path.removesuffix(".md").partition("Cards/Card of ")
    if is_card:
        yield FoundPerson(name, emails=(f"{name[:2].lower()}@example.org",))


BUNDLED = bundled(Config())
OWN = tuple(Plugin(hook.__name__, (getattr(hook, MARK),)) for hook in (rank, span, both))
CARDS = Plugin("cards", (getattr(cards, MARK),))
PLUGINS = (BUNDLED, BUNDLED, (*BUNDLED, *OWN, CARDS), (*BUNDLED, *OWN), (*BUNDLED[1:], CARDS))


def everything(outcome):
    """Return all of an outcome, down to what comparing people by their ids would not see."""
    network = outcome.network
    return {
        "people": [repr(person) for person in (network.ego, *network.people)],
        "encounters": [repr(encounter) for encounter in network.encounters],
        "plans": [repr(encounter) for encounter in network.planned],
        "ties": [(repr(tie), repr(tie.contacts)) for tie in network.ties],
        "alter ties": [(repr(tie), repr(tie.contacts)) for tie in network.alter_ties],
        "promises": [repr(promise) for promise in network.promises],
        "scenes": [repr(scene) for scene in network.scenes],
        "fields": list(outcome.scores.fields),
        "scores": {name: sorted(map(repr, found.values())) for name, found in outcome.scores.facts.items()},
        "scored": {
            name: sorted((repr(tie), repr(tie.contacts)) for tie in found)
            for name, found in outcome.scores.facts.items()
        },
        "edits": [repr(edit) for edit in outcome.edits],
        "problems": [repr(problem) for problem in outcome.problems],
    }


class Remembering(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.notes = {}
        self.files = set()
        self.today = dt.date(2026, 3, 2)
        self.config = Config()
        self.complete = True
        self.plugins = BUNDLED
        self.memory = Memory()
        self.examined = True
        self.most = 0

    @rule(
        path=st.sampled_from(PATHS),
        head=st.lists(st.sampled_from(HEADS), max_size=2),
        bodies=st.lists(st.sampled_from(BODIES), max_size=3),
    )
    def write(self, path, head, bodies):
        self.put(path, (f"---\n{''.join(head)}---\n" if head else "") + "\n".join(bodies))

    @rule(path=st.sampled_from(PATHS))
    def delete(self, path):
        self.notes.pop(path, None)

    @rule(old=st.sampled_from(PATHS), new=st.sampled_from(PATHS))
    def rename(self, old, new):
        if old in self.notes:
            self.put(new, self.notes.pop(old)[0])

    @rule(file=st.sampled_from(FILES))
    def add_or_remove_a_file(self, file):
        self.files ^= {file}

    @rule(days=st.sampled_from([-1, 1, 30]))
    def change_the_day(self, days):
        self.today += dt.timedelta(days)

    @rule(config=st.sampled_from(CONFIGS), complete=st.booleans(), plugins=st.sampled_from(PLUGINS))
    def change_the_options(self, config, complete, plugins):
        self.config, self.complete, self.plugins = config, complete, plugins

    @rule()
    def run_other_commands(self):
        """Look for what is not read after some of the changes only."""
        self.examined = not self.examined

    @rule(most=st.integers(0, 3))
    def examine_some_notes(self, most):
        """Look at so many notes after each change, as a daemon does, until all are looked at again."""
        self.examined, self.most = False, most

    @rule()
    def take_the_edits_for_written(self):
        """Give notes the properties that the last run wished for them."""
        vault = self.vault()
        for edit in run(vault, self.config, self.plugins, self.today, Memory()).edits:
            note = self.notes[edit.path][1]
            wished = {name: new for name, (_, new) in edit.changes.items() if new is not None}
            head = "".join(f"{name}: {value}\n" for name, value in ({**note.properties, **wished}).items())
            self.put(edit.path, f"---\n{head}---\n- with [[Bo]]\n")

    @invariant()
    def remembers_nothing_wrong(self):
        vault = self.vault()
        again = partial(run, vault, self.config, self.plugins, self.today, complete=self.complete)
        fresh = Memory()
        assert everything(again(self.memory)) == everything(again(fresh))
        if self.examined:
            assert repr(examine(vault, self.config, self.memory)) == repr(examine(vault, self.config, fresh))
        elif self.most:
            stops = iter(range(1, self.most))
            corpus = corpus_of(vault, self.config, self.memory.corpus)
            note_coverage.update(
                *(corpus, resolver_of(self.memory), self.config, self.memory), lambda: next(stops, None) is None
            )

    def put(self, path, text):
        self.notes[path] = (text, parse.note(path, text.encode()))

    def vault(self):
        notes = tuple(note for _, (_, note) in sorted(self.notes.items()))
        return Vault("vault", notes, tuple(sorted(self.files)), daily_folder="Daily", templates=("Templates",))


def test_a_name_that_becomes_ambiguous_changes_the_findings_of_a_daily_note():
    """Only the meeting's own reading changes, and with it what the daily note that links it leaves out."""
    texts = {
        "People/Bo Berg.md": "---\naliases: Bee\n---\n",
        "Meetings/2026-03-01 Call.md": "---\ndate: 2026-03-01\nattendees: Bee\n---\n",
        "2026-03-01.md": "- [[2026-03-01 Call]] with [[Bo Berg]]\n",
    }
    memory = Memory()
    result = []
    for more in ({}, {"People/Bea.md": "---\naliases: Bee\n---\n"}):
        notes = tuple(parse.note(path, text.encode()) for path, text in sorted({**texts, **more}.items()))
        kept = {note.path: note for note in memory.people.directory.notes.values()} if memory.people.directory else {}
        notes = tuple(kept.get(note.path, note) for note in notes)
        vault = Vault("vault", notes)
        found = run(vault, Config(), BUNDLED, dt.date(2026, 3, 2), memory)
        fresh = Memory()
        assert everything(found) == everything(run(vault, Config(), BUNDLED, dt.date(2026, 3, 2), fresh))
        assert repr(examine(vault, Config(), memory)) == repr(examine(vault, Config(), fresh))
        result.append([encounter.path for encounter in found.network.encounters])
    assert result == [["Meetings/2026-03-01 Call.md"], ["2026-03-01.md"]]


def test_a_scorer_of_all_ties_makes_its_readers_score_all():
    """Bo has not changed, and yet is second now."""
    people = [parse.note(f"People/{name}.md", b"") for name in ("Ada", "Bo")]
    days = [
        parse.note(f"2026-03-0{day}.md", text)
        for day, text in ((1, b"[[Bo]] (2 h)\n"), (2, b"[[Ada]]\n"), (2, b"[[Ada]] (5 h)\n"))
    ]
    memory = Memory()
    for first, second in ((days[0], days[1]), (days[0], days[2])):
        vault = Vault("vault", (first, second, *people))
        terms = (vault, Config(), (*BUNDLED, *OWN[::2]), dt.date(2026, 3, 2))
        assert everything(run(*terms, memory)) == everything(run(*terms, Memory()))


TestRemembering = Remembering.TestCase
TestRemembering.settings = settings(max_examples=examples(60), stateful_step_count=30, deadline=None)
