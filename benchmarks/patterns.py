"""Which regular expressions take more than time in proportion to the text.

    python -m benchmarks.patterns [NAME]

Every pattern of the program whose name contains NAME searches texts of one repeated piece, of 1,000 and of 4,000
characters. Printed are those whose time grew by more than 8: they cost at least the square of the length. A pattern
that is only matched at the beginning of a text, or against a short one, may be listed for no harm.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator

import netnotes
from netnotes.regex import Regex

PIECES = (
    *" \t\n aA1é漢🙂-_.,:'\"&|/@#*`[](){}<>$\\",
    *("a ", "A ", "1 ", "Ab ", "a-", "1-", "1/", "a.", "a@", "a,", "a:", " \t", "- ", "x'", "![", "==", "~~", "%%"),
    *("[[", "]]", "[a", "[a]", "[a](", "(a", "<a", "[[a|", "[[a]] ", "<!--", "#a/", "and ", "Ab and "),
    *("12:30 ", "2026-01-01 ", "10 min ", "1.5", "1h "),
)
BEFORE = ("", "a", "- ", "[", "(", "x: ", "Ab ")
END = "\0x"
"""No pattern ends with it."""
SHORT, LONG = 1_000, 4_000
GROWTH, SECONDS = 8, 0.03


def patterns(part: str = "") -> dict[str, re.Pattern[str]]:
    """Return the patterns of all modules: where they are → the pattern."""
    found: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(netnotes.__path__, "netnotes."):
        if not info.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(info.name)).items():
                found |= dict(_within(f"{info.name}.{name}", value))
    return {name: pattern for name, pattern in found.items() if part in name}


def _within(name: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern | Regex) and isinstance(value.pattern, str):
        yield name, re.compile(value.pattern, value.flags)
    elif isinstance(value, tuple | list):
        for number, item in enumerate(value):
            yield from _within(f"{name}[{number}]", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _within(f"{name}[{key!r}]", item)


def seconds(pattern: re.Pattern[str], before: str, piece: str, size: int) -> float:
    """Return the processor time of finding all matches in a text of about `size` characters."""
    text = before + piece * (size // len(piece)) + END
    begin = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begin


def growth(pattern: re.Pattern[str]) -> tuple[float, float, str] | None:
    """Return the two times and the beginning of the first text for which a pattern is slow, or None."""
    for piece, before in itertools.product(dict.fromkeys(PIECES), BEFORE):
        short = seconds(pattern, before, piece, SHORT)
        if short > SECONDS / 100 and (long := seconds(pattern, before, piece, LONG)) > max(SECONDS, GROWTH * short):
            return short, long, before + piece * 3
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", default="")
    names = patterns(parser.parse_args().name)
    slow = 0
    for name, pattern in sorted(names.items()):
        if found := growth(pattern):
            slow += 1
            print(f"{name}: {found[0]:.3f} s, {found[1]:.3f} s for {found[2]!r}…", flush=True)
    print(f"{len(names)} patterns, {slow} slow ones")


if __name__ == "__main__":
    main()
