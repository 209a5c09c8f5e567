"""The notebook in `examples` runs from the first cell to the last, as Jupyter would run it, and shows the map."""

import ast
import json
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTEBOOK = json.loads((EXAMPLES / "relationships.ipynb").read_text(encoding="utf-8"))


def shown(source, names):
    """Run the source of a cell; return what its last line is, as a notebook would show it."""
    *body, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        body, last = [*body, last], None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


@pytest.fixture(scope="module")
def results():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(EXAMPLES)
        names: dict[str, object] = {}
        cells = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
        yield [shown(source, names) for source in cells]


@pytest.mark.full
def test_every_cell_but_imports_shows_something(results):
    assert [at for at, result in enumerate(results) if result is None] == [0]
    assert all(len(result) for result in results[1:-1])


@pytest.mark.full
def test_the_last_cell_draws_the_map_inline_in_a_frame_that_reaches_nothing(results):
    html = results[-1]._repr_html_()
    assert html.startswith('<iframe sandbox="allow-scripts"')
    assert "Rowan Pell" in html
    assert "allow-same-origin" not in html


def test_it_is_kept_without_outputs_in_the_format_of_notebooks():
    assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in NOTEBOOK["cells"]}) == len(NOTEBOOK["cells"])
    for cell in NOTEBOOK["cells"]:
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
