"""What is installed: pinned where tests run, complete in the wheel."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
HERE = {canonicalize_name(pin.name): str(pin.specifier) for pin in PINS if pin.marker is None or pin.marker.evaluate()}
EXTRAS = PROJECT["project"]["optional-dependencies"]


def with_extras(texts):
    """Yield requirements, those of our own extras in place of their names."""
    for text in texts:
        required = Requirement(text)
        if required.name == "netnotes":
            for extra in required.extras:
                yield from with_extras(EXTRAS[extra])
        else:
            yield required


REQUIRED = sorted(
    with_extras(
        [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"], *EXTRAS["test"], *EXTRAS["full"]]
    ),
    key=str,
)
"""In one order in every process: tests are parted among several."""
SOURCES = {"netnotes": ROOT / "netnotes", "netnotes_plugins": ROOT / "plugins"}
IMPORT_ALL = """
import importlib, pkgutil, sys
for name in ("netnotes", "netnotes_plugins"):
    package = importlib.import_module(name)
    print(name, package.__file__)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
        print(module.name)
"""


@pytest.mark.parametrize("required", REQUIRED, ids=lambda required: required.name)
def test_requirements_have_a_lower_bound_and_a_pin_within_their_range(required):
    assert any(each.operator == ">=" for each in required.specifier)
    assert required.specifier.contains(HERE[canonicalize_name(required.name)].removeprefix("=="))


@pytest.mark.parametrize("extra", ["test", pytest.param("full", marks=pytest.mark.full)])
def test_nothing_that_is_installed_for_the_tests_is_left_unpinned(extra):
    required = with_extras([*PROJECT["project"]["dependencies"], *EXTRAS[extra]])
    names = {canonicalize_name(each.name) for each in required if each.marker is None or each.marker.evaluate()}
    todo = list(names)
    while todo:
        needing = todo.pop()
        if HERE.get(needing) != f"=={metadata.version(needing)}":
            # `.ci/versions` installs other versions, which may need other packages.
            continue
        for text in metadata.requires(needing) or ():
            required = Requirement(text)
            name = canonicalize_name(required.name)
            if name not in names and (required.marker is None or required.marker.evaluate({"extra": ""})):
                names.add(name)
                todo.append(name)
    assert names <= HERE.keys()


def test_pins_are_exact_and_name_no_address():
    assert all(re.fullmatch(r"==[^*]+", str(pin.specifier)) and pin.url is None for pin in PINS)


def test_imported_packages_are_declared():
    project = PROJECT["project"]
    extras = (text for name in ("batch", "dask", "mcp", "round") for text in project["optional-dependencies"][name])
    declared = {canonicalize_name(Requirement(text).name) for text in (*project["dependencies"], *extras)}
    known = metadata.packages_distributions()
    imported = {
        match[1]
        for source in SOURCES.values()
        for file in source.rglob("*.py")
        for match in re.finditer(r"^ *(?:from|import) (\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    used = {
        canonicalize_name(known[name][0])
        for name in imported - SOURCES.keys() - {"pytest", "hypothesis"}
        if name in known
    }
    assert used - {"netnotes"} <= declared


@pytest.mark.full
def test_the_wheel_holds_every_module_and_file_and_all_can_be_imported(tmp_path):
    project, wheels, site = tmp_path / "project", tmp_path / "wheels", tmp_path / "site"
    project.mkdir()
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project)
    for source in SOURCES.values():
        shutil.copytree(source, project / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "examples" / "vault", project / "examples" / "vault")
    pin = {"PIP_CONSTRAINT": str(ROOT / "constraints.txt"), "PIP_BUILD_CONSTRAINT": str(ROOT / "constraints.txt")}
    pip = [sys.executable, "-m", "pip"]
    assert "Warning:" not in run([*pip, "-v", "wheel", "--no-deps", "-w", wheels, project], **pin)
    (wheel,) = wheels.iterdir()
    run([*pip, "-q", "install", "--no-deps", "--target", site, wheel])
    imported = run([sys.executable, "-c", IMPORT_ALL], cwd=tmp_path, PYTHONPATH=str(site))
    first = dict(line.split(" ", 1) for line in imported.splitlines() if " " in line)
    assert all(Path(first[name]).parent == site / name for name in SOURCES)
    assert "5 of 5" in run([sys.executable, "-m", "netnotes", "demo"], cwd=tmp_path, PYTHONPATH=str(site))
    modules = {line.split(" ")[0] for line in imported.splitlines()}
    assert contents(site / "netnotes" / "example_vault") == contents(ROOT / "examples" / "vault")
    shutil.rmtree(site / "netnotes" / "example_vault")
    for name, source in SOURCES.items():
        files = contents(source)
        assert files == contents(site / name)
        assert {dotted(name, file) for file in files if file.suffix == ".py"} <= modules


def contents(folder):
    """Return the paths of all files within, but for compiled ones and notes for developers."""
    return {
        f.relative_to(folder)
        for f in folder.rglob("*")
        if f.is_file() and "__pycache__" not in f.parts and f.name != "README.md"
    }


def dotted(package, file):
    parts = file.with_suffix("").parts
    return ".".join([package, *(parts[:-1] if parts[-1] == "__init__" else parts)])


def run(command, cwd=None, **variables):
    environment = {**os.environ, **variables}
    ended = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
