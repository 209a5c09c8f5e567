"""Many vaults: the same rows however they are shared out, one that fails fails alone, and a run that was cut short."""

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

import netnotes
from netnotes import cli
from netnotes.app.batch import batch, worker
from netnotes.app.batch import parts as batch_parts
from netnotes.errors import NetNotesError, Unwritable

pytestmark = pytest.mark.full  # pyarrow is too large to be installed for the usual run

DAY = dt.date(2026, 6, 30)
TABLES = worker.TABLES


def make_vault(root, number):
    for folder in ("People", "Daily"):
        (root / folder).mkdir(parents=True)
    (root / ".obsidian").mkdir()
    for name in ("Ada Quillon", "Cy Marrow", f"Extra {number}"):
        (root / "People" / f"{name}.md").write_text(
            "---\ntype: person\ntags: [secrettag]\ncloseness: 99\n---\n", encoding="utf-8"
        )
    (root / "Daily" / f"2026-0{1 + number % 6}-01.md").write_text(
        f"- coffee with [[Ada Quillon]] and [[Cy Marrow]]\n- call with [[Extra {number}]] secretword\n",
        encoding="utf-8",
    )


@pytest.fixture
def vaults(tmp_path):
    """Return a folder of seven vaults, the fourth of which has a broken `netnotes.toml`."""
    for number in range(7):
        make_vault(tmp_path / "vaults" / f"v{number}", number)
    (tmp_path / "vaults" / "v3" / "netnotes.toml").write_text("me = [", encoding="utf-8")
    return tmp_path / "vaults"


def read(result):
    import pyarrow.parquet as pq

    return {name: pq.read_table(result.tables[name]).to_pylist() for name in TABLES}


def run(vaults, out, **options):
    return batch.run_batch([vaults], out, as_of=DAY, **{"processes": 1, **options})


@contextmanager
def threads(count, _tasks):
    with ThreadPoolExecutor(count) as executor:
        yield executor


@pytest.fixture
def expected(vaults, tmp_path):
    return read(run(vaults, tmp_path / "expected.parquet"))


def test_each_vault_has_its_rows_and_one_that_fails_is_a_problem(vaults, expected):
    names = [str(vaults / f"v{number}") for number in range(7) if number != 3]
    assert list(dict.fromkeys(row["vault"] for row in expected["ties"])) == names
    mine = [row for row in expected["ties"] if row["vault"] == names[0] and row["mine"]]
    assert {row["target"] for row in mine} == {"People/Ada Quillon.md", "People/Cy Marrow.md", "People/Extra 0.md"}
    assert all(0 < row["depth"] < 1 and row["contact_days"] == 1 for row in mine)
    broken = [row for row in expected["problems"] if row["vault"] == str(vaults / "v3")]
    assert [row["message"] for row in broken if "not analysed" in row["message"]]
    assert expected["encounters"][0]["people"] == ["People/Ada Quillon.md", "People/Cy Marrow.md"]


def test_two_processes_give_the_same_rows(vaults, tmp_path, expected):
    assert read(run(vaults, tmp_path / "ties.parquet", processes=2)) == expected


def test_one_process_too_is_replaced_among_many_vaults(vaults, tmp_path, expected, monkeypatch):
    processes: list[int] = []

    def recorded(count, tasks):
        processes.append(tasks)
        return pool(count, tasks)

    pool = batch._pool
    monkeypatch.setattr(batch, "_pool", recorded)
    monkeypatch.setattr(batch, "VAULTS_PER_PROCESS", 3)
    assert read(run(vaults, tmp_path / "ties.parquet")) == expected
    assert processes == [3]


def test_a_cluster_of_two_workers_gives_the_same_rows(vaults, tmp_path, expected):
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        result = run(vaults, tmp_path / "ties.parquet", dask=cluster.scheduler_address, processes=None)
    assert read(result) == expected
    assert result.failed == 1


def test_tasks_may_end_in_any_order(vaults, tmp_path, expected, monkeypatch):
    def backwards(workers, plan, waiting):
        del workers
        yield from ((number, worker.analyse(plan.task(number))) for number in reversed(waiting))

    monkeypatch.setattr(batch, "_results", backwards)
    assert read(run(vaults, tmp_path / "ties.parquet")) == expected


def test_tables_have_the_same_columns_whether_or_not_there_are_rows(tmp_path):
    import pyarrow.parquet as pq

    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "Note.md").write_text("Nothing.\n", encoding="utf-8")
    result = run(tmp_path / "empty", tmp_path / "ties.parquet")
    for name in TABLES:
        found = pq.read_schema(result.tables[name])
        assert found.remove_metadata() == worker.schema(name, anonymous=False)


