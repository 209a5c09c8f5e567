"""Who started a contact, according to a sentence: `Ada called`, `Mail an Pilar`, `her idea`. Lexicon and word order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from netnotes.capture.clause_bounds import clause_around
from netnotes.capture.clauses.replies import answers
from netnotes.capture.names.book import NameMatch, is_declined, name_key
from netnotes.capture.names.words import is_company
from netnotes.model import Initiative
from netnotes.regex import regex
from netnotes.text.appositions import has_pronoun
from netnotes.text.lexicon.channels import CARD
from netnotes.text.lexicon.words import CHANNELS, REMOTE, WIDE_LANGUAGES, Word, fold, listed

_INVITES, _PROPOSES, _IDEA, _OBJECT = "invites", "proposes", "idea", "object"
_CARD = "typed card"
"""The list of cards, which are sent like mail."""
KINDS = (
    *("started by me", "started by them", "started by both", "reached by me", "reached by them"),
    *(_INVITES, _PROPOSES, _IDEA, _CARD, _OBJECT, "from", "towards"),
)
"""Word lists for who started a contact."""
_EXPLICIT: tuple[tuple[str, Initiative], ...] = (
    ("started by both", "both"),
    ("started by them", "them"),
    ("started by me", "me"),
)
_PARTICIPLE = regex(r"\w{0,5}ge\w+(?:t|en|d)", re.IGNORECASE)
"""German and Dutch: `Ada angerufen` is my call, `Ada belde` is hers."""
_HAS = regex(r"\s*(?:hat|haben|hatte|heeft|hebben|had)\s", re.IGNORECASE)
_PARTICIPLES_ONLY = ("fr", "it", "ja")
"""Languages in which a word after a name was done to that person: Japanese `健太に電話`."""
_IDEA_OF = regex(r"\s(?:of|de|d['’]|da|do|di|von|van|av|od|от)\s?(?:(?:la|el|o|a)\s)?", re.IGNORECASE)
_WIDE_OF = ("の", "的")
_PARTICIPLE_LAST = ("de", "nl", "fr", "it")
"""Languages in which `Ada eingeladen`, without a verb between, is my invitation."""
_FINITE = ("de", "nl")
"""Those of them whose verbs show whether they are participles: `Ada schlug vor`."""
_CASES = ("pl", "ru")
"""Languages in which a declined name is not the subject: `Ольгу пригласил`."""
_POLITE = regex("さん|くん|君|ちゃん|先生|様")
_JAPANESE = ("から", "に")
"""Japanese, after a name: `健太から今朝LINE` is theirs, `健太に昨日電話` mine."""
_TO_SOMEBODY = "给給"
"""Chinese: `给李雪打电话`, with the contact word after the name."""
_ARTICLES = regex(r"\s*(?:(?:the|a|den|die|der|la|le|el|il|o|a|à|ao|to|dem|l['’])\s)?\s*", re.IGNORECASE)
_OF = regex(r"\s+d['’]", re.IGNORECASE)
"""French: `message d'Anouk`."""
_OWNED = regex(r"['’]s\s(?:(\w{1,15})\s)?")
_TREAT = regex("['’]s (?:treat|shout|turn)")
_REPLIED = regex("repl|answer|repond|respond|contest|risp|antw|geantw|beantw|svar|odpis|odpow|ответ")
_HAS_LAST = regex(r"\s(?:hat|haben|a|ont|ha|han|hanno|heeft|hebben|har|has|have)\s*$", re.IGNORECASE)
_RECEIVED = regex(r"(?<!\w)(?:got|received|had|read|opened)\s$", re.IGNORECASE)
_ON_THE_PHONE = regex(r"(?<!\w)on the (?:phone|blower|line) to\s?$", re.IGNORECASE)
"""English: `on the phone to Ada` does not say who rang."""
_DROPPED = regex("(?:popped|dropped|stopped|swung|nipped)", re.IGNORECASE)
_FEW_WORDS = 4
_CYRILLIC = regex("[а-я]")
_GAP = regex(r"\s*(?:just|then|also|dann|auch|just nu)?\s*", re.IGNORECASE)


def started_by(text: str, words: Sequence[Word], names: Sequence[NameMatch], channel: str | None) -> Initiative | None:
    """Return who started a contact; None if nothing says so. `words` are of KINDS and CHANNELS."""
    for kind, who in _EXPLICIT:
        if told := [word for word in words if word.kind == kind]:
            return "me" if who == "them" and all(_is_mine(text, word, names) for word in told) else who
    if any(is_idea_of(text, words, name) for name in names):
        return "them"
    answered = answers(text, words)
    # `texted Ada, she replied`
    words = [word for word in words if not any(_shares(word, one) for one in answered)]
    return _started_by(text, words, names, channel) or ("me" if answered else None)


def _started_by(text: str, words: Sequence[Word], names: Sequence[NameMatch], channel: str | None) -> Initiative | None:
    """Return who started a contact, by other words than `her idea`."""
    if any(_is_theirs(text, word, names, channel) for word in words) or any(
        word.start == name.end + 3 and word.kind in REMOTE and _RECEIVED.search(text, 0, name.start)
        for name in names
        for word in words
    ):
        return "them"
    if invited := _by_invitation(text, words, names):
        return invited
    if channel is not None and channel not in (*REMOTE, CARD):
        return None
    ours = [word for word in words if word.kind == "reached by me"]
    # `mich bei Ada gemeldet` is mine, although `gemeldet` alone is theirs.
    theirs = [word for word in words if word.kind == "reached by them" and not any(_holds(one, word) for one in ours)]
    mine = [word for word in ours if not any(_overlap(word, other) for other in theirs)]
    if theirs:
        return "them"
    for name in names:
        if by_order := _by_order(text, words, mine, name, names):
            return by_order
    # `lunch with Ada, called her later`
    return "me" if any(has_pronoun(text, verb) for verb in mine) else None


def _is_theirs(text: str, word: Word, names: Sequence[NameMatch], channel: str | None) -> bool:
    """Return whether a pronoun is the subject of a verb: `she called`, `they invited`; not `she called Bo`."""
    remote = word.kind in REMOTE and channel in (*REMOTE, None)
    if not remote and word.kind not in (_INVITES, "reached by me", "reached by them"):
        return False
    start, _ = clause_around(text, word.start, word.end)
    subject = _HAS_LAST.sub("", text[start : word.start]).split()
    others = listed("other people", frozenset({word.language}))
    return (
        len(subject) == 1 and fold(subject[0]) in others and not any(0 <= name.start - word.end <= 1 for name in names)
    )


def _is_mine(text: str, word: Word, names: Sequence[NameMatch]) -> bool:
    """Return whether the writer is the subject of a word such as `dropped in`: `I dropped in on Bo`."""
    start, _ = clause_around(text, word.start, word.end)
    lead = [fold(each) for each in text[start : word.start].split()]
    first_word = word.language == "en" and _DROPPED.match(text, word.start) is not None
    after = any(name.start > word.end and text[word.end : name.start].strip() for name in names)
    return first_word and after and (lead[-1:] == ["i"] or (not lead and not any(n.end <= word.start for n in names)))


def is_idea_of(text: str, words: Sequence[Word], name: NameMatch) -> bool:
    """Return whether something was a person's idea: `Ada's idea`, `idée d'Anouk`, `健太の提案`."""
    for word in words:
        if word.kind != _IDEA:
            continue
        before, after = text[name.end : word.start], text[word.end : name.start]
        if name.end <= word.start and (before[:2] in ("'s", "’s") or is_declined(name) or before[:1] in _WIDE_OF):
            return before in ("'s ", "’s ", " ", *_WIDE_OF)
        if word.end <= name.start and (_IDEA_OF.fullmatch(after) or (is_declined(name) and after == " ")):
            return True
    return False


