"""What must be the same everywhere is in one place: words, sizes, dates, writing of files, process-wide state."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from netnotes.app.mcp import server
from netnotes.insights.tie_status import CIRCLE_SIZES
from netnotes.phrasing import TIE_WORDS, WARMTH_WORDS

ROOT = Path(__file__).parents[1]
MODULES = sorted((*(ROOT / "netnotes").rglob("*.py"), *(ROOT / "plugins").glob("*.py")))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix().removeprefix("netnotes/")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def calls(path: Path) -> set[str]:
    """Return the functions that a module calls, as written: `os.umask`, `open`."""
    return {ast.unparse(node.func) for node in nodes(path) if isinstance(node, ast.Call)}


def literals(path: Path) -> Iterator[set[object]]:
    """Yield the constants of each tuple, list and set that a module writes out, but for type hints."""
    hints = {id(node.slice) for node in nodes(path) if isinstance(node, ast.Subscript)}
    for node in nodes(path):
        if isinstance(node, ast.Tuple | ast.List | ast.Set) and id(node) not in hints:
            yield {one.value for one in node.elts if isinstance(one, ast.Constant)}


@pytest.mark.full
def test_words_and_sizes_are_listed_once() -> None:
    lists = [(found, name_of(path)) for path in MODULES for found in literals(path)]
    homes = {TIE_WORDS: "phrasing.py", WARMTH_WORDS: "phrasing.py", CIRCLE_SIZES: "insights/tie_status.py"}
    for words, home in homes.items():
        assert [name for found, name in lists if found >= set(words)] == [home]


def test_the_tools_of_assistants_take_the_same_words() -> None:
    assert (get_args(server.Tie), get_args(server.Warmth)) == (TIE_WORDS, WARMTH_WORDS)


@pytest.mark.parametrize("words", [TIE_WORDS, WARMTH_WORDS], ids=["ties", "warmth"])
def test_the_page_lists_the_words_in_the_same_order(words: tuple[str, ...]) -> None:
    lists = [
        re.findall(r'"([^"]*)"', found)
        for path in (ROOT / "netnotes" / "map" / "web").rglob("*.js")
        for found in re.findall(r"\[[^\[\]]*\]", path.read_text(encoding="utf-8"))
    ]
    known = [found for found in lists if set(words) <= set(found)]
    assert known
    assert all(tuple(found[:3]) == words for found in known)


def test_dataclasses_are_not_compiled_while_modules_are_imported() -> None:
    eager = [
        name_of(path)
        for path in MODULES
        for node in nodes(path)
        if path.parts[-2] != "plugins"  # written as other authors would write them
        if isinstance(node, ast.ImportFrom) and node.module == "dataclasses"
        if "dataclass" in {each.name for each in node.names}
    ]
    assert eager == ["lazy_dataclass.py"]  # for type checkers


WRITING = {"w", "wb", "x", "xb", "a", "ab", "r+", "r+b"}
WRITERS = {
    "storage/exchange.py": "notes: write beside, compare, swap",
    "storage/whole_file.py": "everything that is no note: write beside, then replace",
    "app/batch/parts.py": "a folder of results: write beside, then rename",
    "plugin_host/scaffold.py": "a new plugin, where no file is",
    "cli/commands/graph/live.py": "a page that opens the browser, in the folder of temporary files",
    "cli/__init__.py": "nothing, instead of a stdout that is closed",
    "pytest_plugin.py": "expected output in the tests of plugins",
}


def writes(node: ast.AST) -> bool:
    """Whether a node is a call that writes a file."""
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func).rpartition(".")[2]
    words = (*node.args, *(word.value for word in node.keywords))
    values = {one.value for one in words if isinstance(one, ast.Constant)}
    return name in {"write_text", "write_bytes"} or (name in {"open", "fdopen"} and bool(values & WRITING))


def test_files_are_written_in_few_places() -> None:
    assert {name_of(path) for path in MODULES if any(map(writes, nodes(path)))} <= {*WRITERS}


PROCESS_WIDE = {
    *("os.umask", "os.chdir", "os.putenv", "locale.setlocale", "warnings.filterwarnings", "warnings.simplefilter"),
    *("gc.disable", "gc.enable", "gc.freeze", "gc.collect", "signal.signal", "signal.setitimer"),
    *("sys.setrecursionlimit", "sys.setswitchinterval", "time.tzset", "contextlib.redirect_stdout"),
    *("contextlib.redirect_stderr", "os.environ.update", "os.environ.pop", "os.environ.setdefault"),
}
TEMPORARY = {
    "storage/garbage_collection.py": {"gc.disable", "gc.freeze", "gc.enable"},
    "storage/parallel.py": {"gc.disable", "signal.signal"},
    "storage/second_process.py": {"signal.signal", "warnings.simplefilter"},
    "app/batch/worker.py": {"gc.collect"},
    "plugin_host/time_limit.py": {"contextlib.redirect_stdout", "signal.signal", "signal.setitimer"},
}
"""Outside the command line and the daemon: undone at the end of a block, or done in a process of our own."""


def test_process_wide_state_is_changed_in_few_places() -> None:
    for path in MODULES:
        name = name_of(path)
        found = calls(path) & PROCESS_WIDE
        for node in nodes(path):
            targets = node.targets if isinstance(node, ast.Assign) else ()
            found |= {text for each in targets if re.match(r"sys\.std|os\.environ", text := ast.unparse(each))}
        assert found <= TEMPORARY.get(name, set()) or name.startswith(("cli/", "daemon/", "testing/")), name


ON_FIRST_USE = ("text/", "extract/", "capture/")
"""Packages that most commands import, and that hold hundreds of patterns."""


def test_patterns_that_most_commands_import_are_compiled_on_first_use() -> None:
    for path in (path for path in MODULES if name_of(path).startswith(ON_FIRST_USE)):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            assert not isinstance(value, ast.Call) or ast.unparse(value.func) != "re.compile", name_of(path)


TIMES = ("dates.py", "text/lexicon/moment", "importers/", "testing/")
"""Modules that add to times of day, where the calendar's ends are handled; and dates.py itself."""


