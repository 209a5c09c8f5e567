"""docs/options.md: every option with its meaning, type and default from the code, and an example that changes it.

`pytest tests/test_options_page.py --update` writes what comes from the code and keeps the examples, which are written
by hand.
"""

import ast
import dataclasses
import importlib
import inspect
import itertools
import pkgutil
import re
import tomllib
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import netnotes_plugins
import pytest
import tomlkit

from netnotes import config, options

PAGE = Path(__file__).parents[1] / "docs" / "options.md"
FIRST, LAST = "<!-- made from the code -->", "<!-- the end of that -->"
BLOCK = re.compile(r"^### (\S+)\n(?:(?!^### ).)*?^(```toml\n.*?^```)$", re.MULTILINE | re.DOTALL)
NO_EXAMPLE = "```toml\n# write an example\n```"


@dataclass(frozen=True)
class Option:
    """One key of netnotes.toml."""

    key: str
    """`people.types`; the name of a table of tables is in capitals: `scenes.NAME.since`."""
    about: str
    field: dataclasses.Field[Any]
    hint: Any

    def lines(self) -> str:
        """Return what the page says of it, without the example."""
        bounds = [self.field.metadata.get(end) for end in ("low", "high")]
        spoken = {(True, True): "from {} to {}", (True, False): "at least {}", (False, True): "at most {}"}
        within = spoken.get((bounds[0] is not None, bounds[1] is not None), "")
        limits = f", {within.format(*(each for each in bounds if each is not None))}" if within else ""
        initial = default(self.field)
        usual = "none" if initial in (None, (), {}, "") else f"`{tomlkit.item(plain(initial)).as_string()}`"
        takes = options.describe(self.hint)
        return f"### {self.key}\n\n{self.about}\n\nTakes {takes}{limits}. Default: {usual}.\n"


def default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return value


def docs_of(record: type) -> dict[str, str]:
    """Return field → the docstring below it in the source, on one line."""
    body = typing.cast("ast.ClassDef", ast.parse(inspect.getsource(record)).body[0]).body
    return {
        ast.unparse(field.target): " ".join(str(doc.value.value).split())
        for field, doc in itertools.pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(doc, ast.Expr) and isinstance(doc.value, ast.Constant)
    }


def options_of(record: type, prefix: str) -> Iterator[Option]:
    """Yield the options of one table, those of the tables in it after them."""
    about, hints = docs_of(record), typing.get_type_hints(record)
    inner = []
    for field in dataclasses.fields(record):
        hint, key = hints[field.name], f"{prefix}{field.name}"
        arguments = typing.get_args(hint)
        if dataclasses.is_dataclass(hint):
            inner.append((hint, f"{key}."))
        elif len(arguments) == 2 and dataclasses.is_dataclass(arguments[1]):
            inner.append((arguments[1], f"{key}.NAME."))
        elif key != "plugins":
            place = f"plugins.{key}" if record is config.Config and key in config.SWITCHES else key
            yield Option(place, field.metadata.get("about") or about.get(field.name, ""), field, hint)
    for kind, inside in inner:
        yield from options_of(typing.cast("type", kind), inside)


def plugin_records() -> dict[str, type]:
    """Return bundled plugin → its options class."""
    found = {}
    for module in pkgutil.iter_modules(netnotes_plugins.__path__):
        record = getattr(importlib.import_module(f"netnotes_plugins.{module.name}"), "Options", None)
        if record is not None:
            found[module.name] = record
    return found


PLUGINS = plugin_records()
CORE = list(options_of(config.Config, ""))
OWN = {
    option.key: option
    for name, record in PLUGINS.items()
    for option in options_of(record, f"plugins.{name}.")
    if "argument" not in option.field.metadata
}
EVERY = {option.key: option for option in CORE} | OWN


def heading(key: str) -> str:
    """Return the table of an option as the file has it."""
    table = key.rpartition(".")[0]
    return f"[{table}]" if table else "At the top of the file"


def render(page: str) -> str:
    """Return the page with everything between its two marks made again, its examples kept."""
    before, _, rest = page.partition(FIRST)
    after = rest.partition(LAST)[2]
    examples = dict(BLOCK.findall(page))
    parts = []
    ordered = sorted(EVERY.values(), key=lambda option: list(map(heading, EVERY)).index(heading(option.key)))
    for title, group in itertools.groupby(ordered, lambda option: heading(option.key)):
        parts.append(f"## {title}\n")
        parts += [f"{option.lines()}\n{examples.get(option.key, NO_EXAMPLE)}\n" for option in group]
    made = "\n".join(parts)
    return f"{before}{FIRST}\n\n{made}\n{LAST}{after}"


def test_the_page_says_what_the_code_has(request):
    page = PAGE.read_text(encoding="utf-8")
    if request.config.getoption("--update"):
        PAGE.write_text(render(page), encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == render(page)


@pytest.mark.parametrize("key", EVERY)
def test_each_option_says_what_it_means(key):
    assert re.fullmatch(r"[A-Z].*[.]", EVERY[key].about), key


@pytest.mark.parametrize("key", EVERY)
def test_each_example_changes_its_option_and_is_accepted(key):
    text = dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))[key].split("\n", 1)[1].removesuffix("```")
    read = config.parse(text)
    value: Any = tomllib.loads(text)
    for part in key.split("."):
        value = next(iter(value.values())) if part == "NAME" else value[part]
    assert value != plain(default(EVERY[key].field)), "the example changes nothing"
    for name, table in read.plugins.items():
        _, mistakes = options.read(PLUGINS[name], table, f"plugins.{name}")
        assert not mistakes
