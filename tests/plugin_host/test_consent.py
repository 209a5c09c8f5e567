"""Nothing of a vault runs before its user allowed exactly these bytes at exactly this place."""

import datetime as dt
import os
import sys
from pathlib import Path

import pytest

from netnotes.app.workspace import open_workspace
from netnotes.errors import BadConfig
from netnotes.plugin_host import consent, discovery, loader
from netnotes.plugin_host.consent import Trust, Verdict
from tests.plugin_host.conftest import TODAY, scorer

NOW = dt.datetime(2026, 6, 30, tzinfo=dt.UTC)


def touch(mark, text=""):
    """Return a plugin that leaves a mark where it runs, at import already."""
    return f"from pathlib import Path\nPath({str(mark)!r}).write_text('ran')\n" + (text or scorer())


@pytest.fixture
def mark(tmp_path):
    return tmp_path / "mark"


def states(home, **more):
    loaded = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)}, **more).loaded
    return {state.name: state.state for state in loaded.states if state.origin != "bundled"}


def test_nothing_runs_before_it_is_allowed(home, mark):
    home.plugin("recency", touch(mark), allowed=False)
    assert states(home) == {"recency": "blocked"}
    for command in ("people", "check", "why Ada", "sync --yes", "graph --no-open", "plugins list", "report"):
        first, *rest = command.split()
        home.netnotes(
            first,
            *[word for word in rest if word[0] != "-"],
            *([] if first == "report" else [home.root]),
            *[word for word in rest if word[0] == "-"],
        )
    assert not mark.exists()


def test_the_remedy_is_the_command(home):
    place = home.plugin("recency", scorer(), allowed=False)
    ran = home.netnotes("check", home.root)
    assert ran.code == 1
    assert "plugin recency: not run: never allowed" in ran.out
    assert f"hint: netnotes plugins allow {place}" in ran.out
    assert home.netnotes("plugins", "allow", place, "--yes").code == 0
    assert home.netnotes("check", home.root).code == 0


@pytest.mark.parametrize("change", ["more", "one bit", "line ends", "less"])
def test_any_changed_byte_blocks_again(home, change):
    place = home.plugin("recency", scorer())
    data = place.read_bytes()
    changed = {
        "more": data + b"\n",
        "one bit": bytes([data[0] ^ 1]) + data[1:],
        "line ends": data.replace(b"\n", b"\r\n"),
        "less": data[:-1],
    }
    place.write_bytes(changed[change])
    assert states(home) == {"recency": "blocked"}
    place.write_bytes(data)
    assert states(home) == {"recency": "on"}


def test_allowed_here_is_not_allowed_there(home, mark, tmp_path):
    place = home.plugin("recency", touch(mark))
    other = tmp_path / "other" / ".netnotes" / "plugins" / "recency.py"
    other.parent.mkdir(parents=True)
    other.write_bytes(place.read_bytes())
    renamed = home.write(".netnotes/plugins/renamed.py", place.read_bytes())
    place.unlink()
    assert states(home) == {"renamed": "blocked"}
    loaded = open_workspace(other.parents[2], {"NETNOTES_DATA": str(home.data)}).loaded
    assert [state.state for state in loaded.states if state.origin == "file"] == ["blocked"]
    assert renamed.exists()
    assert not mark.exists()


def test_a_denied_plugin_stays_denied_after_changes(home, mark):
    place = home.plugin("recency", touch(mark))
    assert home.netnotes("plugins", "deny", place).code == 0
    for text in (touch(mark), touch(mark) + "# more\n"):
        place.write_text(text)
        home.write("netnotes.toml", '[plugins]\nenable = ["recency"]\n')
        assert states(home)["recency"] in ("denied", "broken")
    assert not mark.exists()


def test_a_path_that_is_misspelled_is_not_denied(home):
    ran = home.netnotes("plugins", "deny", "recncy.py")
    assert ran.code == 1
    assert "recncy.py: no such file" in ran.err


def test_a_denied_path_is_denied_in_any_case(tmp_path):
    found = Trust(tmp_path / "trust")
    found.allow("/v/.netnotes/plugins/recency.py", b"x", NOW)
    found.deny("/V/.NetNotes/plugins/Recency.py", NOW)
    assert found.verdict("/v/.netnotes/plugins/recency.py", b"x") is Verdict.DENIED


