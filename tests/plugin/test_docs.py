"""Every example on the pages about plugins runs, and keeps the contract."""

import re
import sys
import tomllib
from types import ModuleType

import pytest

from netnotes import config
from netnotes.plugin_host import contract, module_loader
from netnotes.testing import examine
from tests.plugin.pages import blocks
from tests.plugin.test_api import ROOT, strict_mypy

PAGES = sorted((ROOT / "docs" / "plugins").glob("*.md"))


def plugin(text, monkeypatch):
    """Return the module that a block is."""
    name = re.match(r'"""(\w+):', text)[1]
    module = ModuleType(name)
    module.__file__ = f"{name}.py"
    monkeypatch.setitem(sys.modules, name, module)
    exec(compile(text, f"{name}.py", "exec"), vars(module))
    return module


@pytest.mark.full
@pytest.mark.parametrize(
    "place", [page for page in PAGES if page.stem not in ("api", "tutorial")], ids=lambda page: page.stem
)
def test_the_examples_of_a_page_run(place, monkeypatch):
    known: dict[str, object] = {"__name__": "page"}
    for block in blocks(place):
        if block.kind == "toml":
            assert config.parse(block.text)
        if block.kind != "python" or block.head == "notest":
            continue
        if "NETNOTES_API" not in block.text:
            exec(compile(block.text, str(place), "exec"), known)
            continue
        module = plugin(block.text, monkeypatch)
        hooks = module_loader.hooks_of(module)
        assert not list(contract.faults(module, hooks, tuple(getattr(module, "commands", ())), "file"))
        if hooks:
            assert [found for found in examine(module) if found.message] == []
        known |= {name: value for name, value in vars(module).items() if not name.startswith("_")}


def test_links_between_the_pages_lead_somewhere():
    for place in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", place.read_text(encoding="utf-8")):
            assert (place.parent / target).exists(), f"{place.name} → {target}"


def test_every_table_of_options_is_toml():
    for place in PAGES:
        for block in blocks(place):
            if block.kind == "toml":
                tomllib.loads(block.text)


def test_a_fault_of_the_contract_would_be_seen(monkeypatch):
    module = plugin(
        '"""bad: a fault."""\nfrom netnotes.api import Field, Score, scorer\nNETNOTES_API = 1\n'
        '@scorer(Field("bad", "too much"))\ndef bad(network, options):\n'
        '    for tie in network.ties:\n        yield Score(tie, 2, "x")\n',
        monkeypatch,
    )
    assert any(found.message and "within 0 to 1" in found.message for found in examine(module))


def test_the_page_on_networks_gives_the_true_values():
    place = ROOT / "docs" / "plugins" / "network.md"
    known: dict[str, object] = {"__name__": "page"}
    (code,) = [block.text for block in blocks(place) if block.kind == "python"]
    exec(compile(code, str(place), "exec"), known)
    rows = re.findall(
        r"^\| `(.+)` \| `(.+)` \|$", place.read_text(encoding="utf-8").partition("## With values")[2], re.MULTILINE
    )
    wrong = [(asked, found) for asked, output in rows if (found := repr(eval(asked, known))) != output]
    assert len(rows) > 15
    assert not wrong


@pytest.mark.full
def test_the_plugins_on_the_pages_pass_mypy_strict(tmp_path):
    pytest.importorskip("mypy")
    for page in PAGES:
        texts = [block.text for block in blocks(page) if block.kind == "python" and "NETNOTES_API" in block.text]
        for number, text in enumerate(texts):
            (tmp_path / f"{page.stem}_{number}.py").write_text(text, encoding="utf-8")
    output = strict_mypy(tmp_path, *sorted(tmp_path.glob("*.py")))
    assert output.returncode == 0, output.stdout + output.stderr
