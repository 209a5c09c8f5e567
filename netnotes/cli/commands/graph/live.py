"""`netnotes graph --live`: serve the map on this machine and keep it current until Ctrl-C."""

from __future__ import annotations

import contextlib
import datetime as dt
import html
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from netnotes.app.vault_files import outside_folder
from netnotes.cli import output
from netnotes.cli.options import workspace
from netnotes.daemon.live.serve import ServeOptions, serve_map
from netnotes.errors import Unwritable

REDIRECT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}"><title>NetNotes</title></head>
<body><a href="{address}">The live map</a></body></html>
"""


def serve(
    vault: str | None,
    port: int,
    as_of: dt.date | None,
    browse: Callable[[str], object] | None,
    *,
    evidence: bool,
    most: int | None,
) -> int:
    """Serve the map until a signal ends it; return the exit code.

    Its address is printed as soon as it answers; `browse` gets a private file that redirects there.
    """
    root = workspace(vault).root
    with contextlib.ExitStack() as opened:

        def ready(address: str) -> None:
            # Flushed at once: a program that reads it through a pipe is waiting for it.
            output.echo(address)
            if browse:
                browse(opened.enter_context(redirect(address, root)))

        options = ServeOptions(port, evidence, most, as_of=as_of)
        ended = serve_map(
            lambda: workspace(str(root)), options, os.environ, ready, lambda line: output.echo(line, err=True)
        )
    return 130 if ended == signal.SIGINT else 0


@contextlib.contextmanager
def redirect(address: str, root: Path) -> Iterator[str]:
    """Yield the URI of a private file that redirects a browser to `address`; remove the file at the end.

    Everyone on this machine can see a browser's arguments, so the address must not be among them. Raises Unwritable.
    """
    folder = outside_folder(root, os.environ)
    try:
        handle, name = tempfile.mkstemp(prefix="netnotes-live-", suffix=".html", dir=folder)
    except OSError as error:
        raise Unwritable(str(folder), error.strerror or str(error)) from error
    place = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(REDIRECT.format(address=html.escape(address)))
        yield place.absolute().as_uri()
    finally:
        place.unlink(missing_ok=True)
