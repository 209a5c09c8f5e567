"""Names and addresses as programs show them: names with the last name first in the order in which one says them.

Addresses of mail and of pages: how they are found and compared, and which belong to no person.
"""

from __future__ import annotations

import re

from netnotes.extract.people.likely_names import titles
from netnotes.extract.people.names import folded
from netnotes.extract.people.note_names import COLLECTIVE
from netnotes.text.lexicon.words import given_names
from netnotes.text.names_in_lines import PARTICLES

DEGREE = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z.-]{2,8}|[JS]r\.?")
"""What follows a name after a comma, such as PhD, MBA, M.Sc., CPA or Jr."""
_USUAL_DEGREES = frozenset(
    "phd md mba msc bsc ma ba llm llb cpa cfa pmp esq rn dds jr sr ii iii iv mag dipl-ing".split()
)
_FIRM = frozenset(
    "inc ltd llc gmbh ag corp co sa spa srl sarl sas bv nv ab oy as plc llp lp kg ohg ug eg ev pty sl".split()
)
"""Legal forms, without full stops."""
_FIRM_TOO = COLLECTIVE | frozenset("associates partner attorneys offices".split())
"""Words that show a firm or a group unless a usual first name is beside them, as in `Church, Charlotte`."""
_NOT_A_LAST_NAME = frozenset("dj mc hr it ceo cfo cto coo vp pr qa pm".split())
_REMARK = re.compile(r"(?<=\S)\s*+(?:\([^()]*+\)|\[[^\[\]]*+\])\s*+$|\s[-–|/]\s.*$")
"""What a directory adds to a name: `(Sales)`, `[DE]`, `- Berlin`."""
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*+")
_INITIAL = re.compile(r"\w\.?")
_MOST_WORDS = 3
_SHORT = 3
"""Letters of a word in capitals that may be an abbreviation."""
ADDRESS = re.compile(r"(?<![^@\s<>,;:\"()\[\]])[^@\s<>,;:\"()\[\]]++@[^@\s<>,;:\"()\[\]]+")
"""A mail address. It begins where a word begins: else a long text costs the square of its length."""
_LOCAL = re.compile(
    r"(?:.*[._+-])?(?:no|do[._-]?not|nicht)[._-]?(?:reply|antworten|responder)(?:[._+-].*)?|.*[._+-]?noreply.*"
    r"|(?:.*[._+-])?(?:ne[._-]?pas[._-]?repondre|nao[._-]?responda|keine[._-]?antwort|geen[._-]?antwoord|ikke[._-]?svar"
    r"|niet[._-]?beantwoorden|svara[._-]?(?:ej|inte)|nie[._-]?odpowiadaj|non[._-]?rispondere)(?:[._+-].*)?"
    r"|no-reply.*|donotreply.*|mailer[._-]?daemon|postmaster|(?:.*[._+-])?bounces?(?:[._+-].*)?"
    r"|(?:.*[._+-])?(?:notifications?|notify|newsletters?|news|alerts?|updates?|digest|mailings?|marketing|promo(?:tion)?s?)"
    r"|(?:.*[._+-])?newsletters?(?:[._+-].*)?|reply\+.*|invitations?|unsubscribe|abuse|hostmaster|webmaster"
    r"|(?:.*-)?(?:request|owner)|listserv|majordomo|unknownorganizer|root|cron|daemon|nobody|invalid|calendar-notification"
    r"|(?:(?:customer|client|kunden)[._-]?(?:service|support|care)|support|help[._-]?desk|billing|invoices?|orders?"
    r"|receipts?|rechnung(?:en)?|confirmations?|statements?|tickets?|verif(?:y|ication)|auto[._-]?(?:reply|mailer|confirm))"
    r"(?:\+.*)?|imceaex-.*"
)
_DOMAIN = re.compile(
    r"(?:lists?|groups?|googlegroups|mailman|bounces?|notifications?|newsletters?|marketing)\.|(?:.*\.)?invalid$"
)
_GOOGLE = ("gmail.com", "googlemail.com")


def in_spoken_order(name: str) -> str:
    """Return `Bo Lind` for `Lind, Bo (Sales)` and `LIND Bo`; firms, and names in any other form, as they are."""
    return _after_comma(name) or after_capitals(name, only_usual=True) or name


