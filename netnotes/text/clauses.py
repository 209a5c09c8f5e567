"""What the words around a name say about it: met, planned, cited, cancelled, or only talked about. Reads one line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from netnotes.regex import regex
from netnotes.text import third_parties
from netnotes.text.appositions import (
    ACTING,
    ARTICLES,
    ENDS_LIST,
    FURTHEST,
    are_joined,
    has_pronoun,
    heads_line,
    is_apposition,
    is_asked,
    is_further,
    is_personal,
    is_set_apart,
)
from netnotes.text.lexicon.vocabulary import vocabulary
from netnotes.text.lexicon.words import CHANNELS, Word, fold, listed
from netnotes.text.names_in_lines import DECIDING, is_home, is_with
from netnotes.text.no_contact import is_dreamed, is_negated, is_planned, is_right_before

PLANNED, CITED, TOPIC, NEGATED, CANCELLED = "planned", "cited", "talked about", "did not happen", "cancelled"
"""What a clause may say about a name instead of contact. The last two are not evidence at all."""
_BUT = "but|aber|mais|pero|mas|ma|maar|ale|но"
# Both are for speed: a pattern that begins with a set of characters is searched for quickly, and few words begin with
# one of the letters in the lookahead after a space.
_BREAKS = regex(
    rf"[.;!?…\s(),](?:(?<=\s)(?:[–—-]\s|(?<=\n)|(?=[bampнwqк])(?:{_BUT}|who|whose|qui|quien|котор\w+)\s)"
    r"|(?<=[.;!?…])(?=\s|$)|(?<=[()])"
    rf"|(?<=,)\s(?:{_BUT}|who|which|whose|where|der|die|das|den|dem|qui|que|quien|che|cui|dat|som|kt[oó]r\w+|котор\w+)\s)",
    re.IGNORECASE,
)
PREPOSITIONS = frozenset("by via von de par por di da van av od от door".split())
"""Citing words that count only right before the name."""
_PLACE = frozenset(("casa", "case"))
"""Words before `di` and `de` that turn the name after them into a place: `cena a casa di [[Ada]]`."""
_SHORT_CLAUSE = 30
"""Most characters of a clause that cancels the whole line: `Lunch with [[Ada]], 1h. Cancelled.`"""
_NEXT_WORD, _RIGHT_AFTER = 11, 3
_SHORT_REST = 25
"""Most characters after the last name of a list: `and two others`."""
_GAP = 12
"""Most characters between a name and the word next to it; also how many words before the name are tried."""
_FURTHEST_PRONOUN = 80
"""Most characters between a name and a pronoun that refers to it."""
_MOST_WORDS = 60
"""Most words of one clause that are examined."""
_KIND = attrgetter("kind")
_BESIDE = frozenset((*CHANNELS, "with"))

Span = tuple[int, int]


class Clauses:
    """The clauses of one line, and what its words say about the names in it."""

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        names: Sequence[Span],
        tokens: Sequence[str] | None = None,
        bound: frozenset[int] = frozenset(),
    ) -> None:
        """Take a line in which links are blank, its words outside names, and the spans of all names, in order.

        `tokens`: those of the line, if known. `bound`: the starts of names with a word such as `helped`, which means
        contact with the writer.
        """
        self._text, self._words, self._names, self._bound = text, words, names, bound
        self._starts = [word.start for word in words]
        self._kinds = frozenset(map(_KIND, words))
        self._beside = not self._kinds.isdisjoint(_BESIDE)
        self.contacts: Sequence[Word] = [word for word in words if word.kind in CHANNELS] if self._beside else ()
        """The contact words of the line."""
        self._decides = not self._kinds.isdisjoint(DECIDING)
        self._topical = False
        """Whether a word such as `about` may be before a name."""
        if names and (self._decides or self.contacts):
            self._topical = tokens is None or third_parties.TOPICS.may_hold(tokens)
        if not self._decides and self._topical:
            self._decides = third_parties.TOPIC_LEAD.search(text, 0, names[-1][0]) is not None
        self._purposeful = bool(self.contacts) and third_parties.may_tell_purpose(tokens, names)
        """Whether a clause such as `to thank Ada` may be in the line."""
        self._others: frozenset[int] | None = None
        """Indexes of the names of people who met without the writer; a cache."""
        self._breaks: list[int] | None = None
        """Where clauses end; a cache."""
        self._first: list[int] = []
        """Index of a name → where the list that it is in begins; a cache."""
        self._opens = "(" in text or ":" in text or "=" in text or "：" in text
        """Whether the line has a sign that may open a list of names."""
        self._joined: dict[int, bool] = {}
        """Index of a name → whether the next one belongs to the same list; a cache."""
        self._near: dict[int, bool] = {}
        self._acts: dict[int, bool] = {}
        """Index of a name → the answers of `near` and `acts`; caches."""

    def near(self, at: int) -> bool:
        """Return whether the name at `at`, or its list, is right after a contact word or `with`."""
        if self._beside and at not in self._near:
            self._near[at] = self._is_near(at)
        return self._beside and self._near[at]

    def _is_near(self, at: int) -> bool:
        start = self._list_start(at)
        if self._is_home(at):
            return True
        if self._bound and not self._bound.isdisjoint((start, self._names[at][0])):
            return True
        last = bisect_left(self._starts, start)
        for word in self._words[max(0, last - _GAP) : last]:
            if start - FURTHEST < word.end <= start and word.kind in _BESIDE and self._touches(word, start):
                return not self._is_owner(at) and not self._begins_sentence(word, start, at)
        return self._is_listed(start)

    def follows_contact(self, at: int) -> bool:
        """Return whether a further contact word is right before the name: `…, then rang Tom`, `… and later saw Bo`."""
        start = self._names[at][0]
        before = self._names[at - 1][1] if at else start
        words = (word for word in self.contacts if before < word.start and word.end <= start)
        return any(self._touches(word, start) and is_further(self._text, before, word) for word in words)

    def _touches(self, word: Word, start: int) -> bool:
        """Return whether a word is right before a name, or separated only by who it is: `with my boss Ada`."""
        between = self._text[word.end : start].strip(" @*_[(:/\"'“-–—.")
        if not between or between.casefold() in ARTICLES:
            return start - word.end < _GAP
        return (word.kind != "with" or is_with(self._text, word)) and is_apposition(between)

    def _begins_sentence(self, word: Word, start: int, at: int) -> bool:
        """Return whether a list begins a sentence that says more: `Had tea. [[Ada]] only drinks juice`."""
        return "." in self._text[word.end : start] and not ENDS_LIST.match(self._text, self.end_of_list(at))

    def _is_owner(self, at: int) -> bool:
        """Return whether the name is in the possessive: `coffee at [[Ada]]'s`, `lunch with [[Ada]]'s parents`."""
        return self._text.startswith(("'s", "’s"), self._names[at][1])

    def _is_home(self, at: int) -> bool:
        """Return whether somebody was at the home of the name at `at`, in a line with a contact word."""
        start, end = self._names[at]
        return bool(self.contacts) and is_home(self._text, start, end + 2)

    def in_company(self, at: int) -> bool:
        """Return whether the name at `at`, or its list, is right after `with` itself."""
        start = self._list_start(at)
        last = bisect_left(self._starts, start)
        word = self._words[last - 1] if last else None
        if word is None or word.kind != "with" or not is_with(self._text, word):
            return False
        before = self._text[: word.start].split()
        return (
            self._touches(word, start)
            and not self._is_owner(at)
            and bool(before)
            and fold(before[-1].strip(".,;:*_()")) not in listed("no company")
        )

    def is_personal(self, at: int) -> bool:
        """Return whether the list that a plain name is in is after words such as `1:1 with`."""
        start = self._list_start(at)
        words = self._words[: bisect_left(self._starts, start)]
        beside = bool(words) and not self._is_owner(at) and self._touches(words[-1], start)
        return beside and is_personal(self._text, self._names[at], words[-1], self.contacts)

    def _is_listed(self, start: int) -> bool:
        """Return whether a list that starts here ends the line, after a contact word and a colon."""
        head = self._text[:start].rstrip(" @*_[(\"'“")
        if not head.endswith(":") or not any(word.end < len(head) for word in self.contacts):
            return False
        end = self.end_of_list(bisect_left(self._names, (start, 0)))
        return len(self._text[end:].strip()) < _SHORT_REST

    def is_set_apart(self, at: int) -> bool:
        """Return whether the list that the name at `at` is in is all there is in brackets, or after a colon.

        `board (Ada, Bo, me)`, `supplier (Ada Pell)`, `board: Ada, Bo. Budget agreed`.
        """
        if not self._opens:
            return False
        start = self._list_start(at)
        cancelled = any(word.kind == "cancelled" and word.start < start for word in self._words)
        return not cancelled and is_set_apart(self._text, start, self.end_of_list(at))

    def _continues(self, place: int) -> bool:
        """Return whether the name after the one at `place` belongs to the same list."""
        if place + 1 == len(self._names):
            return False
        if place not in self._joined:
            self._joined[place] = are_joined(self._text, self._names[place][1], self._names[place + 1][0])
        return self._joined[place]

    def end_of_list(self, at: int) -> int:
        """Return where the list that the name at `at` is in ends."""
        while self._continues(at):
            at += 1
        return self._names[at][1]

    def _list_start(self, at: int) -> int:
        """Return where the list that the name at `at` is in begins."""
        for place in range(len(self._first), at + 1):
            start = self._names[place][0]
            if place and self._continues(place - 1):
                start = self._first[place - 1]
            self._first.append(start)
        return self._first[at]

    def joined(self, at: int) -> bool:
        """Return whether the name at `at` is in a list with the name before or after it."""
        return (at > 0 and self._continues(at - 1)) or self._continues(at)

    def acts(self, at: int) -> bool:
        """Return whether a contact word is right after the name, or its list: `Ada and Bo came for dinner`.

        Not in `Grabbed lunch with Ada`.
        """
        if self.contacts and at not in self._acts:
            self._acts[at] = self._is_acting(at)
        return bool(self.contacts) and self._acts[at]

    def _is_acting(self, at: int) -> bool:
        start, end = self._names[at][0], self.end_of_list(at)
        for word in self.contacts:
            if 0 <= word.start - end < _NEXT_WORD and ACTING.fullmatch(self._text, end, word.start):
                # Links are blank here, so letters mean that the name is a plain word, which may be a verb.
                return not self._text[start:end].isalpha() or not self._in_company_of_others(word)
        return self._is_meant_by_pronoun(at) or heads_line(self._text, self._list_start(at), end, self.contacts)

    def _is_meant_by_pronoun(self, at: int) -> bool:
        """Return whether a contact word with a pronoun is after the name, and no other name between: `called her`.

        Not in `met her sister`.
        """
        end = self._names[at][1]
        last = self._names[at + 1][0] if at + 1 < len(self._names) else len(self._text)
        last = min(last, end + _FURTHEST_PRONOUN)
        return any(end < word.start < last and has_pronoun(self._text, word) for word in self.contacts)

    def _in_company_of_others(self, contact: Word) -> bool:
        """Return whether `with` is right after a contact word."""
        return any(
            word.kind == "with" and 0 <= word.start - contact.end < _RIGHT_AFTER and is_with(self._text, word)
            for word in self._words
        )

    def state(self, at: int) -> str | None:
        """Return what the words say against contact with the name at `at`: one of the five, or None."""
        start = self._names[at][0]
        if self._is_aside(at) or (self._beside and at in self._met_each_other()):
            return TOPIC
        asked = "?" in self._text and self._beside and is_asked(self._text, self.end_of_list(at))
        if asked or not self._decides:
            return PLANNED if asked else None
        first, last = self._clause(start)
        words = self._words[bisect_left(self._starts, first) : bisect_left(self._starts, last)][-_MOST_WORDS:]
        contact = next((word for word in words if word.kind in CHANNELS and word.start < start), None)
        kinds = self._kinds
        if "cancelled" in kinds and self._is_cancelled(words):
            return CANCELLED
        if "negation" in kinds and is_negated(self._text, words, self._names[at][1]):
            return NEGATED
        if "planning" in kinds and is_planned(self._text, words, (self._list_start(at), start), contact, self.contacts):
            return PLANNED
        if "citing" in kinds and self._is_cited(words, start, contact, near=self.near(at)):
            return CITED
        begin = self._list_start(at)
        topic = third_parties.TOPIC_LEAD.search(self._text, first, begin) if self._topical else None
        before = (n for n in range(at) if first <= self._names[n][0] < begin)
        if topic and contact is not None and not any(map(self.near, before)):
            # `call about the plan with Ada`: no one else is named whom the call may have been with.
            topic = None if self.in_company(at) else topic
        if topic and (contact is not None or any(other[1] <= topic.start() for other in self._names[:at])):
            return TOPIC
        away = "not here" in kinds and contact is None
        return TOPIC if away and third_parties.is_away(self._text, self.end_of_list(at), words, self.contacts) else None

    def _is_aside(self, at: int) -> bool:
        """Return whether the contact words of a line are not about the name: `Met [[Bo]]. [[Ada]] says it is out`."""
        start, end = self._names[at]
        if third_parties.wrote_the_topic(self._text, start, self.contacts):
            return True
        if self._purposeful and third_parties.is_in_purpose(self._text, self._names, at, self.contacts):
            return True
        if not self.contacts or self.near(at) or self.acts(at) or self.is_set_apart(at):
            return False
        met = [other for n, other in enumerate(self._names[:at]) if self.near(n) or self.acts(n)]
        return third_parties.is_aside(self._text, (start, end), met, self.contacts)

    def _met_each_other(self) -> frozenset[int]:
        """Return the indexes of the names of people who met without the writer: `Ada met Bo`."""
        if self._others is None:
            self._others = third_parties.met_each_other(self._text, self._names, self.contacts)
        return self._others

    def _clause(self, at: int) -> Span:
        breaks = self._breaks
        if breaks is None:
            breaks = self._breaks = [match.start() for match in _BREAKS.finditer(self._text)]
        place = bisect_right(breaks, at)
        return breaks[place - 1] if place else 0, breaks[place] if place < len(breaks) else len(self._text)

    def _is_cancelled(self, words: Sequence[Word]) -> bool:
        return any(word in words or self._cancels_line(word) for word in self._words if word.kind == "cancelled")

    def _cancels_line(self, word: Word) -> bool:
        """Return whether a word is in a short clause without a name, such as `(cancelled)`."""
        low, high = self._clause(word.start)
        return high - low < _SHORT_CLAUSE and not any(low <= start < high for start, _ in self._names)

    def _is_cited(self, words: Sequence[Word], start: int, contact: Word | None, *, near: bool) -> bool:
        for word in words:
            if word.kind != "citing":
                continue
            beside = word.end <= start and is_right_before(self._text, word.end, start)
            if self._text[word.start : word.end].casefold() in PREPOSITIONS:
                if self._text[: word.start].rpartition(" ")[0].rpartition(" ")[2].casefold() in _PLACE:
                    continue
                if beside and not any(
                    other.end <= word.start and word.start - other.end < 2 for other in self.contacts
                ):
                    return True
            elif beside or (not near if contact is None else is_dreamed(self._text, word, contact)):
                return True
        return False


def words_of(text: str, tokens: Sequence[str] | None = None, home: frozenset[str] = frozenset()) -> list[Word]:
    """Return the words of the tables in a line, in every language.

    `tokens`: its tokens, where known; `home`: the languages of the note, where they matter.
    """
    return vocabulary(home=home).find(text, tokens)


def may_describe_contact(text: str) -> bool:
    """Return whether a line may hold a contact word."""
    return vocabulary(kinds=CHANNELS).may_hold(text)
