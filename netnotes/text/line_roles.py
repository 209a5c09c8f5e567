"""The role of one line: a label and its value, only names, a plan, a task with its days, or something cancelled.

And the words of the tables in it, each in the meaning that it has there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from netnotes.notes import Reference
from netnotes.regex import regex
from netnotes.text import roles
from netnotes.text.clauses import CANCELLED, PREPOSITIONS, Clauses, words_of
from netnotes.text.lexicon import channels, dates, durations, end_times
from netnotes.text.lexicon.words import CHANNELS, TO_DO, Word, fold, listed
from netnotes.text.line_masking import blank
from netnotes.text.names_in_lines import NAME, NameSpan
from netnotes.text.no_contact import gives_name

_SAID = regex(r"[*_)]*+\s*(?:$|[.,;!?(–—-])")
"""What may follow a word such as `cancelled` that is a sentence by itself."""
_BOLD = regex(r"(?:\*\*|__)([^*_\n]{2,40})(?:\*\*|__)")
_SENTENCE_END = regex(r"\.\s")
MOST_NAMES = 50
"""Names of one line that are judged: a line with more is a list, not a note about a meeting."""
_CLAUSE_SIGNS = frozenset(",;.!?()–—")
_LONGEST_LABEL = 60
"""Characters of a line that may be a label of plans."""
_FEW_TOKENS = 2
"""Most words of a line that says only that somebody was away: `on holiday`, `(planned)`."""
_LONG_LIST = 400
"""Characters of a line that may be nothing but links."""
_RANGE = regex(r"[\s>*_\[(+-]*+\d{1,2}[:.h]\d{2}\s?[-–—]\s?\d{1,2}[:.h]\d{2}\b")
_KIND, _END = attrgetter("kind"), attrgetter("end")
_WITH_OTHER_MEANINGS = frozenset(("citing", "call"))
"""Kinds of words that may decide that a contact word is none."""
_REINTERPRETED = frozenset((*TO_DO, "only in mind"))
"""Kinds of words that count as another kind, depending on the line."""


def labelled(line: str, begin: int, kind: str, words: Sequence[Word], *, digits: bool) -> tuple[str, str] | None:
    """Return (role, what follows) of a line that begins with a label, or with who speaks; all of one that cancels."""
    text = line[begin:]
    label = None
    if kind != "heading" and "::" not in text[:60]:
        label = roles.row_label(text) if kind == "row" else roles.label(text)
    if digits and (end := end_times.of_line(text)):
        return roles.PROPERTY, end
    if label is None and kind in ("paragraph", "item") and (role := _label_above(text)):
        return role, ""
    if label is None and digits and kind != "heading" and durations.is_bare(text):
        return roles.PROPERTY, text.strip()
    if label is None and digits and (speaker := roles.speaker(text)):
        return roles.ATTENDEE, speaker
    if label is None and kind == "paragraph" and _says_cancelled(line, begin, words):
        return roles.PROPERTY, text.strip()
    return label or (roles.label_within(text) if kind in ("paragraph", "item") and "::" not in text else None)


def _label_above(text: str) -> str | None:
    """Return the role of a line that stands above a list like a heading: `**Attendees**`, `People I met:`."""
    if len(text) < _LONGEST_LABEL and fold(text.strip("*_: \n")) in listed("people met"):
        return roles.ATTENDEES
    bold = _BOLD.fullmatch(text.strip()) if text.startswith(("**", "__")) else None
    if bold is None:
        return None
    if roles.names_plans(bold[1]):
        return roles.PLAN
    role = roles.heading_role(bold[1])
    return role if role in (roles.ATTENDEES, roles.ABSENT) else None


def _says_cancelled(line: str, begin: int, words: Sequence[Word]) -> bool:
    """Return whether a line begins with the word that something did not happen: `CANCELLED, the cellar is wet`."""
    first = words[0] if words else None
    if first is None or first.kind != CANCELLED or line[begin : first.start].strip("*_( "):
        return False
    return line[first.start : first.end].isupper() or _SAID.match(line, first.end) is not None


def own_role(line: str, begin: int, text: str, places: Sequence[NameSpan], date_end: int) -> str | None:
    """Return `names` for a line that is nothing but names, `plan` for a label such as `To call:`."""
    if len(line) - begin <= _LONGEST_LABEL and all(place.kind == NAME for place in places):
        words = line[begin:].strip()
        if (" " in words and roles.names_plans(words)) or (
            words.endswith(":") and roles.heading_role(words) == roles.PLAN
        ):
            return roles.PLAN
    if not places:
        return None
    if len(places) > MOST_NAMES or len(text) > _LONG_LIST:
        return None
    at = max(begin, date_end)
    text, places = _first_sentence(text, places)
    # Most lines go on with prose after the names: this is looked for first.
    last = max(at, *map(_END, places))
    if roles.begins_with_prose(text, last) or roles.begins_with_prose(text, at, places[0].start):
        return None
    if any(before.end == after.start or _run_into(text, before, after) for before, after in pairwise(places)):
        return None
    rest = blank(text, [place[:2] for place in places])
    return roles.NAMES if roles.is_only_names(rest[at:]) else None


def _first_sentence(text: str, places: Sequence[NameSpan]) -> tuple[str, Sequence[NameSpan]]:
    """Cut a line and its names after a first sentence of several names, such as `Ada, Bo and Cy. It took 1h`."""
    end = _SENTENCE_END.search(text, places[0].end)
    names = [place for place in places if place.end <= end.start()] if end else []
    if end and len(names) > 1 and not text[names[-1].end : end.start()].strip():
        return text[: end.start()], names
    return text, places


def _run_into(text: str, before: NameSpan, after: NameSpan) -> bool:
    """Return whether a plain word and a link are side by side: `Budget [[Ada]]` is not a list of two names."""
    return (
        (before.kind == NAME) != (after.kind == NAME)
        and before.end < after.start
        and not text[before.end : after.start].strip()
    )


def first_cell(text: str, kind: str) -> str:
    """Return the first cell of a row, any other line as it is."""
    return text.strip(" |").partition(" | ")[0] if kind == "row" else text


_SCHEDULED = regex(r"(SCHEDULED|DEADLINE):\s*<(\d{4}-\d{2}-\d{2})")
_DUE = regex(
    r"(?:\bdue(?: date| on)?:?\s*|@due\(|\bby\s+(?=\d)|\bbis\s+(?:zum\s+)?(?=\d)|\bdeadline:?\s*)(\d{4}-\d{2}-\d{2})",
    re.IGNORECASE,
)
_CARD_DAY = regex(r"@(?:\{([^{}\n]{6,20})\}|\[\[([^\[\]|\n]{6,20})\]\])")
_KEYWORD = regex(
    r"(?:\{\{(?:\[\[)?)?(TODO|DOING|LATER|NOW|WAITING|WAIT|IN-PROGRESS|DONE|CANCELL?ED)(?:(?:\]\])?\}\})?\s+(?=\S)"
)
KEYWORD_ITEM = regex(rf"\s{{0,9}}[-*+]\s+{_KEYWORD.pattern}")
"""A task of Logseq or Roam: `- TODO send the draft`, `- {{[[TODO]]}} send the draft`."""
_TASK_OF = {"DONE": "x", "CANCELED": "-", "CANCELLED": "-"}


def days_of_task(line: str, task: str) -> dict[str, str]:
    """Return the days of a task in every notation: emoji, `SCHEDULED: <…>`, `due: …`, `@due(…)`, `by …`, `@{…}`."""
    found = dates.of_task(line)
    for key, day in _SCHEDULED.findall(line):
        found.setdefault("scheduled" if key == "SCHEDULED" else "due", day)
    if due := _DUE.search(line):
        found.setdefault("due", due[1])
    if card := _CARD_DAY.search(line):
        found.setdefault("done" if task in "xX" else "due", card[1] or card[2])
    return found


def task_sign(line: str, begin: int, task: str | None) -> tuple[int, str | None, str]:
    """Return where a task's text begins, its sign, and a prefix in place of its keyword: `@waiting `, or none."""
    if task is not None or not (line[begin : begin + 2].isupper() or line.startswith("{{", begin)):
        return begin, task, ""
    match = _KEYWORD.match(line, begin)
    if not match:
        return begin, None, ""
    return match.end(), _TASK_OF.get(match[1], " "), "@waiting " if match[1].startswith("WAIT") else ""


