"""Read the fenced blocks of a page of docs, with what stands on their first line."""

import re
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$|^<!-- (.*?) -->$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    kind: str
    """Language of the block, or `mark` for a comment."""
    head: str
    """What stands behind the language; a comment's own words."""
    text: str

    @property
    def file(self) -> str | None:
        """Where the page says to put the block."""
        found = re.search(r"file=(\S+)", self.head)
        return found[1] if found else None


def blocks(place: Path) -> list[Block]:
    found = FENCE.finditer(place.read_text(encoding="utf-8"))
    return [Block("mark", m[4], "") if m[4] else Block(m[1], m[2].strip(), m[3]) for m in found]


def fits(output: str, expected: str) -> bool:
    """Return whether what was printed fits the page, in which `…` is anything and runs of spaces are one."""
    lines = [re.sub(r"[ \t]+", " ", line.strip()) for line in expected.strip().splitlines()]
    result = "\n".join(re.sub(r"[ \t]+", " ", line.strip()) for line in output.strip().splitlines())
    pattern = "\n".join("(.|\n)*" if line == "…" else re.escape(line).replace("…", ".*") for line in lines)
    return (
        re.fullmatch(pattern.replace("(.|\n)*\n", "(?:(?:.|\n)*\n)?").replace("\n(.|\n)*", "(?:\n(?:.|\n)*)?"), result)
        is not None
    )
