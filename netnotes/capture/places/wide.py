"""Where people met, in Chinese and Japanese: `在公园`, `渋谷でランチ`, `在李雪家`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from netnotes.capture.names.book import NameMatch
from netnotes.regex import regex
from netnotes.text.lexicon.words import CHANNELS, Word, listed

_POLITE = regex("さん|くん|君|ちゃん|先生")
_THEIR_HOME = regex("(?:去|在|到|来)((?:他|她|他们|她们)家)")
"""Chinese: `去他家`."""
_AT_HOME = tuple("在去到来")
_NOT_PLACES = ("一起", "网上", "網上", "线上", "線上")
"""Chinese: what `在` is also before."""
_AT_MEETING = regex(r"([\u30a0-\u30ff\u3400-\u9fff]{2,6})で")
_WITH_NAME = regex(r"\s+(?:さん|くん|君|ちゃん|先生)?と")
"""Japanese: what may be before a meeting, behind a place: `渋谷で健太とランチ`, with the name blank."""
_WIDE_WITH = regex("[和跟与與同]")
_WIDE_PLACE = regex(r"在([\u3400-\u9fff]{2,8})")
_WIDE_BEFORE = {"zh": "在", "ja": ""}
_WIDE_AFTER = {"zh": "", "ja": "で"}
"""What stands before and after a place in Chinese and Japanese."""
_GONE_TO = {
    "zh": regex(r"去了?([\u3400-\u9fff]{2,4}?)(?=$|\W|[玩旅逛吃看散度出])"),
    "ja": regex(r"([\u30a0-\u30ff\u3400-\u9fff]{2,6})(?:に|へ|まで)(?:行|出かけ|ドライブ|旅行)"),
}
"""Where a trip went: `去了杭州`, `京都に行った`."""
_DOING = tuple("看吃喝爬旅游跑打逛健买買滑唱钓釣玩做听聽散")
"""Chinese: how what one goes to do begins: `去爬山`."""
_MOST_WIDE = 6
"""Most characters of a name before a kind of place: `中山公园`."""


class WidePlace(NamedTuple):
    """A place, and the person whose home it is, if it is one."""

    text: str
    host: NameMatch | None = None


def wide_place(
    text: str, remaining: str, names: Sequence[NameMatch], words: Sequence[Word], languages: frozenset[str]
) -> WidePlace | None:
    """Return the place that a sentence names. In `remaining` names and days are blanked; `words` were found in it."""
    japanese = _before_meeting(remaining, words) if "ja" in languages else None
    own = [code for code in _WIDE_BEFORE if code in languages]
    trips = (_gone_to(remaining, code) for code in own)
    found = (_at_home(text, names), japanese, *(_wide(remaining, code) for code in own), *trips)
    return next(filter(None, found), _before_contact(remaining, words))


def _at_home(text: str, names: Sequence[NameMatch]) -> WidePlace | None:
    """Return somebody's home: `Timの家で`, `在李雪家`."""
    for name in names:
        for home in sorted(listed("home of somebody"), key=len, reverse=True):
            chinese = text.endswith(_AT_HOME, 0, name.start)
            end = name.end + (len(polite[0]) if (polite := _POLITE.match(text, name.end)) and not chinese else 0)
            if text.startswith(home, end) and (chinese or home.startswith(("の", "ん", "宅"))):
                return WidePlace(text[name.start : end + len(home)], name)
    theirs = _THEIR_HOME.search(text)
    return WidePlace(theirs[1]) if theirs else None


def _before_contact(text: str, words: Sequence[Word]) -> WidePlace | None:
    """Return what is between the Chinese `在` and a contact word: `在星巴克见面`."""
    if not (found := _WIDE_PLACE.search(text)):
        return None
    ends = [word.start for word in words if word.kind in CHANNELS and word.start > found.start()]
    place = text[found.start(1) : min(ends, default=found.start(1))]
    # `在公司和Ada开会`
    place = _WIDE_WITH.split(place or found[1], maxsplit=1)[0] if place or _WIDE_WITH.search(found[1]) else ""
    likely = 2 <= len(place) <= _MOST_WIDE + 2 and found[1].startswith(place)
    return WidePlace(place) if likely and not place.startswith(_NOT_PLACES) else None


def _before_meeting(text: str, words: Sequence[Word]) -> WidePlace | None:
    """Return what is before the Japanese `で` and a meeting: `渋谷でランチ`; not `二人で`, `ズームで`."""
    starts = {word.start for word in words if word.kind == "in person"}
    others = [(word.start, word.end) for word in words if word.kind in CHANNELS]
    for found in _AT_MEETING.finditer(text):
        named = any(start < found.end(1) and found.start(1) < end for start, end in others)
        between = _WITH_NAME.match(text, found.end())
        before = found.end() in starts or (between is not None and between.end() in starts)
        if before and not named and found[1] not in listed("no place", frozenset({"ja"})):
            return WidePlace(found[1])
    return None


def _gone_to(text: str, language: str) -> WidePlace | None:
    """Return where people went together."""
    found = _GONE_TO[language].search(text)
    if not found or found[1].startswith(_DOING) or found[1] in listed("no place", frozenset({language})):
        return None
    return WidePlace(found[1])


def _wide(text: str, language: str) -> WidePlace | None:
    """Return the place that Chinese or Japanese text names: `在公园`, `公園で`."""
    found = _kind_of_place(language).search(text)
    return WidePlace(found[1]) if found else None


@lru_cache(maxsize=len(_WIDE_BEFORE))
def _kind_of_place(language: str) -> re.Pattern[str]:
    kinds = "|".join(sorted(listed("kinds of places", frozenset({language})), key=len, reverse=True))
    before, after = _WIDE_BEFORE[language], _WIDE_AFTER[language]
    return re.compile(rf"{before}([\u30a0-\u30ff\u3400-\u9fff]{{0,{_MOST_WIDE}}}(?:{kinds})){after}")