def test_allowing_again_lifts_a_denial(tmp_path):
    found = Trust(tmp_path / "trust")
    found.deny("/v/x.py", NOW)
    found.allow("/v/x.py", b"x", NOW)
    assert found.verdict("/v/x.py", b"x") is Verdict.ALLOWED
    assert found.verdict("/v/x.py", b"y") is Verdict.CHANGED
    assert found.verdict("/v/y.py", b"x") is Verdict.NEW


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"path": "/v/x.py"}',
        b'{"path": "/w", "sha256": "0"}',
        b"\xff" * 9,
        b"[" * 100_000,
    ],
)
def test_an_unreadable_record_allows_nothing(tmp_path, record):
    found = Trust(tmp_path / "trust")
    found.allow("/v/x.py", b"x", NOW)
    (kept,) = (tmp_path / "trust" / "allowed").iterdir()
    kept.write_bytes(record)
    assert found.verdict("/v/x.py", b"x") in (Verdict.NEW, Verdict.CHANGED)


def test_path_and_bytes_cannot_be_shifted_into_each_other():
    assert consent.digest("/v/a.py", b"xyz") != consent.digest("/v/a.pyx", b"yz")
    assert consent.digest("/v/a.py", b"\0x") != consent.digest("/v/a.py", b"x")


def test_trust_is_kept_outside_the_vault_and_for_its_user_alone(home):
    home.plugin("recency", scorer())
    kept = [path for path in home.data.rglob("*") if path.is_file()]
    assert kept
    assert not list(home.root.rglob("*.json"))
    if os.name == "posix":
        assert (home.data / "trust" / "allowed").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
def test_links_are_not_followed(home, mark, tmp_path):
    allowed = home.plugin("recency", touch(mark))
    outside = tmp_path / "outside.py"
    outside.write_text(touch(mark))
    (home.folder / "linked.py").symlink_to(allowed)
    (home.folder / "away.py").symlink_to(outside)
    (home.folder / "broken.py").symlink_to(tmp_path / "nowhere.py")
    (home.folder / "loop.py").symlink_to(home.folder / "loop.py")
    found = states(home)
    assert found.pop("recency") == "on"
    assert found == dict.fromkeys(("away", "broken", "linked", "loop"), "broken")


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
def test_a_linked_folder_is_not_part_of_the_vault(home, mark, tmp_path):
    """A hostile vault that points to the plugins of one that its user trusts does not get them to run."""
    home.plugin("recency", touch(mark))
    hostile = tmp_path / "hostile"
    (hostile / ".netnotes").mkdir(parents=True)
    (hostile / ".netnotes" / "plugins").symlink_to(home.folder)
    loaded = open_workspace(hostile, {"NETNOTES_DATA": str(home.data)}).loaded
    assert [(s.state, s.reason) for s in loaded.states if s.origin == "file"] == [
        ("broken", "not loaded: `.netnotes/plugins` is a link out of the vault")
    ]
    assert not mark.exists()


