"""What a note says before it is known who is a person: its day, if it is a daily note, and who its lists name.

Of many notes a fork of the process looks at all, while this one finds out who is a person. Starts no process itself.
"""

from __future__ import annotations

import datetime as dt
import marshal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial

from netnotes.config import Config
from netnotes.dates import one_object
from netnotes.extract.corpus import Corpus
from netnotes.extract.people.owner import attendees_of
from netnotes.extract.two_processes import FEWEST
from netnotes.invalidation import Changes, Fork
from netnotes.model import Note


class FirstLooks:
    """The looks at the notes of a vault."""

    def __init__(self, corpus: Corpus, config: Config, result: Callable[[], bytes | None]) -> None:
        """Take what returns the looks of another process, as bytes; None if there is none."""
        self._corpus, self._config, self._result = corpus, config, result

    def wait(self) -> None:
        """Wait for the other process, which ends with the block."""
        _ = self._found

    @cached_property
    def _found(self) -> tuple[Mapping[str, int], Mapping[str, Mapping[str, str]]] | None:
        data = self._result()
        return None if data is None else marshal.loads(data)  # noqa: S302  # of a fork of this process

    def attendees(self, note: Note) -> Mapping[str, str]:
        """Return the names in the attendee lists of a note, as `attendees_of` does."""
        return attendees_of(note, self._config) if self._found is None else self._found[1].get(note.path, {})

    def day(self, path: str) -> dt.date | None:
        """Return the day of a daily note that may hold evidence; None for all others."""
        if self._found is None:
            return self._corpus.daily_date(path)
        day = self._found[0].get(path)
        return None if day is None else one_object(dt.date.fromordinal(day))


@contextmanager
def first_looks(corpus: Corpus, config: Config, changes: Changes, fork: Fork) -> Iterator[FirstLooks]:
    """Look at all notes while the block runs, if most have changed."""
    if len(changes.evidence) < FEWEST:
        yield FirstLooks(corpus, config, lambda: None)
        return
    with fork(partial(_all, corpus, config)) as result:
        looks = FirstLooks(corpus, config, result)
        yield looks
        looks.wait()


def _all(corpus: Corpus, config: Config) -> bytes:
    days = {note.path: day.toordinal() for note in corpus.evidence if (day := corpus.daily_date(note.path))}
    lists = {note.path: names for note in corpus.evidence if (names := attendees_of(note, config))}
    return marshal.dumps((days, lists))
