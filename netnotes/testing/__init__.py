"""For authors of plugins: a vault out of a few lines, what a plugin makes of it, and whether it keeps the contract.

    from netnotes.testing import conforms, run, vault

pytest has the fixtures `netnotes_vault` and `netnotes_golden` where NetNotes is installed; networks for Hypothesis are
in `netnotes.testing.strategies`. Part of the public face, with `netnotes.api`.

.. versionadded:: 0.1
"""

from netnotes.testing.conformance import conforms, examine
from netnotes.testing.running import Result, run
from netnotes.testing.trials import Finding
from netnotes.testing.vaults import TextVault, vault

__all__ = ["Finding", "Result", "TextVault", "conforms", "examine", "run", "vault"]