def after_capitals(name: str, *, only_usual: bool = False) -> str | None:
    """Return the name whose last name is in capitals before the first: `Bo Lind` for `LIND Bo`; None for others.

    With `only_usual` the first name must be a usual one, since `BMW Group` is written in the same way.
    """
    words = _without_remarks(name).split()
    count = next((at for at, word in enumerate(words) if not _is_capitals(word)), 0)
    last, first = words[:count], words[count:]
    if not _are_first_and_last(first, last) or first[0].isupper() or last[0].casefold() in _NOT_A_LAST_NAME:
        return None
    if len(first) > 1 and len(last) == 1 and len(last[0]) <= _SHORT:
        return None
    if only_usual and not _is_usual(first):
        return None
    return " ".join((*first, *map(_in_small_letters, last)))


def _after_comma(name: str) -> str | None:
    last, *rest = (part.split() for part in _without_remarks(name).split(","))
    if len(rest) == 2 and len(rest[1]) == 1 and _is_degree(rest[1][0], certain=False):
        rest.pop()
    if len(rest) != 1:
        return None
    first = rest[0]
    title = last[:1] if len(last) == 2 and folded(last[0]).rstrip(".") in titles() else []
    last = last[len(title) :]
    if not _are_first_and_last(first, last):
        return None
    is_list = len(last) > 1 and folded(last[0]) in given_names() and last[0] not in PARTICLES
    if is_list or folded(last[0]).rstrip(".") in titles() or _is_degree(first[-1], certain=len(last) == 1):
        return None
    if all(map(_is_capitals, first)) and all(map(_is_capitals, last)):
        first = list(map(_in_small_letters, first))
    return " ".join((*title, *first, *map(_in_small_letters, last)))


def _without_remarks(name: str) -> str:
    before, name = "", name.strip()
    while name != before:
        before, name = name, _REMARK.sub("", name).strip()
    return name


def _are_first_and_last(first: list[str], last: list[str]) -> bool:
    """Return whether words may be the first and the last names of one person, and not the words of a firm."""
    plain = {word.casefold().replace(".", "") for word in (*first, *last) if not _INITIAL.fullmatch(word)}
    is_firm = plain & _FIRM or (plain & _FIRM_TOO and not _is_usual(first))
    return not is_firm and _are_names(first) and _are_names(last)


def _is_usual(first: list[str]) -> bool:
    return bool(first) and folded(first[0]).partition(" ")[0] in given_names()


def _are_names(words: list[str]) -> bool:
    """Return whether words may be the first or the last name of one person."""
    if not 0 < len(words) <= _MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    return all(word[0].isupper() or word in PARTICLES for word in words) and words[-1][0].isupper()


def _is_degree(word: str, *, certain: bool) -> bool:
    """Return whether a word is a degree; if it must be `certain`, only one of the usual ones."""
    usual = word.replace(".", "").casefold() in _USUAL_DEGREES
    return usual or (not certain and DEGREE.fullmatch(word) is not None)


def _is_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word


def _in_small_letters(word: str) -> str:
    """Return `Lind` for `LIND`, and `de` for `DE`; any other word as it is."""
    if not _is_capitals(word):
        return word
    return word.lower() if word.lower() in PARTICLES else word.title()


def is_service(address: str) -> bool:
    """Return whether an address in lower case belongs to a machine, a list or a service, not to a person."""
    local, _, domain = address.partition("@")
    return bool(_LOCAL.fullmatch(local) or _DOMAIN.match(domain))


def plain_address(address: str) -> str:
    """Return an address without the tag that its owner may add; Google's without points, since it ignores them."""
    local, _, domain = address.strip().lower().partition("@")
    local = local.partition("+")[0] or local
    if domain in _GOOGLE:
        return f"{local.replace('.', '')}@{_GOOGLE[0]}"
    return f"{local}@{domain}"


def plain_url(url: str) -> str:
    """Return the address of a page as it is compared: without scheme, `www.`, query and last slash, in lower case."""
    found = url.strip().lower().partition("?")[0].rstrip("/")
    return found.removeprefix("https://").removeprefix("http://").removeprefix("www.")
