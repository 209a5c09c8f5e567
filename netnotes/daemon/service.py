"""`netnotes watch` as a user service: a systemd user unit, or a launchd agent. Texts and commands.

The commands are returned, not run. None needs more than the user's own rights.
"""

from __future__ import annotations

import hashlib
import os
import plistlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from netnotes.lazy_dataclass import dataclass

SILENCE = 300
"""Seconds without a sign of life after which systemd restarts it."""
PAUSE = 30
"""Seconds before a restart after a failure."""
PLACES = ("NETNOTES_DATA", "NETNOTES_CACHE", "XDG_DATA_HOME", "XDG_CACHE_HOME")
"""Environment variables with folders: the service must use the same ones as `netnotes` in a terminal."""
PLUGINS = "NETNOTES_PLUGINS"


@dataclass(frozen=True, slots=True)
class Service:
    """One vault's service on one kind of system."""

    name: str
    command: tuple[str, ...]
    """What it runs."""
    file: Path
    """Where the system looks for it."""
    text: bytes
    install: tuple[tuple[str, ...], ...]
    """Commands to run after the file is written."""
    uninstall: tuple[tuple[str, ...], ...]
    """Commands to run before the file is removed."""
    after: tuple[tuple[str, ...], ...]
    """Commands to run after the file is removed."""
    ask: tuple[str, ...]
    """Command that shows its state."""
    hint: str = ""
    """An additional tip for the user."""


def systemd(root: Path, command: Sequence[str], environ: Mapping[str, str], home: Path) -> Service:
    """Return the systemd user unit for the vault at `root`; `command` is what to run."""
    name = f"{_name(root)}.service"
    base = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    given = "".join(f'Environment="{_escaped(f"{key}={value}")}"\n' for key, value in _kept(environ).items())
    text = f"""[Unit]
Description=NetNotes keeps {_escaped(str(root))} current
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart={" ".join(_argument(word) for word in command)}
ExecReload=/bin/kill -HUP $MAINPID
{given}Restart=on-failure
RestartSec={PAUSE}
TimeoutStartSec=infinity
TimeoutStopSec=10
WatchdogSec={SILENCE}
Nice=10
IOSchedulingClass=idle
NoNewPrivileges=true

[Install]
WantedBy=default.target
"""
    call = ("systemctl", "--user")
    return Service(
        name=name,
        command=tuple(command),
        file=base / "systemd" / "user" / name,
        text=text.encode(),
        install=((*call, "daemon-reload"), (*call, "enable", "--now", name)),
        uninstall=((*call, "disable", "--now", name),),
        after=((*call, "daemon-reload"),),
        ask=(*call, "status", "--no-pager", name),
        hint="`loginctl enable-linger` keeps it running while you are not logged in",
    )


def launchd(
    root: Path, command: Sequence[str], environ: Mapping[str, str], home: Path, log: Path, user: int
) -> Service:
    """Return the launchd agent for the vault at `root`; `log` receives its output, `user` is the user's id."""
    name = f"io.{_name(root).replace('-', '.', 1)}"
    file = home / "Library" / "LaunchAgents" / f"{name}.plist"
    agent = {
        "Label": name,
        "ProgramArguments": list(command),
        "EnvironmentVariables": _kept(environ),
        "RunAtLoad": True,
        # Restart after a failure, not after a normal end.
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": PAUSE,
        "ExitTimeOut": 10,
        "ProcessType": "Background",
        "LowPriorityIO": True,
        "StandardErrorPath": str(log),
        "StandardOutPath": str(log),
    }
    domain = f"gui/{user}"
    return Service(
        name=name,
        command=tuple(command),
        file=file,
        text=plistlib.dumps(agent),
        install=(("launchctl", "bootstrap", domain, str(file)),),
        uninstall=(("launchctl", "bootout", f"{domain}/{name}"),),
        after=(),
        ask=("launchctl", "print", f"{domain}/{name}"),
    )


def _name(root: Path) -> str:
    """Return a service name: the vault's name and a few characters unique to the vault."""
    plain = re.sub(r"[^A-Za-z0-9_]+", "_", root.name).strip("_")[:40] or "vault"
    return f"netnotes-{plain}-{hashlib.sha256(os.fsencode(root)).hexdigest()[:8]}"


def _kept(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment variables for the service; paths are made absolute, as it runs in another folder."""
    places = {key: os.path.abspath(environ[key]) for key in PLACES if environ.get(key)}  # noqa: PTH100  # no link is followed
    return places | ({PLUGINS: environ[PLUGINS]} if PLUGINS in environ else {})


def _argument(word: str) -> str:
    """Quote an argument for a unit file, without variable expansion."""
    return f'"{_escaped(word)}"'.replace("$", "$$")


def _escaped(word: str) -> str:
    """Escape text for use within quotes in a unit file: on one line, with nothing that systemd would replace."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return "".join(_byte(c) if c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" else c for c in plain)


def _byte(char: str) -> str:
    """Escape a character that a text file should not hold, or a byte that is not text."""
    return f"\\x{os.fsencode(char)[0]:02x}"
