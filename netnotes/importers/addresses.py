"""Addresses of mail and of pages: how they are found and compared, and which belong to no person."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"(?<![^@\s<>,;:\"()\[\]])[^@\s<>,;:\"()\[\]]++@[^@\s<>,;:\"()\[\]]+")
"""A mail address. It begins where a word begins: else a long text costs the square of its length."""
_LOCAL = re.compile(
    r"(?:.*[._+-])?(?:no|do[._-]?not|nicht)[._-]?(?:reply|antworten|responder)(?:[._+-].*)?|.*[._+-]?noreply.*"
    r"|no-reply.*|donotreply.*|mailer[._-]?daemon|postmaster|(?:.*[._+-])?bounces?(?:[._+-].*)?"
    r"|(?:.*[._+-])?(?:notifications?|notify|newsletters?|news|alerts?|updates?|digest|mailings?|marketing|promo(?:tion)?s?)"
    r"|(?:.*-)?(?:request|owner)|listserv|majordomo|unknownorganizer|root|cron|daemon|nobody|invalid|calendar-notification"
    r"|(?:(?:customer|client|kunden)[._-]?(?:service|support|care)|support|help[._-]?desk|billing|invoices?|orders?"
    r"|receipts?|rechnung(?:en)?|confirmations?|statements?|tickets?|verif(?:y|ication)|auto[._-]?(?:reply|mailer|confirm))"
    r"(?:\+.*)?|imceaex-.*"
)
_DOMAIN = re.compile(
    r"(?:lists?|groups?|googlegroups|mailman|bounces?|notifications?|newsletters?|marketing)\.|(?:.*\.)?invalid$"
)


def is_service(address: str) -> bool:
    """Return whether an address in lower case belongs to a machine, a list or a service, not to a person."""
    local, _, domain = address.partition("@")
    return bool(_LOCAL.fullmatch(local) or _DOMAIN.match(domain))


def plain_url(url: str) -> str:
    """Return the address of a page as it is compared: without scheme, `www.`, query and last slash, in lower case."""
    found = url.strip().lower().partition("?")[0].rstrip("/")
    return found.removeprefix("https://").removeprefix("http://").removeprefix("www.")
