"""An MCP server for one vault, over standard input and output, built with the official SDK.

Tools only read, unless the vault is opened for writing too. `answers` builds the answers, `writing` writes. Only
bundled plugins run: others might yield text of notes.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable
from dataclasses import field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol, TypeVar

from netnotes.app.mcp import answers
from netnotes.app.mcp.answers import plain_name
from netnotes.app.mcp.records import (
    NOTICE,
    ForecastAnswer,
    HistoryAnswer,
    IntroduceAnswer,
    PathAnswer,
    PeopleAnswer,
    ScenesAnswer,
    TodayAnswer,
    WhyAnswer,
    WriteAnswer,
)
from netnotes.app.mcp.writing import NotWritten, Writer
from netnotes.app.relationships import Relationships, relationships
from netnotes.app.workspace import Workspace, open_workspace
from netnotes.errors import AmbiguousName, NetNotesError, PersonNotFound
from netnotes.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from netnotes.writing.journal import Journal

MAP = "ui://netnotes/map"
MIME = "text/html;profile=mcp-app"
"""Type of an MCP Apps page."""
LONGEST_WORD = 200
"""Longest name that a tool accepts, in characters."""
INSTRUCTIONS = (
    "NetNotes computes how deep the user's relationships are from their own notes. Depth and warmth are 0 to 1; deep "
    "is 0.5 or more. You get names, numbers and days, never the text of a note. " + NOTICE
)
T = TypeVar("T")
Tie = Literal["deep", "shallow", "thin"]
Warmth = Literal["warm", "cooling", "dormant"]


@dataclass(slots=True)
class Reader:
    """A vault, read again when something in it or the date changes."""

    space: Workspace
    day: Callable[[], dt.date]
    known: Relationships | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> Relationships:
        """Return the relationships of the current notes."""
        vault, day = self.space.read(), self.day()
        if self.known is None or (self.known.vault, self.known.today) != (vault, day):
            self.known = relationships(self.space, vault, day)
        return self.known


def open_server(
    root: Path, day: Callable[[], dt.date], open_journal: Callable[[Path], Journal] | None = None
) -> MCPServer:
    """Return the server of the vault at `root`; `day()` is today. It writes only with a journal.

    Raises VaultNotFound, BadConfig.
    """
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations

    reader = Reader(open_workspace(root, os.environ, no_plugins=True), day)
    server = MCPServer("netnotes", version=version("netnotes"), instructions=INSTRUCTIONS, log_level="ERROR")
    reading = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def answer(made: Callable[[Relationships], T]) -> T:
        try:
            with reader.lock:
                return made(reader())
        except NetNotesError as error:
            raise ToolError(_said(error)) from None
        except Exception as error:  # noqa: BLE001  # its message might hold text of a note
            raise ToolError(f"could not answer: {type(error).__name__}") from None

    _add_tools(server, answer, reading)
    if open_journal is not None:
        writing = ToolAnnotations(
            read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False
        )
        _add_writing_tools(server, answer, Writer(reader.space, day, open_journal), writing)

    @server.resource(
        MAP,
        name="map",
        title="The map",
        description=f"Everyone around the user: the nearer, the deeper. One page that loads nothing. {NOTICE}",
        mime_type=MIME,
        meta={"ui": {"prefersBorder": True}},
    )
    def map_page() -> str:
        return answer(answers.map_page)

    return server


class Answer(Protocol):
    """Answers a question from the current notes."""

    def __call__(self, made: Callable[[Relationships], T], /) -> T:
        """Return the result of `made` for the current notes. Raises ToolError."""


def _add_tools(server: MCPServer, answer: Answer, reading: Any) -> None:
    """Add the tools that read."""
    shown = {"ui": {"resourceUri": MAP}}

    @server.tool(title="People", structured_output=True, annotations=reading, meta=shown)
    def people(
        scene: Annotated[str | None, "Only people of this scene"] = None,
        tie: Tie | None = None,
        warmth: Warmth | None = None,
        most: Annotated[int, "1 to 200"] = 40,
    ) -> PeopleAnswer:
        """List the user's relationships, deepest first: depth, warmth, last contact, next contact."""
        return answer(lambda notes: answers.people(notes, _word(scene), tie, warmth, min(200, max(1, most))))

    @server.tool(title="Why", structured_output=True, annotations=reading)
    def why(name: str, latest: Annotated[int, "Encounters to list, 0 to 50"] = 10) -> WhyAnswer:
        """Explain one relationship: its parts, what costs most depth, what would help, the latest encounters."""
        return answer(lambda notes: answers.why(notes, _word(name) or "?", min(50, max(0, latest))))

    @server.tool(title="Today", structured_output=True, annotations=reading)
    def today() -> TodayAnswer:
        """List whom to contact today and the kind of reason. What was promised stays in the notes."""
        return answer(answers.today)

    @server.tool(title="Path", structured_output=True, annotations=reading)
    def path(to: Annotated[str, "A person, a scene or a company"]) -> PathAnswer:
        """Find paths to someone through the user's deepest ties."""
        return answer(lambda notes: answers.path(notes, _word(to) or "?"))

    @server.tool(title="Introduce", structured_output=True, annotations=reading)
    def introduce() -> IntroduceAnswer:
        """List pairs of people whom the user could introduce to each other."""
        return answer(answers.introduce)

    @server.tool(title="Scenes", structured_output=True, annotations=reading)
    def scenes() -> ScenesAnswer:
        """List the user's scenes (places, circles, fields) and the user's stage in each."""
        return answer(answers.scenes)

    @server.tool(title="History", structured_output=True, annotations=reading)
    def history(name: str) -> HistoryAnswer:
        """Return depth and warmth of one relationship at the end of each month."""
        return answer(lambda notes: answers.history(notes, _word(name) or "?"))

    @server.tool(title="Forecast", structured_output=True, annotations=reading)
    def forecast(days: Annotated[int, "1 to 365"] = 90) -> ForecastAnswer:
        """List who will drift away within this many days if the user does nothing."""
        return answer(lambda notes: answers.forecast(notes, min(365, max(1, days))))


