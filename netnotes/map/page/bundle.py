"""Join the page's ES modules into scripts, each after the modules it imports. Runs whenever a page is written.

It understands the syntax that our modules use: `import { a, b as c } from "./x.js"`, `import "./x.js"`, and `export`
before `const`, `class` or `function`. Any other module syntax is an error, and so is a circle of imports.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence

_IMPORT = re.compile(r'^import (?:\{(?P<names>[^}]*)\} from )?"(?P<path>[^"]*)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|class|function\*?|async function) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class BundleError(ValueError):
    """The modules cannot be joined: a circle, or syntax that the bundler does not know."""


def bundle(read: Callable[[str], str], entries: Sequence[str]) -> list[str]:
    """Return a classic script for each module of `entries`: it and all its imports that no earlier script contains.

    `read` returns the text of a module by its path from the root. Each module becomes a function that runs once, in the
    order in which a browser would run them. The scripts of one page see each other's modules.
    """
    done: set[str] = set()
    return [
        '"use strict";\n' + "\n".join(_wrapped(path, text) for path, text in _ordered(read, entry, done))
        for entry in entries
    ]


def imports(path: str, text: str) -> list[str]:
    """Return the paths of the modules that a module imports, relative to the root."""
    return [_resolved(path, found["path"]) for found in _IMPORT.finditer(text)]


def _ordered(read: Callable[[str], str], entry: str, done: set[str]) -> Iterator[tuple[str, str]]:
    """Yield path and text of each module that is not `done`, after the modules that it imports."""

    def visit(path: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        if path in above:
            raise BundleError(f"circle of imports: {' → '.join((*above[above.index(path) :], path))}")
        if path in done:
            return
        text = read(path)
        for wanted in imports(path, text):
            yield from visit(wanted, (*above, path))
        done.add(path)
        yield path, text

    yield from visit(entry, ())


def _resolved(path: str, wanted: str) -> str:
    if not wanted.startswith(("./", "../")):
        raise BundleError(f"{path}: imports are relative, not {wanted!r}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), wanted))


def _wrapped(path: str, text: str) -> str:
    """Return a module as a constant that holds its exports."""

    def imported(found: re.Match[str]) -> str:
        names = [name.strip().replace(" as ", ": ") for name in (found["names"] or "").split(",") if name.strip()]
        return f"const {{ {', '.join(names)} }} = {_name(_resolved(path, found['path']))};\n" if names else ""

    exported = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(imported, text))
    if other := _OTHER.search(body):
        raise BundleError(f"{path}: the bundler does not know `{other[0]}`")
    return f"// {path}\nconst {_name(path)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"


def _name(path: str) -> str:
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))
