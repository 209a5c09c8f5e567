"""Fuzz one parser: `python -m tests.safety.fuzz TARGET [LIBFUZZER-OPTIONS]`, with atheris. `.ci/fuzz` runs all."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["netnotes"]):
    from tests.safety.fuzz_targets import TARGETS


def main() -> None:
    """Run until the options say stop, or an input breaks the parser."""
    name, *rest = sys.argv[1:]
    atheris.Setup([sys.argv[0], *rest], TARGETS[name])
    atheris.Fuzz()


main()