def is_named_by_act(text: str, words: Sequence[Word], name: NameMatch) -> bool:
    """Return whether a name in the possessive stands for the person: `Ada's idea`, `Ada's birthday drinks`."""
    if is_idea_of(text, words, name) or _TREAT.match(text, name.end):
        return True
    for word in words:
        owned = _OWNED.fullmatch(text, name.end, word.start) if word.start > name.end and name.people else None
        if owned and word.kind in REMOTE and not owned[1]:
            return True
        if owned and word.kind in ("in person", "done together") and not text[: name.start].strip():
            between = fold(owned[1] or "")
            return between not in listed("kin") | listed("common")
    return False


def _by_invitation(text: str, words: Sequence[Word], names: Sequence[NameMatch]) -> Initiative | None:
    """Return who invited whom, by the place of the name beside the verb: `invited Ada`, `Ada lud mich ein`."""
    for verb in words:
        start, end = clause_around(text, verb.start, verb.end)
        proposal = verb.kind == _PROPOSES and any(
            word.kind in CHANNELS and verb.start < word.start < end for word in words
        )
        if verb.kind != _INVITES and not proposal:
            continue
        if any(word.kind == _OBJECT and start <= word.start < end for word in words):
            return "them"
        subject = {fold(word) for word in text[start : verb.start].split()}
        if subject & listed("other people") or text.startswith(" to ", verb.end):
            # `they invited Ada to the board`, `invited to Ada's wedding`
            continue
        beside = [name for name in names if start <= name.start < end]
        if not beside:
            continue
        if verb.language in WIDE_LANGUAGES:
            return "me" if verb.end == beside[0].start or verb.end < beside[-1].start else "them"
        before = [name for name in beside if name.end <= verb.start]
        if len(before) < len(beside) or (verb.language in _CASES and is_declined(before[-1])):
            return "me"
        parts = text[verb.start : verb.end].split()
        finite = verb.language in _FINITE and not any(map(_PARTICIPLE.fullmatch, parts))
        acts = verb.language not in _PARTICIPLE_LAST or finite or _HAS.match(text, before[-1].end)
        return "them" if acts else "me"
    return None


