"""The page that documents `netnotes.api`, made of its docstrings, so that the two cannot differ."""

import ast
import dataclasses
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from netnotes import api
from netnotes.model import Stretch
from netnotes.plugin.network_view import MapTables

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "plugins"
VERSION = re.compile(r"\.\. versionadded:: (\S+)")
HEAD = """# Everything in `netnotes.api`

All names, by task. A plugin may import only from here and from `netnotes.insights`. This page is generated from the \
source (`pytest tests/plugin/test_api.py --update`). Arguments after `*` are given by name. If a call such as \
`tie.stretches(days)` is shown instead of an import, only that call returns the record. See also \
[what stays stable](promise.md) and the [changes](changelog.md).
"""
TASKS = {
    "Mark a function": "scorer styler report reader exporter watcher",
    "Options and commands": "option argument NoOptions Session pass_session",
    "What a function yields": "Field Score Value Style Row Cell Remark Block ExtraFile FoundEncounter Initiative "
    "Notice Problem",
    "What a function gets": "Network MapTables Change Note File",
    "People and ties": "Person Tie Contact Stretch Scene Group",
    "What notes say": "Encounter Mention Promise Link SourceLine",
    "What people's notes declare": "cadence kin known_before known_since left_alone next_birthday rating snoozed_until",
    "Figures of depth": "DEEP THIN_DAYS",
}
"""Heading → the names below it."""
RETURNED: dict[str, tuple[type, str]] = {
    "MapTables": (MapTables, "network.map() -> MapTables"),
    "Stretch": (Stretch, "tie.stretches(days) -> Iterator[Stretch]"),
}
"""Record that a plugin neither makes nor imports → its type, and the call that returns it."""


def page() -> str:
    parts = [HEAD]
    for task, names in TASKS.items():
        parts += [f"## {task}\n", *map(section, names.split())]
    return "\n".join(parts)


def section(name: str) -> str:
    about, fields = result(name)
    version = VERSION.search(about)
    text = VERSION.sub("", about).strip()
    parts = [f"### {name}", f"`{signature(name)}`", text]
    if fields:
        parts.append("\n".join(f"- `{field}`{f': {words}' if words else ''}" for field, words in fields))
    seen = [
        place.stem
        for place in sorted(PAGES.glob("*.md"))
        if place.stem not in ("api", "README") and re.search(rf"\b{name}\b", code(place))
    ]
    shown = " · ".join(f"[{stem}]({stem}.md)" for stem in seen)
    parts.append(f"*New in {version[1] if version else '?'}.*" + (f" In use: {shown}." if shown else ""))
    return "\n\n".join(parts) + "\n"


def result(name: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a name's own words, and those of its fields and properties."""
    found = _found(name)
    if not (inspect.isclass(found) or inspect.isfunction(found)):
        return _of_constant(name), []
    about = inspect.cleandoc(inspect.getdoc(found) or "")
    if not inspect.isclass(found):
        return about, []
    tree = ast.parse(_source(found))
    body = cast("ast.ClassDef", tree.body[0]).body
    fields = []
    for at, node in enumerate(body):
        if isinstance(node, ast.AnnAssign) and not ast.unparse(node.target).startswith("_"):
            after = body[at + 1] if at + 1 < len(body) else None
            default = _default(node.value)
            fields.append((f"{ast.unparse(node.target)}: {ast.unparse(node.annotation)}{default}", _words(after)))
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            shown = (
                f"{node.name}({', '.join(a.arg for a in node.args.args[1:])})" if not node.decorator_list else node.name
            )
            fields.append((shown, inspect.cleandoc(ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")))
    return about, fields


def _found(name: str) -> Any:
    return RETURNED[name][0] if name in RETURNED else getattr(api, name)


def signature(name: str) -> str:
    if name in RETURNED:
        return RETURNED[name][1]
    found = getattr(api, name)
    if not (inspect.isclass(found) or inspect.isfunction(found)):
        return f"{name} = {found!r}".replace("netnotes.model.", "").replace("datetime.", "dt.")
    if dataclasses.is_dataclass(found) and not name.startswith(("Person", "Tie", "Encounter")):
        fields = [field for field in dataclasses.fields(found) if field.init and not field.name.startswith("_")]
        first = [field.name for field in fields if not field.kw_only]
        named = [field.name for field in fields if field.kw_only]
        return f"{name}({', '.join([*first, *(['*', *named] if named else [])])})"
    if inspect.isclass(found):
        return f"from netnotes.api import {name}"
    return f"{name}({', '.join(_parameters(found))})"


def _parameters(function: Any) -> Iterator[str]:
    star = False
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not star:
            star = True
            yield "*"
        if parameter.name != "function":
            default = parameter.default
            shown = getattr(default, "__name__", repr(default))
            yield parameter.name + ("" if default is parameter.empty else f"={shown}")


def _default(value: ast.expr | None) -> str:
    """Return the default of a field as it is written, that of a factory as what it makes."""
    if value is None:
        return ""
    made = {"dict": "{}", "_nothing": "{}", "_empty": "{}", "_no_text": ""}
    if isinstance(value, ast.Call):
        known = {keyword.arg: ast.unparse(keyword.value) for keyword in value.keywords}
        shown = known.get("default") or made.get(known.get("default_factory", ""), "")
        return f" = {shown}" if shown else ""
    return f" = {ast.unparse(value)}"


def code(place: Path) -> str:
    return "\n".join(re.findall(r"^```python.*?^```", place.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


def _source(found: type) -> str:
    return textwrap.dedent(inspect.getsource(found))


def _words(node: ast.AST | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(inspect.cleandoc(node.value.value).split())
    return ""


def _of_constant(name: str) -> str:
    source = ast.parse((ROOT / "netnotes" / "api.py").read_text(encoding="utf-8"))
    module = next(n.module for n in source.body if isinstance(n, ast.ImportFrom) and name in {a.name for a in n.names})
    body = ast.parse((ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")).body
    at = next(i for i, n in enumerate(body) if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == name)
    return inspect.cleandoc(ast.literal_eval(cast("ast.Expr", body[at + 1]).value))