def test_a_run_that_was_cut_short_goes_on_where_it_was(vaults, tmp_path, expected, monkeypatch):
    analysed: list[tuple[str, ...]] = []

    def stopping(task):
        if len(analysed) == 3:
            raise KeyboardInterrupt
        analysed.append(task.vaults)
        return worker.analyse(task)

    out = tmp_path / "ties.parquet"
    monkeypatch.setattr(batch, "analyse", stopping)
    with pytest.raises(KeyboardInterrupt):
        run(vaults, out)
    assert not out.exists()
    before = list(analysed)

    def counting(task):
        analysed.append(task.vaults)
        return worker.analyse(task)

    monkeypatch.setattr(batch, "analyse", counting)
    result = run(vaults, out)
    assert (result.resumed, len(analysed)) == (3, 7)
    assert set(before).isdisjoint(analysed[3:])
    assert read(result) == expected
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_another_day_is_analysed_from_nothing(vaults, tmp_path, monkeypatch):
    out = tmp_path / "ties.parquet"
    plan = batch_parts.Plan.of([str(v) for v in batch.find_vaults([vaults]).vaults], DAY, anonymous=False, most=64)
    parts = batch_parts.Parts.open(out, plan)
    parts.put(0, worker.analyse(plan.task(0)))
    result = batch.run_batch([vaults], out, as_of=DAY - dt.timedelta(1), processes=1)
    assert result.resumed == 0


def test_a_worker_that_dies_costs_only_the_vault_that_killed_it(vaults, tmp_path, expected, monkeypatch):
    """A pool whose tasks fail as those of a dead process do, for one vault each time and for its neighbours once."""
    killer = str(vaults / "v1")
    real = worker.analyse

    def dying(task):
        if killer in task.vaults:
            raise RuntimeError("the worker died")
        return real(task)

    monkeypatch.setattr(batch, "analyse", dying)
    monkeypatch.setattr(batch, "_pool", threads)
    result = run(vaults, tmp_path / "ties.parquet", processes=2)
    found = read(result)
    assert result.failed == 2
    for name in ("ties", "people", "encounters"):
        assert found[name] == [row for row in expected[name] if row["vault"] != killer]
    assert [row["message"] for row in found["problems"] if row["vault"] == killer] == [
        "not analysed: it brought down the process that read it (RuntimeError)"
    ]


def test_a_process_that_really_dies_costs_only_its_vault(vaults, tmp_path, expected, monkeypatch):
    monkeypatch.setattr(batch, "analyse", die_on_v1)
    result = run(vaults, tmp_path / "ties.parquet", processes=2)
    assert result.failed == 2
    assert read(result)["ties"] == [row for row in expected["ties"] if row["vault"] != str(vaults / "v1")]


def die_on_v1(task):
    if any(vault.endswith("v1") for vault in task.vaults):
        os._exit(1)
    return worker.analyse(task)


def test_tables_without_names_hold_none(vaults, tmp_path):
    found = read(run(vaults, tmp_path / "shared.parquet", anonymous=True))
    text = repr(found)
    for word in ("Ada", "Quillon", "Marrow", "Extra", "secret", "People", "Daily", ".md", "v3", str(tmp_path)):
        assert word not in text
    assert found["ties"][0]["vault"] == "vault 1"
    assert len(found["ties"]) == 6 * 4


def test_folders_of_vaults_and_vaults_are_distinguished(vaults, tmp_path):
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "Note.md").write_text("Text.\n", encoding="utf-8")
    (vaults / "no notes").mkdir()
    (vaults / ".hidden").mkdir()
    (vaults / ".hidden" / "Note.md").write_text("Text.\n", encoding="utf-8")
    unmarked = vaults / "unmarked"
    (unmarked / "Deep" / "Down").mkdir(parents=True)
    (unmarked / "Deep" / "Down" / "Note.md").write_text("Text.\n", encoding="utf-8")
    found = batch.find_vaults([vaults, plain, vaults / "v1"])
    assert list(found.vaults) == sorted([*(vaults / f"v{n}" for n in range(7)), plain, unmarked], key=str)
    assert found.without_notes == (vaults / "no notes",)


