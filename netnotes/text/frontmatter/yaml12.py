"""Read front matter text as the app's parser does: YAML 1.2, core schema, nothing executed.

PyYAML's C parser (its Python one where that is missing) turns the text into events; `yaml_values` builds values
from them by the app's stricter rules; `yaml_substitutes` replaces characters that only the library refuses.
Duplicate keys are a fault, dates stay text, `<<` and `=` are like any other word, unknown tags are ignored,
property names are text. Nothing here knows of fences or files, or writes.

Bounds: 1,000,000 characters, 100 levels, 50,000 values (an alias counts with all its values), and the app's
own bound on aliases. Beyond them, and for anything the app would not read, `Fault` says why and on what line.
"""

from typing import Any, Final

import yaml

from netnotes.text.frontmatter import yaml_substitutes
from netnotes.text.frontmatter.yaml_values import TOO_DEEP, Document, DocumentBuilder, Entry, Fault

__all__ = ["MAX_LENGTH", "Document", "Entry", "Fault", "parse"]

MAX_LENGTH: Final = 1_000_000

_MOST_REPAIRS: Final = 200
_MOST_REPAIRED_CHARACTERS: Final = 2_000_000
_DEFAULT_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOT_YAML: Final = "this is not YAML that NetNotes can read: put the value in quotes"
_MESSAGES: Final = (
    ("mapping values are not allowed", "a second `: ` on the line, or a key indented too far: quote the value"),
    ("mapping keys are not allowed", "a `?` where no key can begin: put the value in quotes"),
    ("tab character", "a tab where only spaces may indent"),
    ("cannot start any token", "a value cannot begin with this character: put it in quotes"),
    ("<document start>", "text follows where nothing more can: put the whole value in quotes"),
    ("expected key", "text that belongs to no property: put the whole value in quotes"),
    ("expected <block end>", "text that belongs to no property: put the whole value in quotes"),
    ("expected '-' indicator", "a list item that is not indented like the items above it"),
    ("node content", "a value is missing between brackets or commas: put the whole value in quotes"),
    ("expected ':'", "a line without `key:`"),
    ("unexpected end of stream", "a quote is opened and never closed"),
    ("document indicator", "a quote is opened and never closed"),
    ("expected ',' or", "a bracket is opened and not closed as it should be: quote text that has brackets"),
    ("sequence entries", "a list cannot begin on the line of its key"),
    ("alphabetic or numeric", "`&` and `*` need a name of letters and digits: put the value in quotes"),
    ("comment or line break", "nothing can follow `|` or `>` on its line: put the value in quotes"),
    ("unknown escape", "a backslash that means nothing within double quotes: use single quotes"),
    ("hexdecimal", "a backslash that means nothing within double quotes: use single quotes"),
    ("escape code", "a backslash that means nothing within double quotes: use single quotes"),
    ("undefined tag", "a `!` tag that is not declared: put the value in quotes"),
    ("tag", "a `!` tag that cannot be read: put the value in quotes"),
    ("nesting depth", TOO_DEEP),
)
"""Part of the library's message, and what NetNotes says instead; the first that matches. Else `_NOT_YAML`."""


def parse(text: str, loader: Any = _DEFAULT_LOADER) -> Document:
    """Return what the text between two fences holds; raises Fault.

    `loader` is a PyYAML loader class; only its event stream is used, nothing is constructed by it.
    """
    if len(text) > MAX_LENGTH:
        raise Fault(f"it is longer than {MAX_LENGTH:,} characters", 0)
    readable = yaml_substitutes.substitute(text)
    repairs = min(_MOST_REPAIRS, _MOST_REPAIRED_CHARACTERS // (len(text) + 1))
    while True:
        try:
            return _read(readable, loader)
        except yaml.MarkedYAMLError as error:
            mark, problem = error.problem_mark, error.problem or ""
            repaired = yaml_substitutes.repair(readable, problem, mark.index) if mark and repairs > 0 else None
            if repaired is None:
                raise Fault(_message(problem, readable.text, mark), mark.line if mark else 0) from error
            readable = repaired
            repairs -= 1
        except yaml.YAMLError as error:
            raise Fault(_NOT_YAML, 0) from error


def no_properties(value: object) -> str:
    """Return what is wrong with a block that holds something other than properties."""
    return f"it is {'a list' if isinstance(value, list) else 'plain text'}, not `key: value` lines"


def _read(readable: yaml_substitutes.Readable, loader: Any) -> Document:
    source = loader(readable.text)
    try:
        fold = DocumentBuilder(readable)
        while not fold.is_complete:
            fold.take(source.get_event())
        return fold.document
    finally:
        source.dispose()


def _message(problem: str, text: str, mark: Any) -> str:
    """Return our message for the library's: its words change from release to release."""
    if mark and text[mark.index : mark.index + 1] == "\t":
        problem = "tab character"
    return next((message for part, message in _MESSAGES if part in problem), _NOT_YAML)
