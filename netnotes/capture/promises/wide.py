"""Who owes what in Chinese and Japanese, where the subject of the clause tells: `她周五前要还我书`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from netnotes.capture.names.book import NameMatch
from netnotes.model import Initiative
from netnotes.regex import regex
from netnotes.text.lexicon.words import WIDE_LANGUAGES, Word

_PRONOUN = regex(
    "(?<![跟和与與同给給向对對欠])([我她他]|对方|對方|彼女|彼|向こう|相手)(?:们|們)?(?:が|は|も)?(?![的にのと])"
)
_THEM_AFTER = regex("(?:さん|くん|君|ちゃん)?(?:が|は|も)")
"""Japanese: what follows a name that is a subject."""
_NO_SUBJECT_BEFORE, _NO_SUBJECT_AFTER = tuple("跟和与與同给給向对對欠找"), tuple("的家那")
_LEAD = regex(r"\s*(?:就|也|还|還)?(?:要|会|會|得|必须|必須|需要)?\s*")
_TO_ME = regex("[还還给給]我|我.{0,4}$")


class WideSubject(NamedTuple):
    """The subject of a clause."""

    who: Initiative | None
    end: int
    """Where it ends; where the clause begins if it has none."""


def wide_subject(masked: str, names: Sequence[NameMatch], start: int, mark: Word) -> WideSubject:
    """Return the subject of a clause that begins at `start`, before the word of a promise."""
    if mark.language not in WIDE_LANGUAGES:
        return WideSubject(None, start)
    for name in names:
        if start <= name.start < mark.start:
            if mark.language == "ja":
                if particle := _THEM_AFTER.match(masked, name.end):
                    return WideSubject("them", particle.end())
            elif not masked.endswith(_NO_SUBJECT_BEFORE, start, name.start) and not masked.startswith(
                _NO_SUBJECT_AFTER, name.end
            ):
                return WideSubject("them", name.end)
    if pronoun := _PRONOUN.search(masked, start, mark.start + 1):
        return WideSubject("me" if pronoun[1] == "我" else "them", pronoun.end())
    to_me = mark.language == "zh" and is_owed_to_me(masked, mark, len(masked))
    return WideSubject("them" if to_me else None, start)


def is_owed_to_me(masked: str, mark: Word, end: int) -> bool:
    """Return whether something is owed to the writer: `还我书`; in Japanese nothing else need say so."""
    return mark.language == "ja" or _TO_ME.search(masked, mark.start, end) is not None


def end_of_lead(text: str, at: int) -> int:
    """Return where what is owed begins, after the subject and words such as `要`."""
    lead = _LEAD.match(text, at)
    return lead.end() if lead else at
