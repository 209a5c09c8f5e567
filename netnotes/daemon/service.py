"""`netnotes watch` as a service of the user's own: a systemd user unit, or a launchd agent. Texts and calls.

What is to be run is returned as commands; whoever asks runs them. Nothing here needs more than the user's own rights.
"""

from __future__ import annotations

import hashlib
import os
import plistlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SILENCE = 300
"""Seconds without a sign of life after which systemd starts it again."""
PAUSE = 30
"""Seconds between two starts after a failure."""
PLACES = ("NETNOTES_DATA", "NETNOTES_CACHE", "XDG_DATA_HOME", "XDG_CACHE_HOME")
"""Environment variables that name folders: the service must have the same ones as `netnotes` in a terminal."""
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
    """Commands to run once the file is there."""
    uninstall: tuple[tuple[str, ...], ...]
    """Commands to run before it is removed."""
    after: tuple[tuple[str, ...], ...]
    """Commands to run when it is gone."""
    ask: tuple[str, ...]
    """Command that tells how it is."""
    hint: str = ""
    """What else one may want to do."""


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
        hint="`loginctl enable-linger` has it run also while you are not logged in",
    )


def launchd(
    root: Path, command: Sequence[str], environ: Mapping[str, str], home: Path, log: Path, user: int
) -> Service:
    """Return the launchd agent for the vault at `root`; `log` takes what it prints, `user` is the user's number."""
    name = f"io.{_name(root).replace('-', '.', 1)}"
    file = home / "Library" / "LaunchAgents" / f"{name}.plist"
    agent = {
        "Label": name,
        "ProgramArguments": list(command),
        "EnvironmentVariables": _kept(environ),
        "RunAtLoad": True,
        # Anew after a failure; not after it ended well.
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
    """Return a name for a vault's service: what it is called, and some letters that no other vault has."""
    plain = re.sub(r"[^A-Za-z0-9_]+", "_", root.name).strip("_")[:40] or "vault"
    return f"netnotes-{plain}-{hashlib.sha256(os.fsencode(root)).hexdigest()[:8]}"


def _kept(environ: Mapping[str, str]) -> dict[str, str]:
    """Return what of the environment the service is given, as it is now; it runs in another folder."""
    places = {key: os.path.abspath(environ[key]) for key in PLACES if environ.get(key)}  # noqa: PTH100  # no link is followed
    return places | ({PLUGINS: environ[PLUGINS]} if PLUGINS in environ else {})


def _argument(word: str) -> str:
    """Return an argument as a unit file has it: in quotes, and no variable in it."""
    return f'"{_escaped(word)}"'.replace("$", "$$")


def _escaped(word: str) -> str:
    """Return text as it stands within quotes in a unit file: on one line, with nothing that systemd would replace."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return "".join(_byte(c) if c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" else c for c in plain)


def _byte(char: str) -> str:
    """Return a character that no text file should hold, and what stands for a byte that is no text, as an escape."""
    return f"\\x{os.fsencode(char)[0]:02x}"
