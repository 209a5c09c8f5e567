"""Show long output in the user's pager."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import click

from netnotes.cli.screen import screen
from netnotes.cli.session import Session

LESS = "less -FRX"
"""The pager unless $PAGER names one: it ends at once if all fits, shows colour, and leaves the text on the screen."""
_LINK = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")


class _Page(io.StringIO):
    """Collects what is printed; claims to be a terminal, so that styles are kept."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Return True: the text is for a terminal."""
        return True


@contextlib.contextmanager
def paged() -> Iterator[None]:
    """Page what the block prints if it is longer than the terminal; elsewhere print it directly."""
    context = click.get_current_context(silent=True)
    session = context.find_object(Session) if context else None
    shown = screen(sys.stdout, os.environ)
    if shown.height is None or (session and session.no_pager):
        yield
        return
    page, stream = _Page(), sys.stdout
    try:
        with contextlib.redirect_stdout(page):
            yield
    finally:
        text = page.getvalue()
        show_page = (session.show_page if session else None) or show
        if text.count("\n") < shown.height or not show_page(text, os.environ.get("PAGER") or LESS):
            stream.write(text)
            stream.flush()


def show(text: str, pager: str) -> bool:
    """Show `text` in a pager and wait for its end; False if it cannot be started."""
    try:
        command = shlex.split(pager)
        if os.path.basename(command[0]) != "less":  # noqa: PTH119  # start-up imports no pathlib
            # Not every pager understands links.
            text = click.unstyle(_LINK.sub("", text))
        process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603  # the user's own choice
    except (OSError, ValueError, IndexError):
        return False
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        process.communicate(text.encode("utf-8", "replace"))
    while process.poll() is None:
        # Ctrl-C belongs to the pager while it runs.
        with contextlib.suppress(KeyboardInterrupt):
            process.wait()
    return True