def _overlap(one: Word, other: Word) -> bool:
    return one.start < other.end and other.start < one.end and other.end - other.start >= one.end - one.start


def _shares(word: Word, other: Word) -> bool:
    return word.start < other.end and other.start < word.end


def _holds(longer: Word, word: Word) -> bool:
    return longer.start <= word.start and word.end <= longer.end and longer.end - longer.start > word.end - word.start


class _Beside(NamedTuple):
    """A name, and the words beside it."""

    text: str
    words: Sequence[Word]
    mine: Sequence[Word]
    """Verbs of reaching somebody, such as `got in touch with`."""
    contacts: Sequence[Word]
    """Words for contact at a distance."""
    name: NameMatch
    names: Sequence[NameMatch]
    """All of them."""


def _by_order(
    text: str, words: Sequence[Word], mine: Sequence[Word], name: NameMatch, names: Sequence[NameMatch]
) -> Initiative | None:
    contacts = [word for word in words if word.kind in (*REMOTE, _CARD)]
    beside = _Beside(text, words, mine, contacts, name, names)
    if reached := _right_after_verb(beside):
        return reached
    if is_company(text, name):
        return None
    by_word = (rule(beside) for rule in (_by_preposition, _by_particle))
    by_verb = (rule(beside, verb) for verb in (*mine, *contacts) for rule in _AROUND_VERB)
    return next(filter(None, (*by_word, *by_verb)), None) or _by_opening(beside)


def _right_after_verb(beside: _Beside) -> Initiative | None:
    """Judge by a verb right before the name: `got in touch with Ada`; in Russian `позвонил Олег` is his."""
    if any(
        verb.end < beside.name.start and beside.text[verb.end : beside.name.start].isspace() for verb in beside.mine
    ):
        return _mine_unless_subject(beside, *beside.mine)
    return None


def _follows(beside: _Beside, word: Word, verb: Word) -> bool:
    """Return whether a preposition follows a verb, perhaps after a day, which is blank: `dzwoniłem wczoraj do Kasi`."""
    if verb.start <= word.start < verb.end:
        return True
    between = beside.text[verb.end : word.start]
    named = any(verb.end <= name.start < word.start for name in beside.names)
    return verb.end <= word.start and not between.strip() and not named


def _has_replied(beside: _Beside, preposition: Word) -> bool:
    """Return whether what somebody sent is answered: `répondu au mail de Rémi`."""
    verbs = (fold(beside.text[verb.start : verb.end]) for verb in beside.mine if verb.end <= preposition.start)
    return any(_REPLIED.match(verb) for verb in verbs)


def _by_preposition(beside: _Beside) -> Initiative | None:
    """Judge by a preposition: `letter from Ada`, `Mail an Pilar`."""
    text, name = beside.text, beside.name
    for word in beside.words:
        phoned = _ON_THE_PHONE.search(text, 0, word.end)
        leads = word.end <= name.start and not phoned and _ARTICLES.fullmatch(text, word.end, name.start)
        verbs = (other for other in (*beside.mine, *beside.contacts) if other.language == word.language)
        if leads and word.kind in ("from", "towards") and any(_follows(beside, word, verb) for verb in verbs):
            return "them" if word.kind == "from" and not _has_replied(beside, word) else "me"
    return None


