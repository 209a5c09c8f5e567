"""What authors get wrong: each file of `mistakes/` is a plugin with one slip in it.

Its head says what `netnotes plugins check` has to say (`says`) and what to write instead (`write`; `-` where the
first says it all). The line at fault ends in `# <-- here`; where none does, the file is all that can be named.
"""

import math
import re
from pathlib import Path

import pytest

from netnotes.plugin_host import discovery
from netnotes.testing import checks, samples
from netnotes.testing.conformance import examine_source
from tests.plugin_host.conftest import home

__all__ = ["home"]
MISTAKES = sorted((Path(__file__).parent / "mistakes").glob("*.txt"))
HEAD = re.compile(r"# (.+)\n# says: (.+)\n# write: (.+)\n")


SIZE_MATTERS = "only_in_a_large_vault"
TIME_MATTERS = "quadratic"
FEW = 100


@pytest.fixture(scope="module")
def few():
    return samples.many(FEW, checks.SPEED_ENCOUNTERS)


@pytest.fixture
def mistake(request, tmp_path, few, monkeypatch):
    """Return the plugin file of a mistake, and what its head asks for."""
    if request.param.stem != SIZE_MATTERS:
        monkeypatch.setattr(checks, "_crowd", lambda: few)
    # No test depends on how fast the machine is: the bundled scorers are said to take no time, or any time.
    monkeypatch.setattr(checks, "_usual", lambda: 1e-9 if request.param.stem == TIME_MATTERS else math.inf)
    text = request.param.read_text(encoding="utf-8")
    place = tmp_path / f"{request.param.stem}.py"
    place.write_text(text, encoding="utf-8")
    _, says, write = HEAD.match(text).groups()
    here = [number for number, line in enumerate(text.splitlines(), 1) if "# <-- here" in line]
    return place, says, write, f"{place}:{here[0]}" if here else str(place)


each = pytest.mark.parametrize("mistake", MISTAKES, indirect=True, ids=lambda path: path.stem)


@each
def test_a_mistake_is_named_with_its_line_and_what_to_write(mistake):
    place, says, write, where = mistake
    found = [finding for finding in examine_source(discovery.file(place)) if finding.message]
    output = "\n".join(f"{finding.message}\n    {finding.hint}" for finding in found)
    fitting = [finding for finding in found if says in finding.message]
    assert fitting, output
    assert any(re.search(rf"{re.escape(where)}(?!\d)", finding.message) for finding in fitting), output
    assert write == "-" or any(write in f"{finding.hint}" for finding in fitting), output


def test_there_are_many():
    assert len(MISTAKES) >= 30
