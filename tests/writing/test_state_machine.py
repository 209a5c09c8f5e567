"""Users, two machines, failing plugins, crashes and undo in any order: no user byte is lost, and it all settles."""

import contextlib
import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from netnotes.storage import exchange
from netnotes.text.frontmatter import block as frontmatter
from netnotes.text.frontmatter import ownership
from netnotes.writing.apply import write
from netnotes.writing.clean import clean_drafts
from netnotes.writing.draft import Draft
from netnotes.writing.undo import NothingToUndo, select_entries, undo
from tests.examples import examples
from tests.writing.conftest import FIELDS, Desk

NAMES = ("People/Ada.md", "People/Bob.md", "People/Cy.md")
FIRST = (
    "",
    "Body\n",
    "no end",
    "---\nname: Ada # hm\n---\nBody\n",
    "---\r\n---\r\nBody\r\n",
    "\ufeff---\ntags: [a]\n---\n",
    "---\nlast_contact: 2025-01-01\ndepth: 30\n---\n",
    "---\nbroken: [\n---\n",
    "---\nnetnotes: ignore\n---\n",
)
names = st.sampled_from(NAMES)
machines = st.integers(0, 1)


def users(text):
    """Return what of a note is the user's: all but the lines of ours, and all but a block that held nothing else."""
    block = frontmatter.read(text)
    ours = ownership.owned(block.properties)
    if ownership.read(block.properties).marks:
        ours |= {"netnotes"}
    head = text[: block.end].split("\n")
    lines = {block.lines[name] - 1 for name in ours}
    kept = [line for number, line in enumerate(head) if number not in lines]
    inner = "".join(kept[1:-2]).strip() if block.end > block.start else "-"
    mark = text[: block.start]
    return ("\n".join(kept) if inner else mark) + text[block.end :]


class Killed(BaseException):
    """Where the process would have died."""


class Fate:
    """A disk on which the process dies before its n-th act, and the user saves before or after the exchange."""

    def __init__(self, acts, save, moment):
        self.acts, self.save, self.moment = acts, save, moment

    def __getattr__(self, name):
        act = getattr(exchange, name)

        def fated(*given):
            self.acts -= 1
            if self.acts < 0:
                raise Killed
            if name == "exchange" and self.save and self.moment == "before":
                self.save(given[1])
            result = act(*given)
            if name == "exchange" and self.save and self.moment == "after":
                self.save(given[1])
            return result

        return fated


class Writing(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        meetings: dict[str, list[dt.date]] = {}
        self.desks = [Desk(self.folder / "vault", self.folder / str(n), meetings) for n in range(2)]
        self.mine = {}

    def teardown(self):
        for desk in self.desks:
            desk.failed = ()
        for desk in (*self.desks, *self.desks):
            desk.sync(people_gone=True)
        for desk in self.desks:
            assert desk.sync().run is None, "after two rounds there is peace, on both machines"
        assert set(self.desks[0].files()) == set(self.mine), "nothing is left behind"
        self.nothing_is_lost()
        for desk in self.desks:
            desk.journal.close()
        shutil.rmtree(self.folder)

    @initialize(texts=st.tuples(*[st.sampled_from(FIRST)] * len(NAMES)))
    def begin(self, texts):
        for name, text in zip(NAMES, texts, strict=True):
            self.desks[0].put(name, text, [3, 9])
            self.mine[name] = users(text)

    @invariant()
    def nothing_is_lost(self):
        for name, text in self.mine.items():
            assert users(self.desks[0].text(name)) == text

    def save(self, name, text, how):
        file = self.desks[0].root / name
        if how == "rename":
            fresh = file.with_name("saving~")
            fresh.write_bytes(text.encode())
            fresh.replace(file)
        else:
            file.write_bytes(text.encode())
        self.mine[name] = users(text)

    @rule(
        name=names,
        words=st.sampled_from(["\n", "more", "\n- [[Bob]]\n", "\r\n"]),
        how=st.sampled_from(["rename", "in place"]),
    )
    def write_on(self, name, words, how):
        self.save(name, self.desks[0].text(name) + words, how)

    @rule(name=names, field=st.sampled_from(["depth", "warmth", "last_contact", "netnotes"]), data=st.data())
    def change_or_delete_a_line(self, name, field, data):
        lines = self.desks[0].text(name).split("\n")
        for number, line in enumerate(lines):
            if line.startswith(f"{field}: "):
                lines[number : number + 1] = data.draw(st.sampled_from([[], [f"{field}: 0.9"], [f"{field}: ignore"]]))
                self.save(name, "\n".join(lines), "in place")
                return

    @rule(name=names)
    def restore_a_backup(self, name):
        history = [e for desk in self.desks for e in desk.journal.history(name)]
        if history:
            self.save(name, history[0].before.decode(), "rename")

    @rule(name=names, met=st.booleans())
    def meet_or_forget(self, name, met):
        days = self.desks[0].meetings[name]
        if met:
            days.append(self.desks[0].today)
        else:
            del days[-1:]

    @rule(days=st.sampled_from([1, 40, 400]))
    def let_time_pass(self, days):
        for desk in self.desks:
            desk.today += dt.timedelta(days)

    @rule(which=machines, failed=st.sets(st.sampled_from(FIELDS)))
    def fail(self, which, failed):
        self.desks[which].failed = tuple(failed)

    @rule(
        which=machines,
        acts=st.one_of(st.just(99), st.integers(0, 12)),
        slip=st.one_of(
            st.none(),
            st.tuples(st.sampled_from(["before", "after"]), st.sampled_from(["rename", "in place"])),
        ),
    )
    def sync(self, which, acts, slip):
        desk, saves = self.desks[which], [1]

        def save(note):
            if saves.pop() if saves else 0:
                name = note.relative_to(desk.root).as_posix()
                self.save(name, desk.text(name) + "typed meanwhile\n", slip[1])

        try:
            desk.sync(people_gone=True, disk=Fate(acts, save if slip else None, slip and slip[0]))
        except Killed:
            # The next sync of that machine comes before anything else is asked.
            desk.sync(people_gone=True)

    @rule(which=machines)
    def undo(self, which):
        desk = self.desks[which]
        with contextlib.suppress(NothingToUndo):
            undo(select_entries(desk.journal), desk.context(command="undo"))

    @rule(which=machines)
    def clean(self, which):
        desk = self.desks[which]
        found = clean_drafts(desk.root, desk.read(), desk.journal)
        write([d for d in found if isinstance(d, Draft)], desk.context(command="clean"))
        assert not any(ownership.owned(note.properties) for note in desk.read().notes)


TestWriting = Writing.TestCase
TestWriting.settings = settings(
    max_examples=examples(40), stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
