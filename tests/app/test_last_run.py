"""What a command keeps for the next one: an outcome from the cache equals one that is computed, whatever happened."""

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec, spec_from_file_location
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from netnotes.app import last_run, sources
from netnotes.app.logbook import open_logbook, with_note
from netnotes.app.workspace import Workspace, open_workspace
from netnotes.extract import encounters
from netnotes.frozen import ReadOnly
from netnotes.incremental import Memory
from netnotes.model import Failure, Passage, Problem
from netnotes.packing import packed_mapping, unpacker
from netnotes.packing.columns import NotPlainError, Packer
from netnotes.plugin_host.code_digest import code_digest
from netnotes.plugin_host.consent import Trust, folder
from netnotes.scoring.runner import Update
from netnotes.snapshot import outcomes
from netnotes.storage import keyed_file, outcome_cache
from netnotes.text.serialize import PackedPassages
from tests.examples import examples
from tests.plain import plain

EXAMPLE = Path(__file__).parents[2] / "examples" / "vault"
PLUGINS = EXAMPLE.with_name("plugins")
KINDS = ("notes", "recent", "outcome", "coverage", "answer")
"""The files of a cache, by their endings."""
TODAY = dt.date(2026, 6, 30)


def opened(root: Path, home: Path, *, cached: bool = True, named: Sequence[Path] = ()) -> Workspace:
    environ = {"NETNOTES_CACHE": str(home / "cache"), "NETNOTES_DATA": str(home / "data")}
    return open_workspace(root, environ, cached=cached, named=named)


NOW = dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)
SCORER = """
import datetime as dt
from dataclasses import dataclass

from netnotes.api import Field, Score, option, scorer

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    more: float = option(0.0, "added")


@scorer(Field("energy", "what it gives"), options=Options)
def energy(network, options):
    for tie in network.ties:
        if network.today >= dt.date(2026, 6, 2):
            yield Score(tie, 0.25 + options.more, because=f"{tie.days} days")
"""
READER = """
import datetime as dt

from netnotes.api import FoundEncounter, reader

NETNOTES_API = 1


@reader
def walks(note, options):
    for number, line in enumerate(note.text.splitlines(), 1):
        if line.startswith("walk: "):
            yield FoundEncounter(dt.date(2026, 6, 5), [line[6:]], line=number, fields={"shoes": "old"})
        elif "Lunch" in line:
            yield FoundEncounter(dt.date(2026, 6, 4), ["Ada"], line=number, channel="call")
"""
REPORT = """
import random

from netnotes.api import Remark, report

NETNOTES_API = 1


@report("Luck")
def luck(network):
    yield Remark(str(random.random()))
"""


def add_plugin(root: Path, home: Path, text: str, name: str = "energy") -> Path:
    """Write a plugin of the vault, and allow it."""
    place = root / ".netnotes" / "plugins" / f"{name}.py"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    Trust(folder(str(home / "data"))).allow(str(place.resolve()), text.encode(), NOW)
    return place.resolve()


@pytest.fixture(autouse=True)
def packed_mappings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small vaults be unpacked like large ones."""
    monkeypatch.setattr(unpacker, "FEWEST_LATER", 1)
    monkeypatch.setattr(packed_mapping, "MOST_SINGLE", 2)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a vault with a note of each kind, a promise and a group."""
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    for number, path in enumerate(NOTES):
        place = root / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(HEADS[number % len(HEADS)] + "\n".join(LINES) + "\n", encoding="utf-8")
    return root


@pytest.mark.full
def test_the_next_command_over_the_same_notes_works_nothing_out(tmp_path: Path, counted: list[dt.date]) -> None:
    first = opened(EXAMPLE, tmp_path).run(TODAY)[1]
    assert len(counted) == 1
    second = opened(EXAMPLE, tmp_path).run(TODAY)[1]
    assert len(counted) == 1
    assert plain(second) == plain(first)