def _by_particle(beside: _Beside) -> Initiative | None:
    """Judge by the word beside a name in Chinese and Japanese: `健太から今朝LINE`, `给李雪打电话`."""
    text, name = beside.text, beside.name
    if not any(word.start >= name.end for word in beside.contacts):
        return None
    polite = _POLITE.match(text, name.end)
    end = polite.end() if polite else name.end
    if text.startswith(_JAPANESE, end):
        return "them" if text.startswith(_JAPANESE[0], end) else "me"
    return "me" if text[: name.start].rstrip()[-1:] in tuple(_TO_SOMEBODY) else None


def _inside_verb(beside: _Beside, verb: Word) -> Initiative | None:
    """Judge by a verb around the name: `sent Ivo a message`."""
    inside = verb in beside.mine and verb.start < beside.name.start and beside.name.end < verb.end
    return "me" if inside else None


def _of_somebody(beside: _Beside, verb: Word) -> Initiative | None:
    """Judge by the French `d'`: `message d'Anouk`."""
    return "them" if _OF.fullmatch(beside.text, verb.end, beside.name.start) else None


def _after_verb(beside: _Beside, verb: Word) -> Initiative | None:
    """Judge by a verb before the name and its article: `llamé a Pilar`."""
    after = verb.end <= beside.name.start and _ARTICLES.fullmatch(beside.text, verb.end, beside.name.start)
    return _mine_unless_subject(beside, verb) if after and verb in beside.mine else None


def _right_before_verb(beside: _Beside, verb: Word) -> Initiative | None:
    """Judge by a verb right after the name: `Ada called`, but `Ada angerufen`."""
    if verb.start < beside.name.end or not _GAP.fullmatch(beside.text, beside.name.end, verb.start):
        return None
    if verb not in beside.mine and not any(_overlap(verb, other) or _overlap(other, verb) for other in beside.mine):
        return None
    return "me" if verb.language in _PARTICIPLES_ONLY or _is_participle(beside.text, verb) else "them"


def _before_participle(beside: _Beside, verb: Word) -> Initiative | None:
    """Judge by a participle: `Käthe zum Geburtstag angerufen` is mine, `Käthe hat gestern angerufen` hers."""
    if verb not in beside.mine or verb.start < beside.name.end or not _is_participle(beside.text, verb):
        return None
    return "them" if _HAS.match(beside.text, beside.name.end) else "me"


_AROUND_VERB = (_inside_verb, _of_somebody, _after_verb, _right_before_verb, _before_participle)
"""Rules for the order of a name and a verb, the surest first."""


def _by_opening(beside: _Beside) -> Initiative | None:
    """Judge by a verb that begins a clause: `wrote a mail to Ada`."""
    opens = any(_opens(beside.text, beside.words, verb, beside.name) for verb in beside.mine)
    return "me" if opens else None


def _mine_unless_subject(beside: _Beside, *verbs: Word) -> Initiative:
    """Return whose a verb before a name is: theirs in Russian, if the name is in the form of a subject."""
    theirs = any(verb.language == "ru" for verb in verbs) and _is_subject_form(beside.name)
    return "them" if theirs else "me"


def _opens(text: str, words: Sequence[Word], verb: Word, name: NameMatch) -> bool:
    """Return whether a verb of mine begins a clause that names somebody after what was sent: `wrote a mail to Ada`."""
    start, end = clause_around(text, verb.start, verb.end)
    if not verb.end <= name.start < end or text[start : verb.start].strip() or _is_subject_form(name):
        return False
    between = [word for word in words if verb.end <= word.start < name.start]
    others = text[verb.end : name.start].split()
    sent = any(word.kind in (*REMOTE, _CARD) for word in between)
    return sent and len(others) <= _FEW_WORDS and not any(word.kind in ("with", "from") for word in between)


def _is_subject_form(name: NameMatch) -> bool:
    """Return whether a name in Cyrillic is in the form of a subject: `звонил Олег`, not `звонил Олегу`."""
    key = name_key(name.written)
    if not _CYRILLIC.match(key):
        return False
    # Of `брату Олега` the first word says.
    return not is_declined(name) if name.people else not key.split()[0].endswith(("у", "ю", "е", "и"))


def _is_participle(text: str, verb: Word) -> bool:
    """Return whether a German or Dutch verb is a participle, as in `Ada angerufen`."""
    return verb.language in ("de", "nl") and _PARTICIPLE.fullmatch(text[verb.start : verb.end]) is not None
