"""Commands in this process, and vaults made of text: as in tests/cli."""

from tests.cli.conftest import netnotes, vault

__all__ = ["netnotes", "vault"]
