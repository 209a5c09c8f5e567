"""What SECURITY.md, docs/security.md, docs/dependencies.md and the workflows claim."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# The pages for plugin authors name the tests of a plugin.
PAGES = [ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMED = sorted(
    {named for page in PAGES for named in re.findall(r"\btests/[\w/]+\.py(?:::\w+)*", page.read_text(encoding="utf-8"))}
)
"""Tests that pages name: as pytest does, so that each can be run."""
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("named", NAMED)
def test_each_test_that_is_named_is_there(named):
    file, *names = named.split("::")
    inner = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    for name in names:
        (found,) = [node for node in inner if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name]
        inner = found.body


def test_every_promise_names_a_test():
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith(("| promise", "| ---"))]
    assert len(rows) > 20
    assert all(re.search(r"::test_\w+`", row) for row in rows)


def test_each_dependency_has_its_reason():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    always, extra = page.split("## Only with an extra")
    assert set(re.findall(r"^\| ([\w-]+) \|", always, re.MULTILINE)) - {"package", "---"} == names(
        PROJECT["dependencies"]
    )
    described = dict(re.findall(r"^\| ([\w-]+) \| (\w+) \|", extra, re.MULTILINE))
    del described["package"]
    extras = PROJECT["optional-dependencies"]
    assert described.keys() == set().union(*(names(texts) for texts in extras.values()))
    assert all(package in names(extras[extra]) for package, extra in described.items())


def names(requirements):
    return {canonicalize_name(Requirement(text).name) for text in requirements} - {"netnotes"}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_pin_every_action_by_hash_and_have_no_rights_but_those_of_their_jobs(workflow):
    text = workflow.read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert used
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", action) for action, _ in used)
    assert all(re.fullmatch(r" # v[\d.]+", comment) for _, comment in used)
    assert re.search(r"^permissions: \{\}$", text, re.MULTILINE)
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


def test_the_workflow_runs_every_python_that_is_promised():
    versions = re.findall(r":: (3\.\d+)$", "\n".join(PROJECT["classifiers"]), re.MULTILINE)
    matrix = re.search(r"python: \[(.+)\]", (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"))
    assert [version.strip(' "') for version in matrix[1].split(",")] == versions
