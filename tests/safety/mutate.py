"""Change the code in one small way after another, and count the changes that no test notices.

`.ci/mutate` runs this over what writes into notes. Each changed module is run in a process of its own, forked from one
that has imported everything else.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 120
"""After which tests that do not end have noticed the change."""
WRITING = ("tests/writing", "tests/safety/test_interrupted.py", "tests/cli/test_sync.py", "tests/cli/test_import.py")
MODULES = {
    "netnotes.text.frontmatter.splice": ("tests/text/test_splice.py", "tests/writing/test_draft.py", *WRITING),
    "netnotes.text.frontmatter.ownership": ("tests/text/test_ownership.py", "tests/test_reserved.py", *WRITING),
    "netnotes.storage.exchange": ("tests/storage/test_exchange.py", *WRITING),
    "netnotes.writing.draft": ("tests/writing/test_draft.py", *WRITING),
    "netnotes.writing.apply": ("tests/writing/test_apply.py", "tests/writing/test_created.py", *WRITING),
    "netnotes.writing.journal": ("tests/writing/test_undo.py", *WRITING),
    "netnotes.writing.journal_folder": ("tests/writing/test_kept_safe.py", *WRITING),
    "netnotes.writing.sync": WRITING,
    "netnotes.writing.undo": ("tests/writing/test_undo.py", *WRITING),
}
"""Module → the tests that should notice."""
UNRAISABLE = "ignore::pytest.PytestUnraisableExceptionWarning"
"""What the garbage collector meets at another time in a forked process than elsewhere."""
_OPPOSITES = ((ast.Eq, ast.NotEq), (ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.In, ast.NotIn), (ast.Is, ast.IsNot))
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = dict(_OPPOSITES) | {b: a for a, b in _OPPOSITES}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


def changes(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Yield line, description and the changed module for every change that is tried."""
    nodes = list(_code(tree))
    for number, node in enumerate(nodes):
        for description, change in _changes_of(node):
            changed = copy.deepcopy(tree)
            before = ast.unparse(node)
            change(list(_code(changed))[number])
            yield (
                getattr(node, "lineno", 0),
                f"{description}: {before.splitlines()[0][:70]}",
                ast.fix_missing_locations(changed),
            )


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is run: no annotations, docstrings, messages in f-strings, imports or decorators."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, (ast.JoinedStr, ast.Import, ast.ImportFrom)):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            yield child
            yield from _code(child)


def _changes_of(node: ast.AST):
    """Yield description and a function that changes such a node in place."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        other = COMPARISONS[type(node.ops[0])]
        yield f"compare by {other.__name__}", lambda found: setattr(found, "ops", [other()])
    elif isinstance(node, ast.BoolOp):
        swapped = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"join by {swapped.__name__}", lambda found: setattr(found, "op", swapped())
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        operator = OPERATORS[type(node.op)]
        yield f"compute by {operator.__name__}", lambda found: setattr(found, "op", operator())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        # Twice no, so that the node keeps its class.
        yield "drop not", lambda found: setattr(found, "operand", _negated(found.operand))
    elif isinstance(node, ast.Constant):
        yield from _other_constants(node.value)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "return None", lambda found: setattr(found, "value", ast.Constant(None))
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield "negate the condition", lambda found: setattr(found, "test", _negated(found.test))
    elif isinstance(node, ast.Expr):
        yield "leave out", lambda found: setattr(found, "value", ast.Constant(None))
    elif isinstance(node, (ast.Break, ast.Continue)):
        other_jump = ast.Continue if isinstance(node, ast.Break) else ast.Break
        yield f"{other_jump.__name__} instead", lambda found: setattr(found, "__class__", other_jump)


def _other_constants(value: object):
    if isinstance(value, bool):
        yield "the other truth", lambda found: setattr(found, "value", not value)
    elif isinstance(value, int):
        yield "one more", lambda found: setattr(found, "value", value + 1)
    elif isinstance(value, (str, bytes)) and value and not any(c in str(value) for c in " {"):
        # What has a space is a message or SQL.
        yield "another text", lambda found: setattr(found, "value", value + value[:1])


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed tree."""

    def __init__(self, name: str, place: Path, tree: ast.Module) -> None:
        self._name, self._place, self._tree = name, place, tree

    def find_spec(self, fullname, path, target=None):
        del path, target
        return (
            importlib.util.spec_from_file_location(fullname, self._place, loader=self)
            if fullname == self._name
            else None
        )

    def exec_module(self, module) -> None:
        exec(compile(self._tree, str(self._place), "exec"), module.__dict__)  # that is the point


def is_noticed(name: str, place: Path, tree: ast.Module, tests: Sequence[str]) -> bool:
    """Run the tests with a changed module; return whether one fails, or they do not end."""
    child = os.fork()
    if child == 0:
        _run_tests(name, place, tree, tests)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status != 0
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _run_tests(name: str, place: Path, tree: ast.Module, tests: Sequence[str]) -> None:
    import pytest

    os.setpgrp()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.meta_path.insert(0, _Changed(name, place, tree))
    paths = list(dict.fromkeys(tests))
    # Plain, since pytest's own finder would come first for all modules of a distribution that has a pytest plugin.
    options = ("-x", "-q", "--assert=plain", "-W", UNRAISABLE, "-p", "no:cacheprovider", "-p", "no:xdist")
    os._exit(int(pytest.main([*options, *paths]) != 0))


def main() -> None:
    """Try all changes, or a sample of them, and print what was not noticed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("modules", nargs="*", default=list(MODULES))
    options.add_argument("--sample", type=int, metavar="N", help="try N changes of each module, the same each time")
    given = options.parse_args()
    for module in ("pytest", "click", "yaml", "icalendar", "rich.console", "sqlite3", "tomlkit"):
        importlib.import_module(module)
    total = noticed = 0
    for name in given.modules:
        place = ROOT / f"{name.replace('.', '/')}.py"
        tree = ast.parse(place.read_text(encoding="utf-8"))
        if is_noticed(name, place, tree, MODULES[name]):
            sys.exit(f"{name}: the tests fail without any change")
        if not is_noticed(name, place, ast.parse("del __name__"), MODULES[name]):
            sys.exit(f"{name}: the tests do not run the changed module")
        found = list(changes(tree))
        if given.sample and len(found) > given.sample:
            found = sorted(random.Random(name).sample(found, given.sample), key=lambda change: change[0])
        left = [(line, what) for line, what, tree in found if not is_noticed(name, place, tree, MODULES[name])]
        total, noticed = total + len(found), noticed + len(found) - len(left)
        sys.stdout.write(f"{name}: {len(found) - len(left)} of {len(found)} noticed\n")
        for line, what in left:
            sys.stdout.write(f"  {place.relative_to(ROOT)}:{line}: {what}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{noticed} of {total} noticed ({noticed / max(total, 1):.0%})\n")


if __name__ == "__main__":
    main()
