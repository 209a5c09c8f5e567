"""Addresses of mail and of pages: how they are found and compared, and which belong to no person."""

from __future__ import annotations

import re

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
