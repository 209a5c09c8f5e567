"""How many examples a property is tried with: a few in every run, all of them where HYPOTHESIS_PROFILE says so."""

import os

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "quick")
USUAL = 100
_QUICK, _FEWEST = 10, 5


def examples(count: int = USUAL) -> int:
    """Return `count`, or a tenth of it in a quick run, at least 5."""
    return max(count // _QUICK, min(count, _FEWEST)) if PROFILE == "quick" else count
