"""Check whether a plugin keeps the contract: the checks of `conforms` and of `netnotes plugins check`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

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
from netnotes.testing.lint import lint
from netnotes.testing.subjects import What, as_plugin, text_of

NEAR = 0.8
"""How similar (see difflib) a field that is read and one that is scored must be for the first to be a typo."""


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