@pytest.mark.skipif(os.name != "posix", reason="links need rights here")
def test_a_vault_reached_by_a_link_is_the_same_vault(home, tmp_path):
    home.plugin("recency", scorer())
    alias = tmp_path / "alias"
    alias.symlink_to(home.root)
    loaded = open_workspace(alias, {"NETNOTES_DATA": str(home.data)}).loaded
    assert [s.state for s in loaded.states if s.origin == "file"] == ["on"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hold_the_program_up(home):
    home.folder.mkdir(parents=True)
    os.mkfifo(home.folder / "pipe.py")
    (home.folder / "folder.py").mkdir()
    assert states(home) == {"folder": "broken", "pipe": "broken"}


@pytest.mark.skipif(os.name != "posix", reason="names of files are as they are there")
def test_hostile_names_of_files_neither_run_nor_move_the_cursor(home, mark):
    home.folder.mkdir(parents=True)
    for name in (
        "\x1b[2J.py",
        "a b.py",
        "../up.py".replace("/", "\\"),
        "os.py",
        "ünï.py",
        "__init__.py",
        "X.py",
        "-rf.py",
        "x" * 200 + ".py",
    ):
        (home.folder / name).write_text(touch(mark))
    found = states(home)
    assert set(found.values()) <= {"broken", "blocked"}
    for command in (["plugins", "list", home.root], ["check", home.root]):
        ran = home.netnotes(*command)
        assert "\x1b" not in ran.out + ran.err
    assert not mark.exists()


def test_a_plugin_sees_nothing_beside_it_and_sys_path_stays(home, mark):
    before = list(sys.path)
    home.write(".netnotes/plugins/_beside.py", touch(mark))
    home.write(".netnotes/plugins/netnotes/api.py", touch(mark))
    home.plugin("recency", "import _beside\n" + scorer())
    home.plugin("other", "from . import _beside\n" + scorer("other"))
    home.plugin("good", scorer("good"))
    assert states(home) == {"good": "on", "other": "broken", "recency": "broken"}
    assert sys.path == before
    assert not mark.exists()
    assert not list(home.folder.rglob("__pycache__"))


def test_the_bytes_hashed_are_the_bytes_compiled(home, mark, monkeypatch):
    """A file that changes between being read and being run runs as it was read."""
    place = home.plugin("recency", scorer())
    read = discovery.file

    def swapped(path):
        found = read(path)
        Path(path).write_text(touch(mark))
        return found

    monkeypatch.setattr(discovery, "file", swapped)
    assert states(home) == {"recency": "on"}
    assert not mark.exists()
    assert "ran" in place.read_text()


HOSTILE = """
[plugins]
enable = ["recency", "../../evil", "os", "netnotes_plugins.know", "pytest"]
disable = ["know"]

[plugins.trust]
half_life_days = "__import__('os')"

[plugins."../evil"]
x = 1
"""


def test_a_vault_that_arrives_hostile_runs_nothing_and_writes_nowhere_else(home, mark, tmp_path):
    home.plugin("recency", touch(mark), allowed=False)
    home.write("netnotes.toml", HOSTILE.replace("[plugins.trust]\nhalf_life_days = \"__import__('os')\"", ""))
    home.write(".netnotes/plugins/sitecustomize.py", touch(mark))
    home.write("sitecustomize.py", touch(mark))
    home.write("netnotes/api.py", touch(mark))
    home.write("People/..%2f..%2fevil.md", "---\ntype: person\nname: ../../evil\n---\n")
    before = {path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(home.root)}
    for command in (["people"], ["check"], ["sync", "--yes"], ["plugins", "list"], ["why", "Ada"]):
        home.netnotes(*command, home.root, "--as-of", TODAY.isoformat())
    assert not mark.exists()
    after = {path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(home.root)}
    assert all(path.is_relative_to(home.data) for path in after - before)


def test_options_that_are_wrong_stop_everything_and_say_all_of_it(home):
    home.write("netnotes.toml", "[plugins.know]\nhalf_life_dais = 1\ncontexts = 'many'\n[plugins.kow]\nx = 1\n")
    with pytest.raises(BadConfig) as caught:
        open_workspace(home.root, {})
    assert caught.value.mistakes == (
        "[plugins.know] unknown key `half_life_dais`: did you mean `half_life_days`?",
        "plugins.know.contexts should be a whole number, not 'many'",
    )


def test_a_table_without_a_plugin_is_reported(home):
    home.write("netnotes.toml", "[plugins.warmht]\nx = 1\n")
    ran = home.netnotes("check", home.root)
    assert "[plugins.warmht]: no plugin `warmht`: did you mean `warmth`?" in ran.out


def test_only_and_none(home):
    home.plugin("one", scorer("one"))
    home.plugin("two", scorer("two"))
    home.plugin("three", scorer("three"), allowed=False)

    def on(plugins, **more):
        given = {"NETNOTES_DATA": str(home.data)} | ({} if plugins is None else {"NETNOTES_PLUGINS": plugins})
        loaded = open_workspace(home.root, given, **more).loaded
        return {s.name for s in loaded.states if s.state == "on" and s.origin == "file"}, loaded.complete

    assert on(None) == ({"one", "two"}, False)
    assert on("one") == ({"one"}, False)
    assert on("one, three") == ({"one"}, False), "naming a file does not allow it"
    assert on("") == (set(), False)
    assert on(None, no_plugins=True) == (set(), False)


def test_a_text_that_changes_with_files_and_verdicts(home):
    seen = [loader.fingerprint(home.root, home.trust)]
    place = home.plugin("recency", scorer(), allowed=False)
    seen.append(loader.fingerprint(home.root, home.trust))
    home.allow(place)
    seen.append(loader.fingerprint(home.root, home.trust))
    place.write_text(scorer(body="pass"))
    seen.append(loader.fingerprint(home.root, home.trust))
    assert len(set(seen)) == 4
    assert loader.fingerprint(home.root, home.trust) == seen[-1]


def test_one_that_is_allowed_again_runs_as_it_is_now(home):
    place = home.plugin("recency", scorer())
    for value in ("0.25", "0.75"):
        place.write_text(scorer(body=f"yield Score(tie, {value}, 'x')"))
        home.allow(place)
        space = open_workspace(home.root, {"NETNOTES_DATA": str(home.data)})
        found = space.run(TODAY)[1].scores.facts["recency"].values()
        assert {score.value for score in found} == {float(value)}
