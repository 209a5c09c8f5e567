"""`netnotes watch` as a process of its own, with the system's notifications and real signals."""

import json
import shutil
import signal
import sys

import pytest

from tests.daemon.conftest import SECONDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of another kind")


def test_a_saved_note_changes_its_people(running):
    running.start("--yes")
    running.until(lambda: running.depth("People/Ada.md"))
    running.put("2026-03-09.md", "- Lunch with [[Bo]] (45 min)\n")
    running.until(lambda: running.depth("People/Bo.md"))
    code, _ = running.end()
    assert code == 0
    assert not running.run("sync", "--dry-run", running.root).stdout, "and there is nothing left to write"


@pytest.mark.full
def test_a_vault_that_was_never_synced_is_left_alone(running):
    running.start()
    _, err = running.process.communicate(timeout=SECONDS)
    assert running.process.returncode == 1
    assert "netnotes sync" in err
    assert running.depth("People/Ada.md") is None


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 0), pytest.param(signal.SIGINT, 130, marks=pytest.mark.full)]
)
def test_a_signal_ends_it(running, number, code):
    running.start("--yes")
    found, output = running.end(number)
    assert found == code
    assert "Traceback" not in output
    assert running.events()[-1] == "ended"


@pytest.mark.full
def test_a_second_one_says_who_runs(running):
    running.start("--yes")
    second = running.run("watch", "--yes", running.root)
    assert second.returncode == 1
    assert f"process {running.process.pid}" in second.stderr


@pytest.mark.full
def test_sync_works_beside_it(running):
    running.start("--yes")
    running.put("2026-03-09.md", "- Lunch with [[Bo]] (45 min)\n")
    assert running.run("sync", "--yes", running.root).returncode == 0
    assert running.depth("People/Bo.md")
    assert running.end()[0] == 0


@pytest.mark.full
def test_a_killed_daemon_leaves_no_lock(running):
    running.start("--yes")
    running.until(lambda: running.depth("People/Ada.md"))
    running.end(signal.SIGKILL)
    status = json.loads(running.run("status", "--json", running.root).stdout)
    assert (status["running"], status["state"]) == (False, "ended")
    running.start()
    assert running.process.poll() is None
    assert running.end()[0] == 0


@pytest.mark.full
def test_the_status_shows_the_state(running):
    running.start("--yes")
    running.until(lambda: running.depth("People/Ada.md"))
    running.until(lambda: json.loads(running.run("status", "--json", running.root).stdout)["people"])
    status = json.loads(running.run("status", "--json", running.root).stdout)
    assert (status["running"], status["pid"], status["state"]) == (True, running.process.pid, "watching")
    assert (status["notes"], status["people"], status["writes"]) == (3, 2, 1)
    assert status["last_write"]
    assert f"process {running.process.pid}" in running.run("status", running.root).stdout


@pytest.mark.full
def test_a_hangup_has_the_options_read_again_and_mistakes_keep_the_last(running):
    running.start("--yes")
    running.process.send_signal(signal.SIGHUP)
    running.until(lambda: "reloaded" in running.events())
    running.put("netnotes.toml", "write_dely = 0\n")
    running.until(lambda: "not reloaded" in running.events())
    running.put("2026-03-09.md", "- Lunch with [[Bo]] (45 min)\n")
    running.until(lambda: running.depth("People/Bo.md"))
    assert running.end()[0] == 0


@pytest.mark.full
def test_a_plugin_runs_when_allowed_and_again_when_its_change_is(running):
    plugin = """from netnotes.api import Field, Score, scorer
NETNOTES_API = 1
@scorer(Field("flat", "the same for all", high=9))
def flat(network, options):
    for tie in network.ties:
        yield Score(tie, {}, "so")
"""
    running.put("netnotes.toml", "write_delay = 0\n[fields]\nflat = true\n")
    running.put(".netnotes/plugins/flat.py", plugin.format(1))
    running.start("--yes")
    running.until(lambda: running.depth("People/Ada.md"))
    allow = ("plugins", "allow", "--yes", running.root / ".netnotes/plugins/flat.py")
    assert running.run(*allow).returncode == 0
    running.process.send_signal(signal.SIGHUP)
    running.until(lambda: "flat: 1" in running.text("People/Ada.md"))
    running.put(".netnotes/plugins/flat.py", plugin.format(2))
    running.put("2026-03-09.md", "- Lunch with [[Bo]] (45 min)\n")
    running.until(lambda: running.depth("People/Bo.md"))
    assert "flat" not in running.text("People/Bo.md"), "what nobody allowed does not run"
    assert "flat: 1" in running.text("People/Ada.md"), "and what it wrote before stays"
    assert running.run(*allow).returncode == 0
    running.process.send_signal(signal.SIGHUP)
    running.until(lambda: "flat: 2" in running.text("People/Ada.md") and "flat: 2" in running.text("People/Bo.md"))


@pytest.mark.full
def test_polling_finds_what_changed_too(running):
    running.start("--yes", "--poll")
    running.put("2026-03-09.md", "- Lunch with [[Bo]] (45 min)\n")
    running.until(lambda: running.depth("People/Bo.md"))


@pytest.mark.full
def test_the_log_holds_no_text_of_notes(running):
    running.put("2026-03-08.md", "- Lunch with [[Ada]] (45 min) about the secret merger\n")
    running.start("--yes")
    running.until(lambda: running.depth("People/Ada.md"))
    _, output = running.end()
    logs = "".join(place.read_text(encoding="utf-8") for place in running.data().glob("*/watch.*"))
    assert "merger" not in output + logs
    assert "watching" in running.run("service", "logs", running.root).stdout


@pytest.mark.full
def test_the_status_of_a_missing_vault_is_shown(running):
    running.start("--yes")
    running.until(lambda: running.depth("People/Ada.md"))
    running.root.rename(running.root.with_name("away"))
    running.until(lambda: "gone" in running.events())
    running.until(lambda: json.loads(running.run("status", "--json", running.root).stdout)["state"] == "waiting")
    assert running.end()[0] == 0


@pytest.mark.full
def test_a_link_that_leads_to_another_vault_by_now_has_nothing_written_there(running):
    """The journal, the lock and the consent are those of the vault that it began with."""
    other, link = running.root.with_name("other"), running.root.with_name("link")
    shutil.copytree(running.root, other)
    link.symlink_to(running.root)
    running.start("--yes", root=link)
    running.until(lambda: running.depth("People/Ada.md"))
    link.unlink()
    link.symlink_to(other)
    running.put("2026-03-09.md", "- Lunch with [[Bo]] (45 min)\n")
    running.until(lambda: running.depth("People/Bo.md"))
    assert running.end()[0] == 0
    assert "depth" not in (other / "People/Ada.md").read_text(encoding="utf-8")
