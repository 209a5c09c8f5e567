"""The service as files, and up to the exact calls of the service manager."""

import os
import plistlib
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from netnotes import cli
from netnotes.daemon.service import launchd, systemd

COMMAND = ("/usr/bin/python3", "-P", "-m", "netnotes", "watch", "/home/me/Notes")


def test_the_unit_runs_watch_and_restarts_after_a_failure():
    made = systemd(Path("/home/me/Notes"), COMMAND, {"NETNOTES_DATA": "/data"}, Path("/home/me"))
    lines = made.text.decode().splitlines()
    assert made.file.parent == Path("/home/me/.config/systemd/user")
    assert made.file.name == made.name
    for line in (
        'ExecStart="/usr/bin/python3" "-P" "-m" "netnotes" "watch" "/home/me/Notes"',
        "Type=notify",
        "Restart=on-failure",
        'Environment="NETNOTES_DATA=/data"',
        "ExecReload=/bin/kill -HUP $MAINPID",
        "WantedBy=default.target",
    ):
        assert line in lines
    assert any(line.startswith("WatchdogSec=") for line in lines)
    assert made.install == (
        ("systemctl", "--user", "daemon-reload"),
        ("systemctl", "--user", "enable", "--now", made.name),
    )


def test_nothing_in_a_path_means_anything_to_systemd():
    root = Path('/home/me/50% "off" $HOME\\x\nExecStartPre=/bin/evil')
    made = systemd(root, ("watch", str(root)), {}, Path("/home/me"))
    text = made.text.decode()
    assert "\nExecStartPre=" not in text
    assert r'"watch" "/home/me/50%% \"off\" $$HOME\\x\x0aExecStartPre=/bin/evil"' in text


def test_undecodable_bytes_in_a_path_are_kept():
    """Families as one character, spaces of other scripts, and bytes that are no text at all."""
    root = os.fsdecode("/home/👨‍👩‍👧/a\u3000b\u00a0c".encode() + b"/\xff")
    text = systemd(Path(root), ("watch", root), {}, Path("/home/me")).text.decode()
    assert 'ExecStart="watch" "/home/👨‍👩‍👧/a\u3000b\u00a0c/\\xff"\n' in text


def test_the_service_keeps_its_things_where_the_terminal_does(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    environ = {
        "NETNOTES_DATA": "my $data",
        "XDG_CACHE_HOME": "/cache",
        "XDG_DATA_HOME": "",
        "NETNOTES_PLUGINS": "",
        "HOME": "/h",
    }
    text = systemd(Path("/v"), COMMAND, environ, Path("/home/me")).text.decode()
    assert [line for line in text.splitlines() if line.startswith("Environment=")] == [
        f'Environment="NETNOTES_DATA={tmp_path}/my $data"',
        'Environment="XDG_CACHE_HOME=/cache"',
        'Environment="NETNOTES_PLUGINS="',
    ]


def test_two_vaults_of_one_name_have_two_services():
    names = {systemd(Path(root), COMMAND, {}, Path("/h")).name for root in ("/a/Notes", "/b/Notes")}
    assert len(names) == 2


def test_the_agent_runs_watch_and_restarts_after_a_failure():
    made = launchd(
        Path("/Users/me/Notes & more"), COMMAND, {"NETNOTES_DATA": "/data"}, Path("/Users/me"), Path("/log"), 501
    )
    agent = plistlib.loads(made.text)
    assert made.file == Path("/Users/me/Library/LaunchAgents") / f"{agent['Label']}.plist"
    assert agent["ProgramArguments"] == list(COMMAND)
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    assert agent["RunAtLoad"] is True
    assert agent["EnvironmentVariables"] == {"NETNOTES_DATA": "/data"}
    assert made.install == (("launchctl", "bootstrap", "gui/501", str(made.file)),)
    assert made.uninstall == (("launchctl", "bootout", f"gui/501/{agent['Label']}"),)


@pytest.fixture
def system(tmp_path, monkeypatch, capsys):
    """A Linux whose `systemctl` writes down how it is called."""
    if sys.platform != "linux":
        pytest.skip("a Linux service")
    calls = tmp_path / "calls"
    tool = tmp_path / "bin/systemctl"
    tool.parent.mkdir()
    tool.write_text(
        f'#!/bin/sh\necho "$*" >> "{calls}"\n[ ! -e "{tmp_path}/broken" ] || {{ echo "no bus" >&2; exit 1; }}\n',
        encoding="utf-8",
    )
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    root = tmp_path / "vault"
    (root / "People").mkdir(parents=True)
    (root / "People/Ada.md").write_text("", encoding="utf-8")

    class System:
        units = tmp_path / "home/.config/systemd/user"
        vault = str(root)

        def run(self, *args):
            self.code = cli.run_command(["service", *args])
            self.output = capsys.readouterr()
            return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []

        def break_down(self):
            (tmp_path / "broken").touch()

    return System()


def test_install_and_uninstall_call_systemctl(system):
    called = system.run("install", "--yes", system.vault)
    (unit,) = system.units.iterdir()
    assert called == ["--user daemon-reload", f"--user enable --now {unit.name}"]
    assert '"--yes"' in unit.read_text(encoding="utf-8")
    assert system.code == 0
    assert system.run("status", system.vault)[2:] == [f"--user status --no-pager {unit.name}"]
    assert system.run("uninstall", system.vault)[3:] == [f"--user disable --now {unit.name}", "--user daemon-reload"]
    assert not list(system.units.iterdir())


def test_a_vault_that_was_never_synced_gets_no_service(system):
    assert system.run("install", system.vault) == []
    assert system.code == 1
    assert "netnotes sync" in system.output.err
    assert not system.units.exists()


def test_without_a_service_manager_it_names_the_command(system):
    system.break_down()
    system.run("install", "--yes", system.vault)
    assert system.code == 1
    assert f"-m netnotes watch {system.vault} --yes" in system.output.err
    assert not list(system.units.iterdir()), "and leaves no unit behind"


def test_without_systemd_it_says_what_to_run(system, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert system.run("install", "--yes", system.vault) == []
    assert f"-m netnotes watch {system.vault} --yes" in system.output.err


def test_the_unit_to_be_installed_can_be_printed(system):
    assert system.run("install", "--print", system.vault) == []
    assert "ExecStart=" in system.output.out
    assert "systemctl --user enable --now" in system.output.out
    assert not system.units.exists()


def test_it_imports_nothing_from_the_folder_it_is_started_in(system, tmp_path):
    system.run("install", "--print", system.vault)
    (line,) = [line for line in system.output.out.splitlines() if line.startswith("ExecStart=")]
    home = tmp_path / "started here"
    home.mkdir()
    for name in ("click", "yaml", "netnotes", "json"):
        (home / f"{name}.py").write_text(f"raise SystemExit('{name} was imported')", encoding="utf-8")
    command = [*shlex.split(line.removeprefix("ExecStart=")), "--help"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_uninstalling_nothing_is_not_a_failure(system):
    assert system.run("uninstall", system.vault) == []
    assert system.code == 0
