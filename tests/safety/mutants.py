"""All small changes to a module's code, and how one is put in place of the code that is already imported."""

from __future__ import annotations

import ast
import enum
import functools
import inspect
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_OPPOSITES = ((ast.Eq, ast.NotEq), (ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.In, ast.NotIn), (ast.Is, ast.IsNot))
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = dict(_OPPOSITES) | {b: a for a, b in _OPPOSITES}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_NOT_RUN = ("annotation", "returns", "decorator_list")
_LONGEST = 70
"""Characters of code in a name."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small change to a module."""

    name: str
    """Module, function, what is changed: the same after lines above were added."""
    line: int
    """Of the changed code, counted from 1."""
    lines: range
    """The lines of its statement; a statement that holds others ends where they begin. Empty outside of functions."""
    change: Callable[[], None]
    """Change the tree that the mutant was made from, for good."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands."""

    node: ast.AST
    function: str
    statement: ast.stmt | None


def mutants(module: str, tree: ast.Module) -> Iterator[Mutant]:
    """Yield every change that is tried, in the order of the lines."""
    names: Counter[str] = Counter()
    for place in list(_code(tree, "", None)):
        for description, change in _changes_of(place.node):
            before = ast.unparse(place.node).splitlines()[0][:_LONGEST].rstrip()
            name = f"{module}:{place.function or '(module)'}: {description}: {before}"
            names[name] += 1
            count = f" ({names[name]})" if names[name] > 1 else ""
            lines = _lines(place) if place.function else range(0)
            yield Mutant(name + count, getattr(place.node, "lineno", 0), lines, functools.partial(change, place.node))


def _lines(place: _Place) -> range:
    statement = place.statement
    if statement is None:
        return range(0)
    body = getattr(statement, "body", None)
    end = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, max(end, statement.lineno) + 1)


def _code(node: ast.AST, function: str, statement: ast.stmt | None) -> Iterator[_Place]:
    """Yield what is run here.

    No annotations, docstrings, f-strings (which are messages), imports, decorators, names of types for the type
    checker, values of enumerations, and nothing that only other systems run, nor their names.
    """
    for name, value in ast.iter_fields(node):
        if name in _NOT_RUN or (name == _idle_branch(node)):
            continue
        # Defaults and names of a function belong to what is around it.
        inside = function
        if name == "body" and isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            inside = f"{function}.{node.name}".lstrip(".")
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, (ast.JoinedStr, ast.Import, ast.ImportFrom)):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if _is_for_type_checkers(node, child) or _is_enumerated(node, child) or _is_other_system(node, child):
                continue
            around = child if isinstance(child, ast.stmt) else statement
            in_function = (
                inside if not isinstance(node, ast.ClassDef) or isinstance(child, ast.FunctionDef) else function
            )
            yield _Place(child, in_function, around)
            yield from _code(child, in_function, around)


def _idle_branch(node: ast.AST) -> str | None:
    """Return which branch of `if sys.platform == …` is not run on this system."""
    if not isinstance(node, ast.If) or "sys.platform" not in ast.unparse(node.test):
        return None
    try:
        found = eval(ast.unparse(node.test), {"sys": sys})  # a comparison of our own code
    except NameError:
        return None
    return "orelse" if found else "body"


def _is_for_type_checkers(parent: ast.AST, child: ast.AST) -> bool:
    is_cast = isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "cast"
    return is_cast and isinstance(child, ast.Constant)


def _is_other_system(parent: ast.AST, child: ast.AST) -> bool:
    is_asked = isinstance(parent, ast.Compare) and ast.unparse(parent.left) == "sys.platform"
    return is_asked and isinstance(child, ast.Constant) and child.value != sys.platform


def _is_enumerated(parent: ast.AST, child: ast.AST) -> bool:
    bases = [ast.unparse(base) for base in parent.bases] if isinstance(parent, ast.ClassDef) else []
    return "Enum" in bases and isinstance(child, ast.Assign)


def _changes_of(node: ast.AST) -> Iterator[tuple[str, Callable[[Any], None]]]:
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


def _other_constants(value: object) -> Iterator[tuple[str, Callable[[Any], None]]]:
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


def put_in_place(module: str, place: Path, tree: ast.Module) -> None:
    """Give the functions, classes and values of an imported module the changed code, for all who imported them.

    Raises whatever the changed module raises when it is imported.
    """
    live = sys.modules[module]
    fresh = {name: value for name, value in vars(live).items() if name.startswith("__")}
    exec(compile(ast.fix_missing_locations(tree), str(place), "exec"), fresh)  # that is the point
    for name in [name for name in vars(live) if name not in fresh]:
        delattr(live, name)
    for name, value in fresh.items():
        if name.startswith("__"):
            continue
        old = vars(live).get(name)
        if isinstance(value, type) and value.__module__ == module and isinstance(old, type):
            _change_class(old, value, live)
        elif _function(value) is not None and _function(old) is not None:
            if _is_of(value, module):
                _change_function(_function(old), _function(value))
        elif type(value) is not object and (type(value) is not type(old) or value != old):
            for other in _importers(live, name, old):
                setattr(other, name, value)


def _is_of(function: object, module: str) -> bool:
    return getattr(function, "__module__", None) == module


def _function(value: object) -> types.FunctionType | None:
    """Return the plain function inside a function, method, property or cache."""
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    if isinstance(value, property):
        value = value.fget
    if isinstance(value, functools.cached_property):
        value = value.func
    found = inspect.unwrap(value) if callable(value) else value
    return found if isinstance(found, types.FunctionType) else None


def _change_function(old: types.FunctionType, new: types.FunctionType) -> None:
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
    old.__code__ = new.__code__


def _change_class(old: type, new: type, live: types.ModuleType) -> None:
    if issubclass(old, enum.Enum):
        return
    for name, value in list(vars(new).items()):
        before, after = _function(vars(old).get(name)), _function(value)
        if after is not None and before is not None:
            if len(before.__code__.co_freevars) == len(after.__code__.co_freevars):
                _change_function(before, after)
            else:
                cells = dict(zip(before.__code__.co_freevars, before.__closure__ or (), strict=True))
                closure = tuple(cells[free] for free in after.__code__.co_freevars)
                setattr(
                    old,
                    name,
                    types.FunctionType(after.__code__, vars(live), name, after.__defaults__, closure),
                )
        elif not name.startswith("__") and isinstance(value, (int, str, float, tuple, frozenset)):
            setattr(old, name, value)


def _importers(live: types.ModuleType, name: str, old: object) -> Sequence[types.ModuleType]:
    others = [other for at, other in list(sys.modules.items()) if at.startswith(("netnotes", "tests"))]
    return [live, *(other for other in others if other is not live and vars(other).get(name) is old)]
