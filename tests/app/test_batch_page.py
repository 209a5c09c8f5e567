"""The page about `batch` lists the columns that the code has, with their kinds and which are left out without names."""

import re
from pathlib import Path

from netnotes.app.batch.worker import TABLES, UNNAMED
from netnotes.export.rows import SCHEMAS

PAGE = Path(__file__).parents[2] / "docs" / "batch.md"
SECTION = re.compile(r"^### (\w+)\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (`.*?) \| (\w[\w, ]*) \|", re.MULTILINE)


def listed(section):
    """Return the columns of a section: name → its kind, and whether the page marks it as left out."""
    found = {}
    for names, kinds in ROW.findall(section):
        several = names.split(", ")
        each_kind = kinds.split(", ") if ", " in kinds else [kinds] * len(several)
        for name, kind in zip(several, each_kind, strict=True):
            found[name.strip("` †")] = (kind, "†" in name)
    return found


def test_the_page_lists_the_columns_of_each_table():
    sections = {name.lower(): listed(text) for name, text in SECTION.findall(PAGE.read_text(encoding="utf-8"))}
    assert sections == {
        table: {name: (kind, name in UNNAMED[table]) for name, kind in SCHEMAS[table].items()} for table in TABLES
    }
