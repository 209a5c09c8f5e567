"""The list of changes that nothing can notice: each is one that `.ci/mutate` tries."""

import ast

from tests.safety.mutants import mutants
from tests.safety.mutate import LEFT, MODULES, place_of, read_left


def test_each_change_that_is_explained_is_tried():
    tried = {
        mutant.name
        for module in MODULES
        for mutant in mutants(module, ast.parse(place_of(module).read_text(encoding="utf-8")))
    }
    explained = read_left(LEFT)
    assert explained.keys() <= tried
    assert all(explained.values())