def state_of_line(
    text: str, tokens: Sequence[str], words: Sequence[Word], references: Sequence[Reference]
) -> str | None:
    """Return what a line says about the contact if it has no certain name, such as `cancelled, flu`; else None."""
    if not references:
        return _state(text, tokens, words)
    off = all(reference.state == CANCELLED for reference in references)
    if off and _is_called_off(text, words):
        return CANCELLED
    if any(reference.kind != NAME or reference.near for reference in references):
        return None
    return CANCELLED if off or _is_away(tokens, words) else None


def _is_called_off(text: str, words: Sequence[Word]) -> bool:
    """Return whether the contact itself is cancelled: `Missed call from Lou`; not `coffee, Ada cancelled`."""
    contact = next((word for word in words if word.kind in CHANNELS), None)
    return contact is not None and any(
        _CLAUSE_SIGNS.isdisjoint(text[min(word.end, contact.end) : max(word.start, contact.start)])
        for word in words
        if word.kind == CANCELLED
    )


def _is_away(tokens: Sequence[str], words: Sequence[Word]) -> bool:
    """Return whether a line says only that somebody was away, or that something is planned."""
    return len(tokens) <= _FEW_TOKENS and any(
        word.kind == "not here" or (word.kind == "planning" and len(tokens) == 1) for word in words
    )


