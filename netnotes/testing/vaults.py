"""A vault out of one text, as a test's docstring holds it. No disk."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from netnotes import config as configuration
from netnotes.config import Config
from netnotes.model import Vault
from netnotes.text import parse, settings

_HEAD = re.compile(r"^-- (.+?) --[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Notes:
    """A vault for a test, and what its `netnotes.toml` says.

    .. versionadded:: 0.1
    """

    vault: Vault
    config: Config


def vault(text: str) -> Notes:
    """Return the vault that `text` holds: each file begins with a line `-- PATH --`.

    The text may be indented as a docstring is. A file `netnotes.toml` is read as the vault's options, those of
    `.obsidian/` as its settings. Raises ValueError where no file begins, BadConfig for mistakes in the options.

    .. versionadded:: 0.1
    """
    parts = _HEAD.split(textwrap.dedent(text))
    if len(parts) == 1:
        raise ValueError("no file begins: put `-- People/Ada.md --` on a line of its own")
    files = {path: body.removeprefix("\n") for path, body in zip(parts[1::2], parts[2::2], strict=True)}
    own = settings.read({path: body for path, body in files.items() if path in settings.FILES})
    shown = sorted(path for path in files if not path.startswith(".") and path != configuration.FILE)
    return Notes(
        Vault(
            name="test",
            notes=tuple(parse.note(path, files[path].encode()) for path in shown if path.endswith(".md")),
            files=tuple(path for path in shown if not path.endswith(".md")),
            app=own.app,
            daily_folder=own.daily_folder,
            daily_format=own.daily_format,
            templates=own.templates,
            excluded=own.excluded,
            problems=own.problems,
        ),
        configuration.parse(files.get(configuration.FILE, "")),
    )
