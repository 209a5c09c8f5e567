"""Plans in Chinese and Japanese, with no verb for what has happened: `下次跟李雪吃饭`, `健太と会うつもり`."""

from __future__ import annotations

from collections.abc import Sequence

from netnotes.capture.names.book import NameMatch
from netnotes.regex import regex
from netnotes.text.lexicon.words import has_wide

_LATER = regex(
    "(?:^|[，,。；今天我们])(?:也|就|再)?(?:下次|下回|改天|改日|哪天|有空|有时间|有時間|回头|回頭|等会儿?|等一下|等下|待会儿?|待會兒?"
    "|一会儿?|一會兒?|过几天|過幾天|过两天|過兩天|可能|也许|希望|盼着|打算|计划|想约|得(?=[给給跟和去找联聯约約])|该(?=[给給跟和去找联聯约約]))"
    "|(?:^|[，,。；])(?:今度|こんど|後で|あとで|そのうち|いつか)"
)
"""What is yet to come, at the beginning of a clause."""
_DONE = regex(
    "[了过過完](?!几|幾|两|兩|天|会|會)|刚|剛|昨|前天|上[周週个個次]|(?:た|だ|ました|でした)[。！!]?$|(?:た|だ)[。、,，]"
)
"""What says that something has happened."""
_BREAK = regex("[，,。；]")
_ARRANGED = regex("[约約][了好]在?(?=\\s)")
"""Chinese: what is arranged for a day, which is blank, also with `了`: `跟李雪约了周五吃饭`."""
_MUST = regex("(?:^|[，,。；今天我])(?:该|該|得)(?=[给給跟和去找联聯约約])[^，。；]*了[。！!]?$")
"""Chinese: what is yet to be done, also with `了`: `该给李雪打电话了`."""
_INTENDED = regex(
    "(?:予定|つもり|たい|約束|(?<!と)する|会う|飲む|行く|食べる|話す|遊ぶ|かける|しよう|なきゃ|ないと)"
    "(?:だ|です|な|ね|よ|んだ|と思う|と思ってる|と思っている)?[。！!]?$"
)
"""Japanese: how a sentence ends about what is intended."""


def is_wide_plan(text: str, names: Sequence[NameMatch]) -> bool:
    """Return whether a sentence in Chinese or Japanese says what is to come, and nothing that has happened.

    In `text` names and days are blank.
    """
    if not has_wide(text):
        return False
    if _DONE.search(text):
        arranged = _ARRANGED.search(text)
        for_a_day = arranged is not None and all(name.start != arranged.end() for name in names)
        first = arranged is not None and not _BREAK.search(text, 0, arranged.start())
        return (for_a_day and first) or _MUST.search(text) is not None
    later = _LATER.search(text)
    before = later is not None and all(later.start() <= name.start for name in names)
    return before or _INTENDED.search(text) is not None