@pytest.mark.parametrize("folders", [["People", "Work"], ["02 Daily", "Recipes"], ["Besprechungen", "Ideen"]])
def test_a_plain_folder_with_the_usual_folders_is_one_vault(folders, tmp_path):
    for name in folders:
        (tmp_path / "plain" / name).mkdir(parents=True)
        (tmp_path / "plain" / name / "Note.md").write_text("Text.\n", encoding="utf-8")
    assert batch.find_vaults([tmp_path / "plain"]).vaults == (tmp_path / "plain",)


def test_a_folder_of_vaults_may_hold_one_that_is_named_like_a_folder_of_a_vault(tmp_path):
    vaults = tmp_path / "vaults"
    for name in ("Family", "Work"):
        make_vault(vaults / name, 1)
    assert batch.find_vaults([vaults]).vaults == (vaults / "Family", vaults / "Work")


@pytest.mark.parametrize("name", ["ties.parquet", "ties-people.parquet"])
def test_nothing_of_the_users_is_written_over(name, vaults, tmp_path):
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(Unwritable):
        run(vaults, tmp_path / "ties.parquet")
    assert (tmp_path / name).read_bytes() == b"mine"


def test_an_ending_that_promises_another_format_is_refused(vaults, tmp_path):
    with pytest.raises(Unwritable, match=r"name it ties\.parquet"):
        run(vaults, tmp_path / "ties.csv")
    assert not list(tmp_path.glob("*.csv"))


def test_older_tables_of_ours_are_replaced(vaults, tmp_path, expected):
    run(vaults, tmp_path / "ties.parquet")
    assert read(run(vaults, tmp_path / "ties.parquet")) == expected


def test_a_folder_of_the_users_in_place_of_the_parts_is_left_alone(vaults, tmp_path):
    (tmp_path / ".ties-parts").mkdir()
    (tmp_path / ".ties-parts" / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(batch_parts.OtherBatch):
        run(vaults, tmp_path / "ties.parquet")
    assert (tmp_path / ".ties-parts" / "mine").exists()


@pytest.mark.parametrize("folders", [["nowhere"], []])
def test_folders_without_vaults_are_explained(folders, tmp_path):
    with pytest.raises(NetNotesError):
        batch.run_batch([tmp_path / name for name in folders], tmp_path / "ties.parquet")


def test_a_cluster_that_does_not_answer_is_explained(vaults, tmp_path):
    with pytest.raises(batch.ClusterUnreachable):
        batch.run_batch([vaults], tmp_path / "ties.parquet", dask="nonsense://nowhere")


def test_the_command_says_what_it_wrote(vaults, tmp_path, capsys):
    out = tmp_path / "ties.parquet"
    (vaults / "no notes").mkdir()
    (vaults / "v3" / "netnotes.toml").unlink()
    assert cli.run_command(["batch", str(vaults), "--out", str(out), "--as-of", "2026-06-30", "--processes", "1"]) == 0
    output = capsys.readouterr()
    assert f"rows in {out}" in output.out
    assert output.err == f"{vaults / 'no notes'}: no notes, left out\n7 vaults analysed.\n"


@pytest.mark.parametrize("options", [(), ("--anonymous",)])
def test_a_vault_that_fails_is_named_and_the_command_fails(options, vaults, tmp_path, capsys):
    out = tmp_path / "ties.parquet"
    assert cli.run_command(["batch", str(vaults), "--out", str(out), "--processes", "1", *options]) == 1
    output = capsys.readouterr()
    assert f"rows in {out}" in output.out
    first, last = output.err.splitlines()
    assert first.startswith(f"not analysed: {'vault 4: ' if options else vaults / 'v3'}")
    assert str(vaults) not in (first if options else "")
    assert last == f"6 of 7 vaults analysed, 1 failed: {tmp_path / 'ties-problems.parquet'}"


def test_only_the_first_of_many_vaults_that_failed_are_named(tmp_path, capsys):
    for number in range(9):
        make_vault(tmp_path / "vaults" / f"v{number}", number)
        (tmp_path / "vaults" / f"v{number}" / "netnotes.toml").write_text("me = [", encoding="utf-8")
    out = tmp_path / "ties.parquet"
    assert cli.run_command(["batch", str(tmp_path / "vaults"), "--out", str(out), "--processes", "1"]) == 1
    output = capsys.readouterr().err.splitlines()
    assert [line[:14] for line in output[:-1]] == ["not analysed: "] * 5
    assert output[-1].startswith("0 of 9 vaults analysed, 9 failed: ")


def test_programs_call_the_same(vaults, tmp_path, expected):
    assert read(netnotes.batch([vaults], tmp_path / "ties.parquet", as_of=DAY, processes=1)) == expected