def _state(text: str, tokens: Sequence[str], words: Sequence[Word]) -> str | None:
    """Return what a line without names says about the contact: planned or cancelled; else None."""
    if _is_away(tokens, words):
        return CANCELLED
    words = [word for word in words if text[word.start : word.end].casefold() not in PREPOSITIONS]
    if not words:
        return None
    contact = next((word for word in words if word.kind in CHANNELS), words[0])
    return Clauses(text, words, [(contact.end, contact.end)], tokens).state(0)


def words_of_line(
    text: str, tokens: Sequence[str], task: str | None, home: frozenset[str], *, dated: bool
) -> Sequence[Word]:
    """Return the words of a line; words of plans, such as `anrufen`, are contact words in a done task.

    The same holds after a range of times: `13:00 - 14:00 bijpraten met [[Ada]]`.
    """
    if not (dated or task is not None):
        return ()
    words = _without_other_meanings(text, words_of(text, tokens, home))
    if "line" in tokens and text.isascii():
        # The messenger LINE is written about in Japanese: a line manager is no message.
        words = [word for word in words if text[word.start : word.end].casefold() != "line"]
    if not text.isascii() and not text.startswith("#"):
        words = _with_signs(text, [word for word in words if not _is_that(text, word)])
    if _REINTERPRETED.isdisjoint(map(_KIND, words)):
        return words
    done = task in ("x", "X") if task is not None else _RANGE.match(text) is not None
    kinds = {"only in mind": "citing", **(TO_DO if done else dict.fromkeys(TO_DO, "planning"))}
    return [word._replace(kind=kinds[word.kind]) if word.kind in kinds else word for word in words]


def _is_that(text: str, word: Word) -> bool:
    """Return whether a word is the Polish `że`, which means `that` and is `ze`, `with`, without its accent."""
    return word.kind == "with" and text[word.start : word.end].casefold() == "że"


def _with_signs(text: str, words: Sequence[Word]) -> Sequence[Word]:
    """Return the words of a line, with the pictures that stand for contact words."""
    signs = [
        Word(match.start(), match.end(), channels.of_sign(match[0]) or channels.IN_PERSON, "en")
        for match in channels.CONTACT_SIGN.finditer(text)
    ]
    return sorted((*words, *signs)) if signs else words


def _without_other_meanings(text: str, words: Sequence[Word]) -> Sequence[Word]:
    """Return the words without contact words that are none: in `the group chat` and `a nurse called Ada`."""
    if _WITH_OTHER_MEANINGS.isdisjoint(map(_KIND, words)):
        return words
    cited = [word for word in words if word.kind == "citing" and " " in text[word.start : word.end]]
    return [
        word
        for word in words
        if word.kind not in CHANNELS
        or not (gives_name(text, word) or any(one.start < word.start and word.end <= one.end for one in cited))
    ]
