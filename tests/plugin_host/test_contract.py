"""Names that plugins cannot take, packages that are checked where they are, and what is said of clashes."""

from netnotes import cli
from netnotes.cli.commands.graph import graph
from netnotes.plugin_host import contract, discovery
from tests.plugin_host.conftest import TODAY, scorer

REPORT = '''from netnotes.api import Row, report

NETNOTES_API = 1


@report("What is due")
def due(network, options):
    """List what is due."""
    yield from ()
'''


def test_the_names_that_are_taken_are_those_of_the_program():
    assert set(cli.COMMANDS) == contract.COMMANDS
    assert set(graph.FORMATS) == {"html", *discovery.FORMATS}


def test_a_clash_is_a_problem_of_the_vault_and_not_silent(home):
    home.plugin("mine", REPORT)
    ran = home.netnotes("check", home.root, "--as-of", TODAY.isoformat())
    assert ran.code == 1
    assert "the report `due` at" in ran.out
    assert "mine.py:6 cannot be called: NetNotes has one of that name" in ran.out


def test_of_two_plugins_the_first_has_the_name(home):
    text = REPORT.replace("def due", "def dues")
    home.plugin("one", text)
    home.plugin("two", text)
    ran = home.netnotes("check", home.root, "--as-of", TODAY.isoformat())
    assert "two.py:6 cannot be called: the plugin `one` has one of that name" in ran.out
    assert "one.py:6" not in ran.out


def package(folder, **files):
    place = folder / "src" / "netnotes_sector"
    place.mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[project]\nname = 'netnotes-sector'\n")
    for name, text in files.items():
        (place / f"{name}.py").write_text(text)
    return place


def test_a_package_is_checked_with_the_modules_beside_its_first(home, tmp_path):
    package(
        tmp_path / "netnotes-sector",
        __init__="from netnotes_sector.core import recency\nfrom .core import recency as again\n\nNETNOTES_API = 1\n",
        core=scorer().replace("NETNOTES_API = 1\n", ""),
    )
    ran = home.netnotes("plugins", "check", tmp_path / "netnotes-sector")
    assert ran.code == 0, ran.out
    assert "ok     recency: one tie" in ran.out


def test_a_fault_in_a_module_of_a_package_has_its_line(home, tmp_path):
    place = package(
        tmp_path / "netnotes-sector",
        __init__="from .core import recency\n\nNETNOTES_API = 1\n",
        core=scorer(body="yield Score(tie, 1 / 0, 'x')").replace("NETNOTES_API = 1\n", ""),
    )
    ran = home.netnotes("plugins", "check", tmp_path / "netnotes-sector")
    assert ran.code == 1
    assert f"{place / 'core.py'}:9: ZeroDivisionError" in ran.out


def test_the_same_fault_is_printed_once(home):
    place = home.write("bad.py", scorer(body="yield Score(tie, 2, 'x')"))
    ran = home.netnotes("plugins", "check", place)
    assert ran.out.count("2 is not within 0 to 1 for Ada") == 1
    assert "FAILS  recency: one tie" in ran.out