def _add_writing_tools(server: MCPServer, answer: Answer, writer: Writer, writing: Any) -> None:
    """Add the tools that write; their first call only answers with the change."""

    @server.tool(title="Log", structured_output=True, annotations=writing)
    def log(
        sentence: Annotated[str, "Who, when, how long and how: `coffee with Ada 45m yesterday`"],
        confirm: Annotated[str | None, "From the answer before, after the user has said yes"] = None,
    ) -> WriteAnswer:
        """Write down a contact. Without `confirm` nothing is written: the answer shows the line."""
        return answer(lambda _: writer.log(sentence, confirm))

    @server.tool(title="Later", structured_output=True, annotations=writing)
    def later(
        name: str,
        until: Annotated[str, "`2w`, `10d` or a date like 2026-12-10"],
        confirm: Annotated[str | None, "From the answer before, after the user has said yes"] = None,
    ) -> WriteAnswer:
        """Put someone off until a later day. Without `confirm` nothing is written: the answer shows what would be."""
        return answer(lambda _: writer.later(_word(name) or "?", until, confirm))


def _word(text: str | None) -> str | None:
    return text[:LONGEST_WORD] if text else None


def _said(error: NetNotesError) -> str:
    """Describe a failure without text of notes, except names, which are shortened as everywhere."""
    if isinstance(error, AmbiguousName):
        return f"several people fit: {', '.join(map(plain_name, error.names))}"
    if isinstance(error, PersonNotFound):
        return "no one by that name; `people` lists everyone"
    if isinstance(error, NotWritten):
        return str(error)
    return f"not possible: {type(error).__name__}"
