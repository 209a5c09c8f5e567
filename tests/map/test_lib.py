"""The page's modules: the pure ones are tested by node, and no import leads round in a circle."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from netnotes.map.page.bundle import BundleError, bundle, imports
from netnotes.map.page.render import ENTRY, LIVE, OPENING

WEB = Path(__file__).parents[2] / "netnotes/map/web"
LIB = Path(__file__).parent / "lib"
"""Tests for node, one file for each module of `lib/`."""
ORDER = ("lib", "state", "draw", "ui")
"""Folders of the page's modules: each imports from itself and from those before it."""
MODULES = sorted(file.relative_to(WEB).as_posix() for file in WEB.rglob("*.js"))


def text(path):
    return (WEB / path).read_text("utf-8")


def test_node_finds_no_fault_in_the_pure_modules():
    node = shutil.which("node")
    if node is None:
        playwright = pytest.importorskip("playwright")
        node = str(Path(playwright.__file__).parent / "driver/node")
    files = sorted(LIB.glob("*.test.mjs"))
    ran = subprocess.run(
        [node, "--input-type=module", "--eval", "\n".join(f"import {json.dumps(file.as_uri())};" for file in files)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_each_pure_module_has_a_test_for_node():
    tested = {file.name.removesuffix(".test.mjs") for file in LIB.glob("*.test.mjs")}
    pure = {Path(module).stem for module in MODULES if module.startswith("lib/")}
    # The recorder needs a canvas: its drawings are compared in a browser.
    assert tested == pure - {"svg_recorder"}


@pytest.mark.parametrize("module", MODULES)
def test_imports_lead_from_the_pure_to_the_visible(module):
    own = ORDER.index(module.split("/")[0])
    assert [path for path in imports(module, text(module)) if ORDER.index(path.split("/")[0]) > own] == []


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("lib/")])
def test_pure_modules_know_no_page(module):
    assert re.findall(r"(?:document|window|globalThis|location|history)\.|matchMedia\(", text(module)) == []


@pytest.mark.parametrize("entry", [ENTRY, LIVE])
def test_the_bundle_holds_every_module_once_and_no_import_is_left(entry):
    joined = "".join(bundle(text, [OPENING, entry]))
    held = re.findall(r"^// ((?:lib|state|draw|ui)/\w+\.js)$", joined, re.MULTILINE)
    assert sorted(held) == [module for module in MODULES if entry == LIVE or module != LIVE]
    assert re.findall(r"^(?:import|export)\b.*", joined, re.MULTILINE) == []


def joined(modules, entry="a.js"):
    (script,) = bundle(modules.__getitem__, [entry])
    return script


def test_a_script_holds_what_none_before_it_holds():
    modules = {
        "first.js": 'import { one } from "./both.js";\nexport const two = one + 1;\n',
        "rest.js": 'import { one } from "./both.js";\nimport { two } from "./first.js";\nconsole.log(one + two);\n',
        "both.js": "export const one = 1;\n",
    }
    scripts = bundle(modules.__getitem__, ["first.js", "rest.js"])
    assert [re.findall(r"^// (\w+\.js)$", script, re.MULTILINE) for script in scripts] == [
        ["both.js", "first.js"],
        ["rest.js"],
    ]


def test_the_script_of_the_first_picture_reads_no_details():
    assert "state/details.js" not in bundle(text, [OPENING])[0]


def test_a_circle_of_imports_is_refused():
    with pytest.raises(BundleError, match=r"circle of imports: b\.js → c\.js → b\.js"):
        joined({"a.js": 'import "./b.js";\n', "b.js": 'import "./c.js";\n', "c.js": 'import "./b.js";\n'})


@pytest.mark.parametrize(
    "line",
    [
        'import everything from "./b.js";',
        'import * as everything from "./b.js";',
        'export { one } from "./b.js";',
        "export default 1;",
        'import { one } from "package";',
    ],
)
def test_unknown_module_syntax_is_refused(line):
    with pytest.raises(BundleError):
        joined({"a.js": f"{line}\n", "b.js": "export const one = 1;\n"})


def test_a_joined_script_runs_each_module_once_after_those_it_imports():
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = joined(
        {
            "a.js": 'import { two as other } from "./x/b.js";\nimport "./c.js";\nconsole.log("a", other);\n',
            "x/b.js": 'import { one } from "../c.js";\nexport const two = one + 1;\nconsole.log("b");\n',
            "c.js": 'export const one = 1;\nexport function three() { return 3; }\nconsole.log("c", three());\n',
        }
    )
    ran = subprocess.run([node, "-e", script], capture_output=True, text=True, timeout=30, check=True)
    assert ran.stdout.split("\n")[:3] == ["c 3", "b", "a 2"]
