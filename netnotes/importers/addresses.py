"""Mail addresses that are no people: services, lists, machines."""

from __future__ import annotations

import re

_LOCAL = re.compile(
    r"(?:.*[._+-])?(?:no|do[._-]?not|nicht)[._-]?(?:reply|antworten|responder)(?:[._+-].*)?|.*[._+-]?noreply.*"
    r"|no-reply.*|donotreply.*|mailer[._-]?daemon|postmaster|(?:.*[._+-])?bounces?(?:[._+-].*)?"
    r"|(?:.*[._+-])?(?:notifications?|notify|newsletters?|news|alerts?|updates?|digest|mailings?|marketing|promo(?:tion)?s?)"
    r"|(?:.*-)?(?:request|owner)|listserv|majordomo|unknownorganizer|root|cron|daemon|nobody|invalid|calendar-notification"
    r"|support|helpdesk|billing|invoices?|orders?|receipts?|rechnung(?:en)?|imceaex-.*"
)
_DOMAIN = re.compile(
    r"(?:lists?|groups?|googlegroups|mailman|bounces?|notifications?|newsletters?|marketing)\.|(?:.*\.)?invalid$"
)


def is_service(address: str) -> bool:
    """Return whether an address in lower case is a machine's, a list's or a service's, so that nobody is met there."""
    local, _, domain = address.partition("@")
    return bool(_LOCAL.fullmatch(local) or _DOMAIN.match(domain))
