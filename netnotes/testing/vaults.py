"""Make a vault from one text, such as a test's docstring. Uses no disk."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from netnotes import config as configuration
from netnotes.config import Config
from netnotes.model import Problem, Vault
from netnotes.plugin.sources import SourceFile, Sources, fits, is_outside
from netnotes.text import parse, settings

_HEAD = re.compile(r"^-- (.+?) --[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TextVault:
    """A vault for a test, held in memory.

    .. versionadded:: 0.1
    """

    vault: Vault
    config: Config
    """The options in its `netnotes.toml`."""
    files: Mapping[str, bytes]
    """Path → content, of notes and all other files; those outside the vault begin with `~` or `/`."""

    def sources(self) -> Sources:
        """Return the text and files that plugins may read."""
        return Sources(self._text, self._fitting)

    def _text(self, path: str) -> str:
        return self.files.get(path, b"").decode()

    def _fitting(self, pattern: str) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
        found = [
            SourceFile(path, data, partial(bytes, data))
            for path, data in sorted(self.files.items())
            if fits(path, pattern)
        ]
        return tuple(found), ()


def vault(text: str) -> TextVault:
    """Return the vault in `text`, where each file begins with a line `-- PATH --`.

    The text may be indented like a docstring. A file `netnotes.toml` holds the vault's options, files in `.obsidian/`
    its settings; a path that begins with `~/` or `/` is a file outside the vault. Raises ValueError if there is no
    file, BadConfig for mistakes in the options.

    .. versionadded:: 0.1
    """
    parts = _HEAD.split(textwrap.dedent(text))
    if len(parts) == 1:
        raise ValueError("no file begins: put `-- People/Ada.md --` on a line of its own")
    files = {path: body.removeprefix("\n") for path, body in zip(parts[1::2], parts[2::2], strict=True)}
    own = settings.read({path: body for path, body in files.items() if path in settings.FILES})
    inside = sorted(
        path for path in files if not path.startswith(".") and path != configuration.FILE and not is_outside(path)
    )
    return TextVault(
        Vault(
            name="test",
            notes=tuple(parse.note(path, files[path].encode()) for path in inside if path.endswith(".md")),
            files=tuple(path for path in inside if not path.endswith(".md")),
            app=own.app,
            daily_folder=own.daily_folder,
            daily_format=own.daily_format,
            templates=own.templates,
            excluded=own.excluded,
            problems=own.problems,
        ),
        configuration.parse(files.get(configuration.FILE, "")),
        {path: body.encode() for path, body in files.items()},
    )
