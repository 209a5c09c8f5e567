"""The page that documents `netnotes.api`, made of its docstrings, so that the two cannot differ."""

import ast
import inspect
import re
import textwrap
from pathlib import Path
from typing import cast

from netnotes import api

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "plugins"
VERSION = re.compile(r"\.\. versionadded:: (\S+)")
HEAD = """# Everything in `netnotes.api`

A plugin imports from here and from nowhere else of NetNotes. What each name means is said in its source; this page is \
made of that (`pytest tests/plugin/test_api.py --update`), and a test fails where one lacks its words, its version \
or a test. See the [promise](promise.md).
"""


def page() -> str:
    return "\n".join([HEAD, *map(section, api.__all__)])


def section(name: str) -> str:
    about, fields = told(name)
    version = VERSION.search(about)
    text = VERSION.sub("", about).strip()
    parts = [f"## {name}", f"`{signature(name)}`", text]
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


def told(name: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a name's own words, and those of its fields and properties."""
    found = getattr(api, name)
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
            fields.append((f"{ast.unparse(node.target)}: {ast.unparse(node.annotation)}", _words(after)))
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            shown = (
                f"{node.name}({', '.join(a.arg for a in node.args.args[1:])})" if not node.decorator_list else node.name
            )
            fields.append((shown, inspect.cleandoc(ast.get_docstring(node) or "").split("\n\n")[0].replace("\n", " ")))
    return about, fields


def signature(name: str) -> str:
    found = getattr(api, name)
    if not (inspect.isclass(found) or inspect.isfunction(found)):
        return f"{name} = {found!r}"
    if inspect.isclass(found):
        return f"from netnotes.api import {name}"
    text = re.sub(r"\s*= <class '[\w.]*Nothing'>", "", f"{name}{inspect.signature(found)}")
    return text.replace("'", "")


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
