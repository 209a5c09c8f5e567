"""For authors of plugins: make a vault from a few lines, run a plugin on it, and check the plugin's contract.

    from netnotes.testing import conforms, run, vault

pytest finds the fixtures `netnotes_vault` and `netnotes_golden`; networks for Hypothesis are in
`netnotes.testing.strategies`. Part of the public API, like `netnotes.api`.

.. versionadded:: 0.1
"""

from netnotes.testing.checks import Finding
from netnotes.testing.conformance import conforms, examine
from netnotes.testing.running import Result, TextVault, run, vault

__all__ = ["Finding", "Result", "TextVault", "conforms", "examine", "run", "vault"]
