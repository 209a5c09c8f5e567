"""Who is named but was not met: `Ada met Bo`, `she rang Bo`, `the report Bo wrote`, `rang Ada to thank Bo`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from netnotes.regex import regex
from netnotes.text.appositions import ARTICLES, are_joined, is_further
from netnotes.text.lexicon.words import REMOTE, Word, WordFilter, fold, given_names, listed

Span = tuple[int, int]
_TOPIC_WORDS = (
    *("about", "that", "whether", "because", "regarding", "re:", "instead of", "über", "dass", "weil", "wegen", "ob"),
    *("concernant", "au sujet de", "sobre", "acerca de", "riguardo", "over", "omdat", "dat", "om att", "że", "czy"),
    *("про", "что", "об", "о", "关于", "について"),
)
TOPIC_LEAD = regex(rf"(?<!\w)(?<!\bafter )(?<!\bbefore )(?:{'|'.join(_TOPIC_WORDS)})(?!\w)", re.IGNORECASE)
"""A word before what was talked about; not in `after that`."""
TOPICS = WordFilter(_TOPIC_WORDS)
"""Which lines may hold such a word."""
_GAP = 12
"""Characters between the contact word and the one met."""
_BETWEEN = regex(r"\s*(?:(?:hat|hatte|has|had|a|ha|heeft|har|just|also|auch|aussi)\s)?\s*")
_WORD = regex(r"[^\W\d_]+")
_PRONOUN = regex(r"(?<![\w'’])([^\W\d_]{2,5})(?:['’](?:ll|d|s|ve))?\s(?:[^\W\d_]{1,6}\s)?$")
"""A pronoun before a contact word, perhaps with an auxiliary between: `he'll talk to`, `elle a rencontré`."""
_LONGEST_SUBJECT = 20
_RELATIVE = regex(r"(?:(?<!\w)(?:that|which)|,\s(?:den|das|die|que|dat|som))[\s@*_\[(\"'“]{1,5}$", re.IGNORECASE)
"""A relative pronoun before a name: `the report that [[Ada]] wrote`."""
_SHORTEST_RELATIVE = 4
"""Letters of `that`."""
_WRITTEN = frozenset(("message", "mail"))
_IS = regex(
    r"[\s,:;*_)\]>–—→-]*(?:(?:is|was|are|were|ist|war|est|était|está|è|era|är|var|jest|był|była|были|был|была)\s)?"
)
"""What may be between a name and `not here`."""
_SAYS = regex(
    r"[\s*_\])]*\s(?:also\s|just\s)?(?:said|says|mentioned|mentions|suggested|suggests|thinks|thought|asked|asks|wants"
    r"|wanted|posted|posts|shared|shares|told|tells|recommended|recommends|announced|proposed|proposes|believes|noted"
    r"|invited|sagt|sagte|meint|meinte|erzählt|erzählte|schlägt|fragt|fragte|will|dit|a dit|pense|propose|demande|veut"
    r"|dice|dijo|piensa|propone|pregunta|quiere|ha detto|pensa|chiede|vuole|disse|diz|acha|pergunta|quer|zegt|zei|denkt"
    r"|vraagt|wil|mówi|mówiła?|powiedziała?|myśli|pyta|chce|говорит|сказала?|думает|спрашивает|хочет|säger|sa|tycker"
    r"|frågar|vill)(?!\w)",
    re.IGNORECASE,
)
"""A verb of saying right after a name."""
_SENTENCE_END = regex(r"(?<=[^\W\d_]{2})[.!?](?=\s)|;\s|\n")
_OWNED = regex(r"['’]s(?:\s[^\W\d_]{1,15})?\s$")
"""What is between a name and its owner's occasion: `[[Ada]]'s birthday party`."""
_MARKS, _ENDS = " \t>-*+_[@", ".:;!?"
_PURPOSES = (
    *("to", "for", "behalf", "so", "für", "um", "damit", "pour", "afin", "para", "pra", "per", "voor", "om", "zodat"),
    *("för", "så", "dla", "żeby", "zeby", "aby", "для", "чтобы", "чтоб"),
)
_FOR_TO = r"(?:pour|afin d(?:e |['’]))\s?"
_TO_TELL = (
    r"(?<!\w)(?:(?:in order )?to (?:\w+ly )?(?:tell|ask|thank|remind|warn|inform|let)"
    r"|so (?:that )?(?:s?he|they|i) (?:can|could|may|might|will|would)"
    r"|(?:um|damit)(?=\s[^.;!?]*\s(?:zu\s)?(?:sagen|danken|fragen|bitten|erinnern|warnen|erzählen|informieren)(?!\w))"
    rf"|{_FOR_TO}(?:(?:le|la|les|lui|leur)\s|l['’])?(?:dire|demander|remercier|rappeler|prévenir|avertir|informer)"
    r"|(?:para|pra|a fim de)\s(?:decir|preguntar|pedir|agradecer|recordar|avisar|informar|dizer|perguntar|lembrar)"
    r"(?:l[eoa]s?|-\w+)?"
    r"|per\s(?:dire?|chiedere?|ringraziare?|ricordare?|avvisare?|informare?)(?:gli|le|l[oai])?"
    r"|om(?=\s[^.;!?]*\ste\s(?:zeggen|vragen|bedanken|herinneren|waarschuwen|vertellen|informeren)(?!\w))"
    r"|(?:för|så) att\s(?:säga|fråga|tacka|be|påminna|varna|berätta|informera)"
    r"|(?:że|ze|a)by\s(?:powiedzieć|zapytać|podziękować|poprosić|przypomnieć|ostrzec|poinformować)"
    r"|чтобы?\s(?:сказать|спросить|поблагодарить|попросить|напомнить|предупредить|сообщить|передать))(?!\w)"
)
_TELLING = regex(_TO_TELL, re.IGNORECASE)
"""What begins a clause that says what somebody was met for, and that speaks of others: `to thank`."""
_PURPOSE = regex(
    rf"{_TO_TELL}|(?<!\w)(?:(?:in order )?to (?:\w+ly )?(?:invite|congratulate|wish|introduce|arrange"
    r"|organi[sz]e|plan|book|discuss|sort|see|meet|visit|pick up|fetch|collect|help|get|find|check|say|make|set up|talk"
    r"|speak|call|ring|phone|text|email|write|message|join|bring|take|give|send|return|have|celebrate|cheer|chase)"
    r"|damit\s(?:er|sie|es|ich|wir)|um(?=\s[^.;!?]*\s(?:zu\s\w+n|\w+zu\w+n)(?!\w))"
    rf"|{_FOR_TO}(?:(?:le|la|les|lui|leur|se|ne pas)\s|[ls]['’])?\w+(?:er|ir|re)|(?:pour|afin) que"
    r"|(?:para|pra|a fim de)\s(?:(?:n[aã]o|no|que)\s)?\w+[aeiêá]r(?:(?:l[eoa]s?|[mt]e|se|nos)|-\w+)?|(?:para|pra) que"
    r"|per\s(?:non\s)?(?:\w+[aei]re|\w+[aei]r(?:gli|le|l[oai]|[mtcs]i))"
    r"|om(?=\s[^.;!?]*\ste\s\w+n(?!\w))|zodat|(?:för|så) att|(?:że|ze|a)by|чтобы?)(?!\w)",
    re.IGNORECASE,
)
"""The same, and what may only have been arranged: `to invite`."""
_FOR = regex(r"(?<!\w)(?:for|on behalf of|für|pour|para|per|voor|för|dla|для)\s+$", re.IGNORECASE)
"""What is before somebody for whom another was contacted: `called [[Ada]] for [[Bo]]`."""
_NEW_CLAUSE = regex(r"[.;!?](?=\s)|,\s(?:then|and then|met|saw|dann|puis|luego|poi|depois|sedan|potem|потом)(?!\w)")
_purposes = WordFilter(_PURPOSES)


def met_each_other(text: str, names: Sequence[Span], contacts: Sequence[Word]) -> frozenset[int]:
    """Return the indexes of the names of people who met without the writer.

    Empty if the line mentions the writer: `Ada met Bo at my place`.
    """
    met = [at for word in contacts for at in _subject_and_object(text, names, word)]
    return frozenset(met) if met and not _mentions_writer(text) else frozenset()


def _subject_and_object(text: str, names: Sequence[Span], word: Word) -> Sequence[int]:
    """Return the indexes of the names, or a pronoun and a name, on both sides of a contact word; else nothing."""
    after = bisect_left(names, (word.end, 0))
    if after == len(names) or names[after][0] - word.end > _GAP:
        return ()
    before = after - 1
    between = text[word.end : names[after][0]].strip(" @*_[")
    if between and between.casefold() not in ARTICLES and fold(between) not in listed("towards"):
        return ()
    if _is_another(text, word):
        return range(after, _end_of_list(text, names, after) + 1)
    if before < 0 or not _is_person(text, names[before]) or text[names[after][0]].islower():
        return ()
    if names[before][1] > word.start or not _BETWEEN.fullmatch(text, names[before][1], word.start):
        return ()
    first, last = before, _end_of_list(text, names, after)
    while first and are_joined(text, names[first - 1][1], names[first][0]):
        first -= 1
    lead = text[: names[first][0]].rstrip(_MARKS)
    return range(first, last + 1) if not lead or lead[-1] in _ENDS else ()


def _is_another(text: str, word: Word) -> bool:
    """Return whether a pronoun of the contact word's language, such as `she`, is its subject."""
    subject = _PRONOUN.search(text, max(0, word.start - _LONGEST_SUBJECT), word.start)
    return subject is not None and fold(subject[1]) in listed("other people", frozenset((word.language,)))


def _end_of_list(text: str, names: Sequence[Span], at: int) -> int:
    """Return the place of the last name of the list that the name at `at` is in."""
    while at + 1 < len(names) and are_joined(text, names[at][1], names[at + 1][0]):
        at += 1
    return at


def _is_person(text: str, name: Span) -> bool:
    """Return whether a name is a link, an `@Name` or a first name; not the `Finally` of `Finally met Ada`."""
    written = text[name[0] : name[1]].strip()
    return not written or written.startswith("@") or fold(written.partition(" ")[0]) in given_names()


def _mentions_writer(text: str) -> bool:
    return any(fold(word) in listed("the writer") for word in _WORD.findall(text))


def is_away(text: str, end: int, words: Sequence[Word], contacts: Sequence[Word]) -> bool:
    """Return whether `is sick` or the like is right after a name that ends at `end`, and no contact word follows."""
    return any(
        0 <= word.start - end < _GAP and _IS.fullmatch(text, end, word.start) is not None
        for word in words
        if word.kind == "not here" and not any(other.start > word.start for other in contacts)
    )


def wrote_the_topic(text: str, start: int, contacts: Sequence[Word]) -> bool:
    """Return whether the person named at `start` only wrote what the line is about: `the report that Ada wrote`."""
    if start <= _SHORTEST_RELATIVE or any(word.start <= start or word.kind not in _WRITTEN for word in contacts):
        return False
    return _RELATIVE.search(text, max(0, start - _GAP), start) is not None


def is_aside(text: str, name: Span, met: Sequence[Span], contacts: Sequence[Word]) -> bool:
    """Return whether contact words that no name is next to are not about `name`.

    Somebody says or owns something, or a sentence without a contact word follows the names of those who were `met`:
    `[[Ada]] said the meeting is off`, `[[Ada]]'s notes of it`, `Met [[Bo]]. [[Ada]] is out`; not `[[Ada]]'s party`.
    """
    start, end = name
    if text.startswith(("'s", "’s"), end):
        return not any(_OWNED.fullmatch(text, end, word.start) for word in contacts)
    if contacts[0].start > start and _SAYS.match(text, end):
        return True
    first = next((other[1] for other in met if _is_person(text, other)), start)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, first, start)]
    return bool(ends) and not any(ends[-1] <= word.start < start for word in contacts)


def may_tell_purpose(tokens: Collection[str] | None, names: Sequence[Span]) -> bool:
    """Return whether a line names several people and may say what one was met for. `tokens`: those of the line."""
    return len(names) > 1 and (tokens is None or _purposes.may_hold(tokens))


def is_in_purpose(text: str, names: Sequence[Span], at: int, contacts: Sequence[Word]) -> bool:
    """Return whether the name at `at` is only in what another person was contacted for: Bo in `rang Ada to thank Bo`.

    If the contact was in person, only where that speaks of others: in `met Ada to visit Bo` both were there.
    """
    start = names[at][0]
    begins = (match for match in _PURPOSE.finditer(text) if match.end() <= start)
    begin = next((match for match in begins if not _NEW_CLAUSE.search(text, match.end(), start)), None)
    if begin is None:
        spoken_for = at and _FOR.search(text, names[at - 1][1], start) is not None
        return bool(spoken_for and contacts and all(word.kind in REMOTE for word in contacts))
    before = [word for word in contacts if word.end <= begin.start()]
    speaks_of_others = _TELLING.match(text, begin.start()) is not None
    if not before:
        # `to thank Bo I rang Ada`
        end = min(text.find(",", begin.end()) % (len(text) + 1), *(word.start for word in contacts), len(text))
        first = not any(map(str.isalnum, text[: begin.start()])) and not any(name[0] < begin.start() for name in names)
        met = start < end and any(name[0] >= end for name in names)
        return first and met and (speaks_of_others or all(word.kind in REMOTE for word in contacts))
    if not any(end <= begin.start() for _, end in names[:at]):
        return False
    again = any(begin.end() < word.start < start and is_further(text, begin.end(), word) for word in contacts)
    return not again and (speaks_of_others or all(word.kind in REMOTE for word in before))
