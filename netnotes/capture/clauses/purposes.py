"""Who is named in Chinese and Japanese only in what another person was contacted for: `给健太打电话,让他告诉李雪`."""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.capture.names.book import NameMatch
from netnotes.regex import regex
from netnotes.text.lexicon.words import CHANNELS, Word, has_wide

_TELLING = regex(
    "(?:(?:让|讓|请|請|叫|要)[他她](?:去)?)?(?:告诉|告訴|转告|轉告|通知|提醒|感谢|感謝|约|約|找|联系|聯繫|接)$"
)
_MADE_TO = regex("(?:让|讓|请|請|叫)[他她][^，。；、]{0,6}$")
_TOLD = regex(
    "(?:さん|くん|君|ちゃん)?[にをへ][^、。に]{0,8}(?:伝え|言っ|言う|知らせ|渡|誘|呼|頼)[^、。]{0,4}"
    "(?:よう|ため|ても?ら|てと|て欲し|てほし|てくれ)"
)


def only_in_purpose(text: str, names: Sequence[NameMatch], words: Sequence[Word]) -> frozenset[int]:
    """Return the indexes of the names of people who are only to be told something; empty if nobody else is named.

    `text`: a sentence in which names are blank.
    """
    if not has_wide(text):
        return frozenset()
    contacts = [word for word in words if word.kind in CHANNELS]
    found = {at for at, name in enumerate(names) if _is_told(text, name) or _is_to_tell(text, name, names, contacts)}
    return frozenset(found) if len(found) < len(names) else frozenset()


def _is_told(text: str, name: NameMatch) -> bool:
    return _TOLD.match(text, name.end) is not None


def _is_to_tell(text: str, name: NameMatch, names: Sequence[NameMatch], contacts: Sequence[Word]) -> bool:
    """Return whether a Chinese name is right after `tell`, which follows a contact with somebody else."""
    before = text[: name.start]
    verb = _TELLING.search(before) or _MADE_TO.search(before)
    return verb is not None and any(
        word.end <= verb.start() and any(other.end <= verb.start() for other in names) for word in contacts
    )
