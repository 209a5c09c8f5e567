"""Find mistakes in a plugin's source without running it: each with its line and what to write instead. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

PUBLIC = ("netnotes.api", "netnotes.insights", "netnotes.testing")
"""What a plugin may import of NetNotes."""
FILE_CALLS = {"open": "reads", "read_text": "reads", "read_bytes": "reads", "write_text": "writes"} | dict.fromkeys(
    ("write_bytes", "unlink", "mkdir", "rmtree"), "writes"
)
CLOCKS = {
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "time": {"time", "localtime", "gmtime", "monotonic"},
}
ENDS = {"sys.exit", "exit", "quit", "os._exit", "os.abort"}
CHANCE: dict[str, set[str] | None] = {"secrets": None, "uuid": {"uuid1", "uuid4"}, "random": None, "os": {"urandom"}}
"""Module → the functions that give another result each time; None for all."""
ADDING = {"append", "extend", "update", "add", "setdefault", "insert"}


class Mistake(NamedTuple):
    """One fault."""

    line: int
    message: str
    hint: str


def lint(text: str, *, whole: bool = True, first: int = 1) -> list[Mistake]:
    """Return the mistakes in the source of a plugin, or of one of its functions, which begins on the line `first`."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return []
    found = [*(_of_module(tree) if whole else ()), *_Linter(tree)]
    return sorted(fault._replace(line=fault.line + first - 1) for fault in set(found))


def _of_module(tree: ast.Module) -> Iterator[Mistake]:
    names: dict[str, int] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if node.name in names and not _is_overload(node):
                hint = f"give one of the two another name; the first begins on line {names[node.name]}"
                yield Mistake(node.lineno, f"`{node.name}` is defined twice, and the first is lost", hint)
            names.setdefault(node.name, node.lineno)
        elif isinstance(node, ast.With | ast.While) or (isinstance(node, ast.Expr) and _is_effect(node.value)):
            message = "this runs whenever the plugin is imported, with every command"
            yield Mistake(node.lineno, message, "move it into the function that needs it")