class TestOneChange:
    """After a change the next command reads that note again, and what rests on it."""

    @pytest.fixture
    def read(self, small: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Return a list that grows with the path of each note whose lines are read for encounters."""
        found: list[str] = []
        result = encounters._findings

        def counting(note: Any, *rest: Any) -> Any:
            found.append(note.path)
            return result(note, *rest)

        monkeypatch.setattr(encounters, "_findings", counting)
        return found

    @pytest.fixture
    def scored(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Return a list that grows with the number of ties that each scorer is asked about; -1 is all."""
        found: list[int] = []
        narrow = Update.narrow

        def counting(self: Update, *args: Any, **options: Any) -> Any:
            few = narrow(self, *args, **options)
            found.append(-1 if few is None else len(few))
            return few

        monkeypatch.setattr(Update, "narrow", counting)
        return found

    def test_one_note_is_read_again(self, small: Path, tmp_path: Path, read: list[str], scored: list[int]) -> None:
        (small / "People/Eve.md").write_text("- 2026-06-02 lunch\n", encoding="utf-8")
        opened(small, tmp_path).run(TODAY)
        assert len(read) == len(NOTES) + 1
        read.clear()
        scored.clear()
        with (small / "Daily/2026-06-01.md").open("a", encoding="utf-8") as file:
            file.write("- coffee with [[Bo]], 10 min\n")
        warm = opened(small, tmp_path).run(TODAY)[1]
        assert read == ["Daily/2026-06-01.md"]
        assert -1 not in scored
        assert max(scored) < len(warm.network.ties)
        assert plain(warm) == plain(opened(small, tmp_path, cached=False).run(TODAY)[1])

    def test_lines_of_other_notes_are_not_even_unpacked(
        self, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened(small, tmp_path).run(TODAY)
        unpacked: list[PackedPassages] = []
        unpack = PackedPassages._items

        def counted(packed: PackedPassages) -> tuple[Passage, ...]:
            unpacked.append(packed)
            return unpack(packed)

        monkeypatch.setattr(PackedPassages, "_items", counted)
        opened(small, tmp_path).run(TODAY)
        assert unpacked == []
        path = "Daily/2026-06-01.md"
        with (small / path).open("a", encoding="utf-8") as file:
            file.write("- coffee with [[Bo]], 10 min\n")
        vault, _ = opened(small, tmp_path).run(TODAY)
        assert unpacked
        assert {note.path for note in vault.notes if any(note.passages is each for each in unpacked)} == {path}

    def test_another_day_reads_nothing_again(self, small: Path, tmp_path: Path, read: list[str]) -> None:
        opened(small, tmp_path).run(TODAY)
        read.clear()
        opened(small, tmp_path).run(TODAY + dt.timedelta(1))
        assert read == []

    def test_a_log_begins_with_what_the_last_one_kept(
        self, small: Path, tmp_path: Path, read: list[str], counted: list[dt.date]
    ) -> None:
        now = dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC)
        first = open_logbook(opened(small, tmp_path), TODAY, now)
        assert set(read) == set(NOTES)
        read.clear()
        second = open_logbook(opened(small, tmp_path), TODAY, now)
        assert (read, len(counted)) == ([], 1)
        assert plain(second.outcome) == plain(first.outcome)

    def test_few_changes_are_read_again_and_many_kept(
        self, small: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(last_run, "MOST_CHANGED", 2)
        opened(small, tmp_path).run(TODAY)
        for number, path in enumerate(NOTES[:3], 1):
            with (small / path).open("a", encoding="utf-8") as file:
                file.write("more\n")
            read.clear()
            opened(small, tmp_path).run(TODAY)
            assert set(NOTES[:number]) <= set(read)
        read.clear()
        opened(small, tmp_path).run(TODAY)
        assert read == []

    @pytest.mark.parametrize("text", ["---\nme: true\ncity: Porto\n---\n", "- 06/25/2026 lunch\n"])
    def test_after_a_change_for_which_all_notes_were_read_again_they_are_not_read_again_each_time(
        self, small: Path, tmp_path: Path, read: list[str], text: str
    ) -> None:
        me = small / "Me.md"
        me.write_text("---\nme: true\n---\n", encoding="utf-8")
        opened(small, tmp_path).run(TODAY)
        read.clear()
        me.write_text(text, encoding="utf-8")
        opened(small, tmp_path).examine(TODAY)
        assert set(NOTES) <= set(read)
        read.clear()
        (small / NOTES[3]).write_text("- coffee with [[Bo]], 10 min\n", encoding="utf-8")
        opened(small, tmp_path).run(TODAY)
        assert set(read) == {NOTES[3]}

    def test_a_second_note_of_the_owner_stays_a_problem(self, small: Path, tmp_path: Path) -> None:
        for path in ("Me.md", "Myself.md"):
            (small / path).write_text("---\nme: true\n---\n", encoding="utf-8")
        opened(small, tmp_path).run(TODAY)
        (small / "Myself.md").write_text("nothing\n", encoding="utf-8")
        warm = opened(small, tmp_path).run(TODAY)[1]
        assert plain(warm) == plain(opened(small, tmp_path, cached=False).run(TODAY)[1])


def test_a_note_that_no_longer_proves_the_order_of_day_and_month_is_no_proof(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    (root / "People").mkdir(parents=True)
    (root / "People/Ada.md").write_text("- 03/04/2026 lunch\n", encoding="utf-8")
    days = []
    for text in ("- 06/25/2026 lunch\n", "- lunch\n"):
        (root / "People/Bo.md").write_text(text, encoding="utf-8")
        warm, fresh = (opened(root, tmp_path, cached=cached).run(TODAY)[1] for cached in (True, False))
        assert plain(warm) == plain(fresh)
        days.append({each.date for each in warm.network.encounters if each.path == "People/Ada.md"})
    assert days[0] != days[1]


def test_records_that_are_one_stay_one(tmp_path: Path) -> None:
    opened(EXAMPLE, tmp_path).run(TODAY)
    outcome = opened(EXAMPLE, tmp_path).run(TODAY)[1]
    network = outcome.network
    assert all(tie.people[0] is network.ego for tie in network.ties)
    assert [tie.person for tie in network.ties] == list(network.people)
    assert all(tie.person is person for tie, person in zip(network.ties, network.people, strict=True))
    known = set(map(id, network.encounters))
    assert all(id(contact.encounter) in known for tie in network.ties for contact in tie.contacts)
    assert all(score.on is tie for facts in outcome.scores.facts.values() for tie, score in facts.items())
    with pytest.raises(TypeError):
        network.people[0].properties["x"] = 1  # type: ignore[index]  # plugins are shown these
    assert isinstance(network.encounters[0].fields, ReadOnly)


def test_the_contacts_of_one_tie_are_those_of_the_network(tmp_path: Path) -> None:
    opened(EXAMPLE, tmp_path).run(TODAY)
    network = opened(EXAMPLE, tmp_path).run(TODAY)[1].network
    tie = max(network.ties, key=lambda tie: tie.days)
    (contact, *_) = tie.contacts
    assert (contact.date, tie.contacts[-1].date) == (tie.first, tie.last)
    assert tie.person in contact.encounter.people
    assert any(contact.encounter is one for one in network.encounters)
    assert network.alter_ties


def test_the_findings_of_check_are_kept(small: Path, tmp_path: Path, counted: list[dt.date]) -> None:
    space = opened(small, tmp_path)
    space.run(TODAY)
    _, outcome, coverage = space.examine(TODAY)
    assert len(counted) == 1
    _, again, kept = opened(small, tmp_path).examine(TODAY)
    assert len(counted) == 1
    assert plain(again) == plain(outcome)
    assert plain(kept) == plain(coverage)


@pytest.mark.parametrize("change", [False, True])
def test_to_examine_after_a_run_leaves_its_memory_as_it_is(small: Path, tmp_path: Path, *, change: bool) -> None:
    opened(small, tmp_path).run(TODAY)
    (outcome,) = (tmp_path / "cache").glob("*.outcome")
    before = outcome.stat().st_mtime_ns, outcome.read_bytes()
    saved = (small / NOTES[0]).read_text(encoding="utf-8")
    if change:
        (small / NOTES[0]).write_text("- dinner with Somebody Else\n", encoding="utf-8")
    opened(small, tmp_path).examine(TODAY)
    assert (outcome.stat().st_mtime_ns, outcome.read_bytes()) == before
    # What was found is of the changed note, and the memory of the note as it was before.
    for text in (saved, "- lunch with Quorin Lind\n", "- met Ada\n", saved):
        (small / NOTES[0]).write_text(text, encoding="utf-8")
        found = opened(small, tmp_path).examine(TODAY)[1:]
        assert plain(found) == plain(opened(small, tmp_path / "other", cached=False).examine(TODAY)[1:])


def test_what_was_examined_of_notes_that_changed_before_a_run_was_saved_is_looked_at_again(
    small: Path, tmp_path: Path
) -> None:
    opened(small, tmp_path).examine(TODAY)
    day = TODAY + dt.timedelta(1)
    (small / NOTES[0]).write_text("- lunch with Quorin Lind\n- 2026-06-09 [[Rex Unmet]]\n", encoding="utf-8")
    opened(small, tmp_path).run(day)
    assert list((tmp_path / "cache").glob("*.coverage"))
    found = opened(small, tmp_path).examine(day)[1:]
    assert plain(found) == plain(opened(small, tmp_path, cached=False).examine(day)[1:])


def test_what_was_examined_after_another_run_is_as_good_as_none(small: Path, tmp_path: Path) -> None:
    opened(small, tmp_path).examine(TODAY)
    (kept,) = (tmp_path / "cache").glob("*.coverage")
    before = kept.read_bytes()
    day = TODAY + dt.timedelta(1)
    (small / NOTES[0]).write_text("- lunch with Quorin Lind\n- 2026-06-09 [[Rex Unmet]]\n", encoding="utf-8")
    opened(small, tmp_path).run(day)
    kept.write_bytes(before)
    found = opened(small, tmp_path).examine(day)[1:]
    assert plain(found) == plain(opened(small, tmp_path, cached=False).examine(day)[1:])


def test_after_few_changes_the_answer_is_kept_too(small: Path, tmp_path: Path, counted: list[dt.date]) -> None:
    opened(small, tmp_path).examine(TODAY)
    with (small / NOTES[0]).open("a", encoding="utf-8") as file:
        file.write("more\n")
    opened(small, tmp_path).run(TODAY)
    assert len(counted) == 2
    opened(small, tmp_path).run(TODAY)
    assert len(counted) == 2
    _, outcome, coverage = opened(small, tmp_path).examine(TODAY)
    assert len(counted) == 3
    _, again, kept = opened(small, tmp_path).examine(TODAY)
    assert len(counted) == 3
    assert (plain(again), plain(kept)) == (plain(outcome), plain(coverage))
    assert {place.suffix for place in (tmp_path / "cache").iterdir()} == {f".{kind}" for kind in KINDS}


@pytest.mark.parametrize("change", [False, True])
@pytest.mark.parametrize("command", ["none", "run", "examine", "run_to_examine"])
def test_what_a_run_did_not_read_is_found_without_another_run(
    small: Path, tmp_path: Path, counted: list[dt.date], command: str, *, change: bool
) -> None:
    if command != "none":
        getattr(opened(small, tmp_path), command)(TODAY)
    if change:
        (small / NOTES[0]).write_text("- [[Somebody Else]]: called\n", encoding="utf-8")
    before = len(counted)
    space = opened(small, tmp_path)
    _, outcome, coverage = space.run_to_examine(TODAY)
    (small / NOTES[0]).unlink()
    found = coverage()
    assert len(counted) - before == (change or command == "none")
    assert [remark for remark in found.remarks if remark.remark == "empty folder"] == []
    computed = (outcome, found)
    if change:
        (small / NOTES[0]).write_text("- [[Somebody Else]]: called\n", encoding="utf-8")
        _, again, kept = opened(small, tmp_path / "other", cached=False).examine(TODAY)
        assert plain((again, kept)) == plain(computed)


def test_to_examine_after_a_run_that_was_saved_keeps_an_answer_of_that_run(
    small: Path, tmp_path: Path, counted: list[dt.date]
) -> None:
    opened(small, tmp_path).run(TODAY)
    # So that the records of the saved runs have other numbers.
    (small / "People/Aaron.md").write_text("- 2026-06-02 lunch\n- 2026-06-03 call\n", encoding="utf-8")
    day = TODAY + dt.timedelta(1)
    found = []
    for cached in (True, True, False):
        _, outcome, coverage = opened(small, tmp_path, cached=cached).run_to_examine(day)
        found.append(plain((outcome, coverage())))
    assert found[0] == found[1] == found[2]
    assert len(counted) == 3, "the second found what was kept"


def test_of_an_answer_only_what_is_new_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "vault"
    shutil.copytree(EXAMPLE, root)
    network = opened(root, tmp_path).run(TODAY)[1].network
    who = next(person for person in network.people if person.path)
    (root / "Daily").mkdir(exist_ok=True)
    (root / "Daily" / f"{TODAY}.md").write_text(f"- coffee with [[{who.name}]] 5 min\n", encoding="utf-8")
    packed: list[dict[str, int]] = []
    tables = Packer.tables

    def counting(packer: Packer) -> Any:
        found = tables(packer)
        packed.append({cls.__name__: size for cls, (size, _) in zip(packer._tables, found, strict=True)})
        return found

    monkeypatch.setattr(Packer, "tables", counting)
    again = opened(root, tmp_path).run(TODAY)[1].network
    assert len(again.encounters) == len(network.encounters) + 1
    (sizes,) = packed
    assert (sizes["Encounter"], sizes["Tie"], sizes["Person"]) == (1, 1, 0)
    kept, fresh = (opened(root, tmp_path, cached=cached).run(TODAY)[1].network for cached in (True, False))
    assert kept.scenes
    assert plain(kept.scenes) == plain(fresh.scenes), "which nobody had asked for when it was kept"


def test_after_a_change_is_undone_the_answer_before_it_is_given(
    small: Path, tmp_path: Path, counted: list[dt.date]
) -> None:
    before = (small / NOTES[0]).read_bytes()
    _, first = opened(small, tmp_path).run(TODAY)
    (small / NOTES[0]).write_bytes(b"met [[Bea]] 20 min\n")
    _, changed = opened(small, tmp_path).run(TODAY)
    _, again = opened(small, tmp_path).run(TODAY)
    assert (plain(again), len(counted)) == (plain(changed), 2)
    (small / NOTES[0]).write_bytes(before)
    _, last = opened(small, tmp_path).run(TODAY)
    assert (plain(last), len(counted)) == (plain(first), 2)


def test_what_was_new_in_an_answer_is_not_added_to_another_run(
    small: Path, tmp_path: Path, counted: list[dt.date]
) -> None:
    opened(small, tmp_path).run(TODAY)
    (small / NOTES[0]).write_bytes(b"met [[Bea]] 20 min\n")
    _, changed = opened(small, tmp_path).run(TODAY)
    kept = {place: place.read_bytes() for place in (tmp_path / "cache").iterdir() if place.suffix == ".answer"}
    for place in (tmp_path / "cache").iterdir():
        if place.suffix in (".answer", ".outcome"):
            place.unlink()
    opened(small, tmp_path).run(TODAY - dt.timedelta(1))
    for place, data in kept.items():
        place.write_bytes(data)
    _, last = opened(small, tmp_path).run(TODAY)
    assert (plain(last), len(counted)) == (plain(changed), 4)


def test_another_day_is_worked_out(small: Path, tmp_path: Path, counted: list[dt.date]) -> None:
    opened(small, tmp_path).run(TODAY)
    day = TODAY - dt.timedelta(30)
    assert opened(small, tmp_path).run(day)[1].network.today == day
    assert counted == [TODAY, day]


def test_another_version_computes_again(
    small: Path, tmp_path: Path, counted: list[dt.date], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(small, tmp_path).run(TODAY)
    monkeypatch.setattr(keyed_file, "version", lambda: b"another")
    opened(small, tmp_path).run(TODAY)
    assert len(counted) == 2


def test_another_parser_computes_again(
    small: Path, tmp_path: Path, counted: list[dt.date], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(small, tmp_path).run(TODAY)
    # As in a process that begins after the parser was installed; each process looks once.
    monkeypatch.setattr(keyed_file, "version", keyed_file.version.__wrapped__)
    package = tmp_path / "yaml.py"
    package.touch()
    monkeypatch.setattr(
        keyed_file,
        "find_spec",
        lambda name: spec_from_file_location(name, package) if name == "yaml" else find_spec(name),
    )
    opened(small, tmp_path).run(TODAY)
    assert len(counted) == 2


@pytest.mark.parametrize("keep", [0, 10, 100, -1])
def test_a_torn_file_is_as_good_as_none(small: Path, tmp_path: Path, counted: list[dt.date], keep: int) -> None:
    first = opened(small, tmp_path).run(TODAY)[1]
    (place,) = (tmp_path / "cache").glob("*.outcome")
    place.write_bytes(place.read_bytes()[:keep])
    assert plain(opened(small, tmp_path).run(TODAY)[1]) == plain(first)
    assert len(counted) == 2


@pytest.mark.parametrize(("one", "other"), list(permutations(KINDS, 2)))
def test_one_file_in_the_place_of_another_is_as_good_as_none(small: Path, tmp_path: Path, one: str, other: str) -> None:
    opened(small, tmp_path).examine(TODAY)
    with (small / NOTES[0]).open("a", encoding="utf-8") as file:
        file.write("more\n")
    first = opened(small, tmp_path).examine(TODAY)[1:]
    (taken,), (place,) = ((tmp_path / "cache").glob(f"*.{kind}") for kind in (one, other))
    place.write_bytes(taken.read_bytes())
    (small / "New.md").write_text("one\n", encoding="utf-8")
    found = opened(small, tmp_path).examine(TODAY)[1:]
    assert plain(found) == plain(opened(small, tmp_path / "other", cached=False).examine(TODAY)[1:])
    (small / "New.md").unlink()
    assert plain(opened(small, tmp_path).examine(TODAY)[1:]) == plain(first)


def test_a_memory_that_is_damaged_is_as_good_as_none(small: Path, tmp_path: Path, counted: list[dt.date]) -> None:
    opened(small, tmp_path).run(TODAY)
    (place,) = (tmp_path / "cache").glob("*.outcome")
    data = bytearray(place.read_bytes())
    data[len(data) * 3 // 4] ^= 1
    place.write_bytes(data)
    opened(small, tmp_path).run(TODAY)
    assert len(counted) == 1
    with (small / NOTES[0]).open("a", encoding="utf-8") as file:
        file.write("more\n")
    warm = opened(small, tmp_path).run(TODAY)[1]
    assert plain(warm) == plain(opened(small, tmp_path, cached=False).run(TODAY)[1])


def test_the_file_is_the_users_alone(small: Path, tmp_path: Path) -> None:
    opened(small, tmp_path).run(TODAY)
    (place,) = (tmp_path / "cache").glob("*.outcome")
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_an_outcome_that_is_too_large_is_not_kept(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome_cache, "MOST_BYTES", 1_000)
    opened(small, tmp_path).run(TODAY)
    assert not list((tmp_path / "cache").glob("*.outcome"))


def test_an_outcome_in_which_a_function_failed_is_not_kept(small: Path, tmp_path: Path) -> None:
    outcome = opened(small, tmp_path, cached=False).run(TODAY)[1]
    failed = replace(outcome, problems=(Problem("took too long", failure=Failure("know", "dropped")),))
    with pytest.raises(NotPlainError):
        outcomes.parts(failed, None)


class TestPlugins:
    """A vault with plugins of its own is answered from the cache as well, while nothing that they rest on changes."""

    def test_a_scorer_and_a_reader_are_not_asked_again(
        self, small: Path, tmp_path: Path, counted: list[dt.date]
    ) -> None:
        add_plugin(small, tmp_path, SCORER, "energy")
        add_plugin(small, tmp_path, READER, "walks")
        first = opened(small, tmp_path).run(TODAY)[1]
        second = opened(small, tmp_path).run(TODAY)[1]
        assert len(counted) == 1
        assert plain(second) == plain(first)
        assert second.scores.facts["energy"]
        assert dt.date(2026, 6, 4) in {each.date for each in second.network.encounters}

    def test_after_a_change_they_give_what_they_would_from_nothing(self, small: Path, tmp_path: Path) -> None:
        add_plugin(small, tmp_path, SCORER, "energy")
        add_plugin(small, tmp_path, READER, "walks")
        opened(small, tmp_path).run(TODAY)
        with (small / NOTES[3]).open("a", encoding="utf-8") as file:
            file.write("walk: Ada\n- coffee with [[Bo]], 10 min\n")
        warm = opened(small, tmp_path).run(TODAY)[1]
        assert plain(warm) == plain(opened(small, tmp_path, cached=False).run(TODAY)[1])

    @pytest.mark.full
    @pytest.mark.parametrize("name", sorted({place.stem for place in PLUGINS.glob("*.py")} - {"gardens"}))
    def test_each_example_gives_the_same_from_the_cache(
        self, name: str, tmp_path: Path, counted: list[dt.date]
    ) -> None:
        # Scores of notes, as `gardens` gives, are not kept.
        root = shutil.copytree(EXAMPLE, tmp_path / "vault")
        add_plugin(root, tmp_path, (PLUGINS / f"{name}.py").read_text(encoding="utf-8"), name)
        first = opened(root, tmp_path).run(TODAY)[1]
        second = opened(root, tmp_path).run(TODAY)[1]
        assert len(counted) == 1
        assert (second.scores.facts, second.problems) == (first.scores.facts, first.problems)
        assert second.network.encounters == first.network.encounters

    def test_other_code_options_or_consent_compute_again(
        self, small: Path, tmp_path: Path, counted: list[dt.date]
    ) -> None:
        place = add_plugin(small, tmp_path, SCORER, "energy")
        before = opened(small, tmp_path).run(TODAY)[1]
        add_plugin(small, tmp_path, SCORER.replace("0.25", "0.75"), "energy")
        after = opened(small, tmp_path).run(TODAY)[1]
        values = [{score.value for score in outcome.scores.facts["energy"].values()} for outcome in (before, after)]
        assert values == [{0.25}, {0.75}]
        (small / "netnotes.toml").write_text("[plugins.energy]\nmore = 0.125\n", encoding="utf-8")
        given = opened(small, tmp_path).run(TODAY)[1]
        assert {score.value for score in given.scores.facts["energy"].values()} == {0.875}
        Trust(folder(str(tmp_path / "data"))).deny(str(place), NOW)
        assert "energy" not in opened(small, tmp_path).run(TODAY)[1].scores.facts
        assert len(counted) == 4

    @pytest.mark.parametrize(
        "line",
        [
            "open('x').close()",
            "dt.date.today()",
            "from random import random; random()",
            "print('seen')",
            "from email.utils import localtime; localtime()",
            "import pathlib; pathlib.Path.home()",
            "import weights_of_mine",
        ],
    )
    def test_one_that_may_answer_otherwise_is_asked_each_time(
        self, line: str, small: Path, tmp_path: Path, counted: list[dt.date]
    ) -> None:
        loop = "    for tie in network.ties:\n"
        add_plugin(small, tmp_path, SCORER.replace(loop, f"{loop}        if tie.days > 99:\n            {line}\n"))
        opened(small, tmp_path).run(TODAY)
        opened(small, tmp_path).run(TODAY)
        assert len(counted) == 2

    def test_one_that_only_shows_may_do_as_it_likes(self, small: Path, tmp_path: Path, counted: list[dt.date]) -> None:
        add_plugin(small, tmp_path, REPORT)
        opened(small, tmp_path).run(TODAY)
        opened(small, tmp_path).run(TODAY)
        assert len(counted) == 1

    def test_one_that_is_named_is_run_to_be_seen(self, small: Path, tmp_path: Path, counted: list[dt.date]) -> None:
        place = tmp_path / "energy.py"
        place.write_text(SCORER, encoding="utf-8")
        for _ in range(2):
            opened(small, tmp_path, named=[place]).run(TODAY)
        assert len(counted) == 2

    def test_readers_of_files_are_asked_again_when_a_file_changes(
        self, small: Path, tmp_path: Path, counted: list[dt.date], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add_plugin(small, tmp_path, READER.replace("@reader", '@reader(files="*.walks")'), "walks")
        place = small / "my.walks"
        place.write_text("walk: Ada\n", encoding="utf-8")
        opened(small, tmp_path).run(TODAY)
        opened(small, tmp_path).run(TODAY)
        assert len(counted) == 2, "the file has just been written, and might be again with the same stamp"
        monkeypatch.setattr(sources, "COARSEST", 0)
        first = opened(small, tmp_path).run(TODAY)[1]
        second = opened(small, tmp_path).run(TODAY)[1]
        assert len(counted) == 3
        assert plain(second) == plain(first)
        place.write_text("walk: Bo\n", encoding="utf-8")
        other = opened(small, tmp_path).run(TODAY)[1]
        assert len(counted) == 4
        assert plain(other) == plain(opened(small, tmp_path, cached=False).run(TODAY)[1])
        assert plain(other) != plain(first)


def test_an_installed_plugin_is_known_by_the_files_of_its_package(tmp_path: Path, monkeypatch: Any) -> None:
    package = tmp_path / "walkers"
    package.mkdir()
    (package / "__init__.py").write_text("from walkers.scores import energy\n", encoding="utf-8")
    (package / "scores.py").write_text(SCORER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    first = code_digest(import_module("walkers"), b"")
    assert first
    assert code_digest(import_module("walkers"), b"") == first
    (package / "scores.py").write_text(SCORER.replace("0.25", "0.755"), encoding="utf-8")
    assert code_digest(import_module("walkers"), b"") != first
    for name in ("walkers", "walkers.scores"):
        monkeypatch.delitem(sys.modules, name)


LINES = (
    "- Lunch with [[Ada]] and [[Bo]] (45 min)",
    "- Called [[Cy Park]], 20 min",
    "- met Dee Falk",
    "- [ ] send [[Ada]] the book 📅 2026-07-02",
    "- [ ] lunch with [[Bo]] tomorrow",
    "- read about [[Ada]]",
    "- 2026-02-30 nothing",
)
OTHER_LINES = (
    "- 25/06/2026 called Dee Falk",
    "- 03/04/2026 called [[Ada]]",
    "- call [[Some]] {{date}}",
    "- dinner with Quorin and [[Rex Unmet]]",
    "- saw [[Some]] and [[2026-05-05 Meeting]] with [[Cy Park]]",
    "## March 3",
)
"""Lines that say how others are read, or of which most is not read."""
NOTES = ("People/Ada.md", "People/Bo.md", "Cy Park.md", "Daily/2026-06-01.md", "2026-05-05 Meeting.md", "Some.md")
HEADS = (
    "",
    "---\ntype: person\naliases: [Addy]\nlist: [1, {a: b}]\n---\n",
    "---\ndate: 2026-06-03\nattendees: ['[[Ada]]', Bo]\nminutes: 30\n---\n",
    "---\ntype: group\npeople: ['[[Ada]]', '[[Bo]]']\n---\n",
    "---\nbroken: [\n---\n",
    "---\nme: true\n---\n",
    "---\ntype: person\nscene: Lisbon\nlast_contact: 2026-06-02\n---\n",
)
MORE_NOTES = (*NOTES, "People/Bo 2.md", "02-03-2026 Walk.md", "Some (conflicted copy).md", "Templates/Day.md")
ALL_LINES = (*LINES, *OTHER_LINES)
OPTIONS = ("", 'me = "Bo"\n', "[people]\nwithout_note = ['Dee Falk']\n", "[depth]\nweights = {know = 1}\n")


class Commands(RuleBasedStateMachine):
    """One command after the other over a vault that somebody edits between them, each a process of its own."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "vault"
        (self.root / ".obsidian").mkdir(parents=True)
        self.day = TODAY
        self.command = 0

    @rule(
        path=strategies.sampled_from(MORE_NOTES),
        head=strategies.sampled_from(HEADS),
        lines=strategies.lists(strategies.sampled_from(ALL_LINES), max_size=4),
    )
    def edit(self, path: str, head: str, lines: list[str]) -> None:
        place = self.root / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")

    @rule(path=strategies.sampled_from(MORE_NOTES))
    def delete(self, path: str) -> None:
        (self.root / path).unlink(missing_ok=True)

    @rule(text=strategies.sampled_from(OPTIONS))
    def configure(self, text: str) -> None:
        (self.root / "netnotes.toml").write_text(text, encoding="utf-8")

    @rule(text=strategies.sampled_from((SCORER, SCORER.replace("0.25", "0.75"), READER, REPORT, "broken(")))
    def write_plugin(self, text: str) -> None:
        add_plugin(self.root, self.folder, text)

    @rule(days=strategies.integers(0, 40))
    def wait(self, days: int) -> None:
        self.day = TODAY + dt.timedelta(days)

    @rule()
    def switch_command(self) -> None:
        self.command = (self.command + 1) % 4

    @rule(size=strategies.integers(0, 5_000))
    def kill_while_writing(self, size: int) -> None:
        for place in self._kept():
            place.write_bytes(place.read_bytes()[:size])

    @rule(share=strategies.floats(0, 1), data=strategies.binary(min_size=1, max_size=9), kind=strategies.integers(0, 4))
    def damage(self, share: float, data: bytes, kind: int) -> None:
        for place in list(self._kept())[kind : kind + 1]:
            found = bytearray(place.read_bytes())
            at = int(share * len(found))
            found[at : at + len(data)] = data
            place.write_bytes(found)

    @rule()
    def kill_before_the_file_is_in_place(self) -> None:
        for place in self._kept():
            place.rename(place.with_name(f".{place.name}.{os.getpid()}"))

    @invariant()
    def equals_a_run_from_nothing(self) -> None:
        if not hasattr(self, "root") or self.command == 3:
            return
        fresh, warm = (opened(self.root, self.folder, cached=cached) for cached in (False, True))
        if self.command == 1:
            assert plain(warm.examine(self.day)[1:]) == plain(fresh.examine(self.day)[1:])
        elif self.command == 2:
            (_, outcome, coverage), (_, same, again) = (space.run_to_examine(self.day) for space in (warm, fresh))
            assert plain((outcome, coverage())) == plain((same, again()))
        else:
            assert plain(warm.run(self.day)[1]) == plain(fresh.run(self.day)[1])

    @rule(
        path=strategies.sampled_from(MORE_NOTES), lines=strategies.lists(strategies.sampled_from(ALL_LINES), max_size=4)
    )
    def log(self, path: str, lines: list[str]) -> None:
        space = opened(self.root, self.folder)
        vault, outcome, memory = space.run_with_memory(self.day)
        assert plain(outcome) == plain(space.recompute(vault, self.day, Memory()))
        changed = with_note(vault, path, "\n".join(lines).encode())
        amended = space.recompute(changed, self.day, memory)
        assert plain(amended) == plain(space.recompute(changed, self.day, Memory()))

    def _kept(self) -> Iterator[Path]:
        return (place for kind in KINDS for place in (self.folder / "cache").glob(f"*.{kind}"))

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


TestCommands = Commands.TestCase
TestCommands.settings = settings(max_examples=examples(50), stateful_step_count=10, deadline=None)