def test_days_are_added_by_one_function() -> None:
    """`date + timedelta` fails at both ends of the calendar, where `dates.add_days` stops."""
    for path in (path for path in MODULES if not name_of(path).startswith(TIMES)):
        sums = [node for node in nodes(path) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)]
        found = [node.lineno for node in sums if "timedelta(" in ast.unparse(node.right)]
        assert not found, name_of(path)


def test_home_scenes_reserved_names_and_communities_have_one_function() -> None:
    wanted = {"home_scene", "is_reserved", "fold_key", "communities_of", "written_fields", "add_days"}
    found = [
        node.name
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef) and node.name in wanted
    ]
    assert sorted(found) == sorted(wanted)


def is_frozen(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any("frozen=True" in ast.unparse(each) for each in node.decorator_list)


def test_a_frozen_record_hides_no_cache() -> None:
    """What a run remembers is in `incremental.Memory`; a record that fills up says so by not being frozen."""
    for record in (node for path in MODULES for node in nodes(path) if is_frozen(node)):
        assert isinstance(record, ast.ClassDef)
        for part in record.body:
            if isinstance(part, ast.AnnAssign) and ast.unparse(part.target).startswith("_"):
                kind = ast.unparse(part.annotation)
                assert not re.match(r"(dict|list|set|defaultdict|deque|Counter)\b", kind), record.name
            if isinstance(part, ast.FunctionDef):
                assert not any("cache" in ast.unparse(each) for each in part.decorator_list), record.name
                changed = "object.__setattr__" in ast.unparse(part)
                assert not changed or part.name == "__post_init__", record.name