def _is_overload(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any("overload" in ast.unparse(decorator) for decorator in node.decorator_list)


def _is_effect(value: ast.expr) -> bool:
    """Return whether an expression statement has an effect: a call, except one that fills a table of the module."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return not (isinstance(value.func.value, ast.Name) and value.func.attr in ADDING)
    return isinstance(value, ast.Call | ast.Await)


class _Linter:
    """Walks a syntax tree; skips commands, which may use the terminal and files."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._imported: dict[str, str] = {}
        """Name in the file → the dotted name of what was imported."""

    def __iter__(self) -> Iterator[Mistake]:
        yield from self._within(self._tree)

    def _within(self, node: ast.AST) -> Iterator[Mistake]:
        for child in ast.iter_child_nodes(node):
            if _is_command(child) or _is_main(child):
                continue
            yield from self._of(child)
            yield from self._within(child)

    def _of(self, node: ast.AST) -> Iterator[Mistake]:
        match node:
            case ast.Import():
                for alias in node.names:
                    self._imported[alias.asname or alias.name.partition(".")[0]] = alias.name
                    yield from _private(alias.name, node.lineno, ())
            case ast.ImportFrom():
                module = node.module or ""
                self._imported |= {a.asname or a.name: f"{module}.{a.name}" for a in node.names}
                yield from _private(module, node.lineno, [alias.name for alias in node.names]) if not node.level else ()
            case ast.Call():
                yield from self._of_call(node)
            case ast.ExceptHandler():
                yield from _of_handler(node)
            case ast.Global():
                message = f"`global {node.names[0]}` keeps something from one call to the next"
                yield Mistake(
                    node.lineno, message, "work it out from the network each time, or keep it in a dict inside"
                )
            case ast.FunctionDef():
                yield from _of_defaults(node)
            case ast.Raise() if node.exc is not None and "SystemExit" in ast.unparse(node.exc):
                yield Mistake(
                    node.lineno, "`SystemExit` ends nothing but this function", "`return`, or yield a Problem"
                )
            case _:
                pass

    def _of_call(self, node: ast.Call) -> Iterator[Mistake]:
        called = ast.unparse(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ""
        head, _, rest = called.partition(".")
        full = self._imported.get(head, head) + (f".{rest}" if rest else "")
        *owners, last = full.split(".")
        owner = owners[-1] if owners else ""
        if called == "print":
            hint = "yield a Remark in a report, a Problem for what the user should fix"
            yield Mistake(node.lineno, "`print` goes to stderr, between the messages", hint)
        elif called == "input":
            yield Mistake(node.lineno, "`input` waits for an answer that never comes", "take an option: option(30, …)")
        elif full in ENDS:
            yield Mistake(node.lineno, f"`{called}` ends nothing but this function", "`return`, or yield a Problem")
        elif last in CLOCKS.get(owner, ()):
            hint = "`network.today` is the day that everything is as of"
            yield Mistake(node.lineno, f"`{called}()` is another day tomorrow, for the same notes", hint)
        elif owners and owners[0] in CHANCE and self._is_chance(owners[0], last, node):
            hint = "let it follow from the tie, or take `random.Random(0)` inside the function"
            yield Mistake(node.lineno, f"`{called}` gives something else each time", hint)
        elif full == "open" or (owners and last in FILE_CALLS and full not in ("webbrowser.open", "netnotes.open")):
            does = FILE_CALLS.get(last, "reads")
            hint = (
                'files are shown by `@reader(files="*.csv")`, words by `network.text` with `reads=("text",)`'
                if does == "reads"
                else "a plugin yields facts and never writes; a command may"
            )
            yield Mistake(node.lineno, f"`{called}` {does} a file that the user was not asked about", hint)

    def _is_chance(self, module: str, name: str, node: ast.Call) -> bool:
        functions = CHANCE[module]
        imported = any(each == module or each.startswith(f"{module}.") for each in self._imported.values())
        return imported and not (name == "Random" and node.args) and (functions is None or name in functions)


def _private(module: str, line: int, names: list[str] | tuple[str, ...]) -> Iterator[Mistake]:
    root = module.partition(".")[0]
    public = any(module == each or module.startswith(f"{each}.") for each in PUBLIC)
    whole = module == "netnotes" and names and all(f"netnotes.{name}" in PUBLIC for name in names)
    if root in ("netnotes", "netnotes_plugins") and not public and not whole:
        wanted = ", ".join(names) or "…"
        hint = f"from netnotes.api import {wanted}; docs/plugins/api.md names all there is"
        yield Mistake(line, f"`{module}` may change with any version", hint)


def _of_handler(node: ast.ExceptHandler) -> Iterator[Mistake]:
    caught = "" if node.type is None else ast.unparse(node.type)
    silent = all(
        isinstance(each, ast.Pass | ast.Continue | ast.Break)
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        or (isinstance(each, ast.Return) and (each.value is None or isinstance(each.value, ast.Constant)))
        for each in node.body
    )
    if caught in ("", "BaseException") or (caught == "Exception" and silent):
        clause = f"except {caught}".strip()
        hint = "name the error that you expect: `except ValueError:`"
        yield Mistake(node.lineno, f"`{clause}` hides every mistake, your own too", hint)


def _of_defaults(node: ast.FunctionDef) -> Iterator[Mistake]:
    for default in (*node.args.defaults, *node.args.kw_defaults):
        if isinstance(default, ast.List | ast.Dict | ast.Set):
            message = f"a default of `{node.name}` is kept from one call to the next"
            yield Mistake(default.lineno, message, "begin with an empty one inside the function")


def _is_command(node: ast.AST) -> bool:
    words = [ast.unparse(each) for each in node.decorator_list] if isinstance(node, ast.FunctionDef) else []
    return any(word.startswith("click.") or "pass_session" in word for word in words)


def _is_main(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "__name__" in ast.unparse(node.test)
