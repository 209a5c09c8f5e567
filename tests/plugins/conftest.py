"""The command line, run in this process."""

from tests.cli.conftest import netnotes

__all__ = ["netnotes"]
