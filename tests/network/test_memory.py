"""A run that remembers earlier runs gives what a run from nothing gives, whatever changed in between."""

import datetime as dt

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from netnotes.config import Config, Encounters
from netnotes.model import Vault
from netnotes.pipeline import Memory, run
from netnotes.plugin.loading import bundled
from netnotes.vault import reading

PATHS = (
    "People/Ada.md", "People/Bo.md", "People/Cy Ng.md", "Contacts/Ada.md", "Me.md", "Acme.md", "Old/Ada.md",
    "Daily/2026-03-01.md", "Daily/2026-03-02.md", "2026-03-01.md", "Meetings/2026-03-01 Call.md", "Meetings/Lunch.md",
    "Log/Thoughts.md", "Templates/2026-03-01.md",
)  # fmt: skip
FILES = ("Ada.png", "files/Bo", "x/Cy Ng.md.pdf", "x/..md.png")
HEADS = (
    "", "type: person\n", "type: company\n", "me: true\n", "aliases: [Ada, Dé]\n", "name: Cy\naliases: Bo\n",
    "scene: Lisbon\n", "scene: lisbon\n", "tags: [scene/trade]\n", "last_contact: 2026-02-01\n", "last_contact: never\n",
    "date: 2026-03-01\nattendees: [Ada, '[[Bo]]', Dé, dé]\n", "attendees: cy ng; ADA; me; [[Acme]]\n", "people: [[x/Ada]]\n",
    "date: 2026-03-02\nwith: DÉ\nminutes: long\ninitiated_by: '[[Me]]'\n", "date: 2026-02-30\nparticipants: Bo\n",
    "depth: 0.02\nnetnotes: depth-6f0d\n", "netnotes: ignore\n", "closeness: 4\ntrust: 9\n",
)  # fmt: skip
BODIES = (
    "", "- Lunch with [[Ada]] (45 min)\n", "- Called [[Bo]] and [[Cy Ng]], 20 min\n- [[..]] and [[../Bo]]\n",
    "[[Meetings/2026-03-01 Call]] with [[Ada]] and [[Bo]]\n", "[[2026-03-01 Call|the call]]: [[Bo]]\n", "[[Ada|her]] #scene/trade\n",
    "## 2026-03-01\n- met [[Bo]] scene:: Porto\n", "- 2026-03-01 coffee\n- 2026-03-02 [[Ada]] (1h)\n",
    "- [x] called [[Ada]] [done:: 2026-03-02]\n", "- [ ] [[Bo]] to send the plan [due:: 2026-03-09]\n- [ ] owe [[Ada]]\n",
    "- [[Ada]] (12 min)\n- [[Bo]] (8 min)\n", "![[Bo]] [[People/Ada.md]] [[Ada.png]] [[files/Bo]]\n",
)  # fmt: skip
CONFIGS = (
    Config(), Config(), Config(), Config(me="Bo"), Config(resolve_aliases=True), Config(fields={"know": True, "tie": False}),
    Config(encounters=Encounters(scene_folders={"Meetings": "work"})),
)  # fmt: skip
PLUGINS = bundled(Config())


def everything(outcome):
    """Return all of an outcome, down to what comparing people by their ids would not see."""
    network = outcome.network
    return {
        "people": [repr(person) for person in (network.ego, *network.people)],
        "encounters": [repr(encounter) for encounter in network.encounters],
        "plans": [repr(encounter) for encounter in network.plans],
        "ties": [(repr(tie), repr(tie.contacts)) for tie in network.ties],
        "alter ties": [(repr(tie), repr(tie.contacts)) for tie in network.alter_ties],
        "promises": [repr(promise) for promise in network.promises],
        "scenes": [repr(scene) for scene in network.scenes],
        "fields": list(outcome.scores.fields),
        "scores": {name: sorted(map(repr, found.values())) for name, found in outcome.scores.facts.items()},
        "scored": {name: sorted((repr(tie), repr(tie.contacts)) for tie in found) for name, found in outcome.scores.facts.items()},
        "edits": [repr(edit) for edit in outcome.edits],
        "problems": [repr(problem) for problem in outcome.problems],
    }  # fmt: skip


class Remembering(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.notes = {}
        self.files = set()
        self.today = dt.date(2026, 3, 2)
        self.config = Config()
        self.complete = True
        self.memory = Memory()

    @rule(path=st.sampled_from(PATHS), head=st.lists(st.sampled_from(HEADS), max_size=2), bodies=st.lists(st.sampled_from(BODIES), max_size=3))
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

    @rule(config=st.sampled_from(CONFIGS), complete=st.booleans())
    def change_the_options(self, config, complete):
        self.config, self.complete = config, complete

    @rule()
    def take_the_edits_for_written(self):
        """Give notes the properties that the last run wished for them."""
        vault = self.vault()
        for edit in run(vault, self.config, PLUGINS, self.today).edits:
            note = self.notes[edit.path][1]
            wished = {name: new for name, (_, new) in edit.changes.items() if new is not None}
            head = "".join(f"{name}: {value}\n" for name, value in ({**note.properties, **wished}).items())
            self.put(edit.path, f"---\n{head}---\n- with [[Bo]]\n")

    @invariant()
    def remembers_nothing_wrong(self):
        vault = self.vault()
        terms = {"complete": self.complete}
        fresh = run(vault, self.config, PLUGINS, self.today, **terms)
        assert everything(run(vault, self.config, PLUGINS, self.today, memory=self.memory, **terms)) == everything(fresh)

    def put(self, path, text):
        self.notes[path] = (text, reading.note(path, text.encode()))

    def vault(self):
        notes = tuple(note for _, (_, note) in sorted(self.notes.items()))
        return Vault("vault", notes, tuple(sorted(self.files)), "Daily", None, ("Templates",))


TestRemembering = Remembering.TestCase
TestRemembering.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
