"""Start the program: `netnotes`, or `python -m netnotes`. A daemon that watches the vault may run the command."""

from __future__ import annotations

import sys

from netnotes.daemon.answers.client import folder_of_daemon

INTERRUPTED = 130
"""The exit code of a command that was ended by Ctrl-C, as shells give it."""


def main() -> None:
    """Run the command line, and end with its exit code."""
    try:
        code = answered(sys.argv[1:])
        if code is not None:
            sys.exit(code)
        from netnotes.cli import main as run  # only where no daemon has run the command
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(INTERRUPTED)
    run()


def answered(args: list[str]) -> int | None:
    """Have a daemon run the command line `args`, and return its exit code; None if this process must run it."""
    folder = folder_of_daemon(args)
    if folder is None:
        return None
    from netnotes.daemon.answers.asking import ask  # only where a daemon may run

    return ask(folder, args, _show_page)


def _show_page(text: str, pager: str) -> bool:
    from netnotes.cli.pager import show  # only for long output of a daemon

    return show(text, pager)


if __name__ == "__main__":
    main()
