"""Inputs that once broke a parser, one file each in `finds/PARSER`, and the seeds that fuzzing begins with."""

from pathlib import Path

import pytest

from tests.safety.fuzz_targets import SEEDS, TARGETS

FINDS = Path(__file__).parent / "finds"


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_break_no_parser(name):
    assert SEEDS[name]
    for seed in SEEDS[name]:
        TARGETS[name](seed)


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_that_once_broke_a_parser_do_not(name):
    for find in sorted(FINDS.glob(f"{name}/*")):
        TARGETS[name](find.read_bytes())


def test_finds_are_kept_below_the_name_of_their_parser():
    assert {path.name for path in FINDS.glob("*")} <= set(TARGETS)
