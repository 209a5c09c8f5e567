"""Check whether a plugin keeps the contract, and find mistakes in its source, for `conforms` and `plugins check`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from netnotes.config import Config
from netnotes.model import Problem
from netnotes.options import did_you_mean
from netnotes.plugin.call import line_of
from netnotes.plugin.hooks import MAP, STYLES, TEXT, Plugin, Reader, Scorer
from netnotes.plugin_host import discovery, loader
from netnotes.plugin_host.contract import clashes
from netnotes.plugin_host.discovery import PACKAGE, Source
from netnotes.plugin_host.module_loader import imported
from netnotes.plugin_host.time_limit import Timekeeper
from netnotes.reserved import is_reserved
from netnotes.scoring.depth import DEPTH
from netnotes.testing import checks
from netnotes.testing.checks import Finding
from netnotes.testing.subjects import What, as_plugin, text_of

NEAR = 0.8
"""How similar (see difflib) a field that is read and one that is scored must be for the first to be a typo."""
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


def conforms(what: What) -> None:
    """Raise AssertionError with all that `what` (a decorated function, several, or a module) does against the contract.

    Checked are an empty network, one tie, names of every script, names that two people share, missing and odd
    properties, the first and last possible day, equal results on a second run and in another order, ranges, ties
    between others, values over time, difficult notes and files, changes, commands without arguments, and the time for
    5,000 ties. The source is searched for calls that give another result each time, hidden errors, and imports of
    private modules.

    .. versionadded:: 0.1
    """
    wrong = [found for found in examine(what) if found.message]
    if wrong:
        raise AssertionError(
            "\n".join(f"{found.test}: {found.message}" + (f" ({found.hint})" if found.hint else "") for found in wrong)
        )


def examine(what: What) -> tuple[Finding, ...]:
    """Return a finding for each check, with what is wrong, if anything.

    .. versionadded:: 0.1
    """
    texts = (
        found for file, text, first, whole in text_of(what) for found in _of_text(file, text, whole=whole, first=first)
    )
    return (*texts, *_examined(as_plugin(what)))


def examine_source(source: Source, *, strict: bool = False) -> tuple[Finding, ...]:
    """Import a plugin, allowed or not, and check it. With `strict` an exception at import is raised."""
    if source.fault:
        return (Finding("can be read", f"{source.place}: {source.fault}"),)
    plugin, problem = imported(source, Timekeeper(checks.SECONDS), strict=strict)
    place = plugin.place if plugin else source.place
    if plugin is None:
        fault = problem or Problem("not loaded")
        return (Finding("can be imported", fault.message, fault.hint), *_texts(place, source))
    return (Finding("can be imported"), *_texts(place, source), *_examined(plugin))


def _texts(place: str, source: Source) -> Iterator[Finding]:
    """Yield the mistakes in the source of a plugin's file, or of all files of its package."""
    files = [Path(place)]
    if source.origin == PACKAGE or files[0].name == "__init__.py":
        files = sorted(files[0].parent.rglob("*.py"))
    for file in files:
        data = source.data if str(file) == source.place and source.data else file.read_bytes()
        yield from _of_text(str(file), data.decode("utf-8", "replace"))


def _of_text(file: str, text: str, *, whole: bool = True, first: int = 1) -> Iterator[Finding]:
    for fault in lint(text, whole=whole, first=first):
        yield Finding("its text", f"at {file}:{fault.line}: {fault.message}", fault.hint)


def _examined(plugin: Plugin) -> Iterator[Finding]:
    yield from _names(plugin)
    for hook in plugin.hooks:
        alone = replace(plugin, hooks=(hook, *_scorers_beside(hook, plugin)), options={})
        if isinstance(hook, Reader):
            yield from checks.of_reader(hook, alone)
        else:
            yield from checks.of_network(hook, alone)
    for command in plugin.commands:
        yield checks.of_command(command, plugin)


def _scorers_beside(hook: object, plugin: Plugin) -> tuple[Scorer, ...]:
    return tuple(other for other in plugin.hooks if isinstance(other, Scorer) and other is not hook)


def _names(plugin: Plugin) -> Iterator[Finding]:
    """Yield what is wrong with the names that a plugin defines and reads."""
    for problem in clashes([plugin]):
        yield Finding("its names", problem.message, problem.hint)
    owners: dict[str, str] = {}
    for scorer in (hook for hook in plugin.hooks if isinstance(hook, Scorer)):
        name, at = scorer.field.name, line_of(scorer.function, plugin)
        if name in owners:
            message = f"`{scorer.name}`{at} scores the field `{name}`, and so does `{owners[name]}`"
            yield Finding("its names", message, "a field has one owner: give one of them another name")
        owners.setdefault(name, scorer.name)
        if is_reserved(name) and scorer.field.write:
            message = f"the field `{name}`{at} is a property that users write themselves: it is never written"
            yield Finding("its names", message, f'another name: Field("{name}_score", "…"), or write=False')
    known = _known_fields(plugin)
    for hook in plugin.hooks:
        reads = None if isinstance(hook, Reader) else hook.reads
        for name in (name for name in (reads.fields if reads else ()) if name not in known):
            if near := did_you_mean(name, known, NEAR):
                message = f"`reads`{line_of(hook.function, plugin)} names `{name}`, which nothing scores"
                yield Finding("its names", message, near.removeprefix(": "))


def _known_fields(plugin: Plugin) -> set[str]:
    bundled = loader.bundled(Config(enable=discovery.OPTIONAL))
    scorers = [hook for other in (*bundled, plugin) for hook in other.hooks if isinstance(hook, Scorer)]
    return {hook.field.name for hook in scorers} | {DEPTH.name, TEXT, STYLES, MAP, *discovery.OPTIONAL}


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
