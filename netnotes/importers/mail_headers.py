"""The headers of one message: who wrote to whom and when, and whether a person wrote it to people.

Every program breaks the rules in its own way, so that each header is read as far as it goes.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import getaddresses, parsedate_to_datetime

from netnotes.importers.display_names import ADDRESS
from netnotes.importers.records import ImportedPerson, one_line
from netnotes.importers.table_dates import date_reader

MOST_HEADER = 64_000
"""Bytes of the headers of one message that are read."""
FIRST_YEAR = 1980
"""An earlier year means that the sender's clock was not set."""
_DRAFT_FOLDERS = frozenset(
    "draft|drafts|entwurf|entwürfe|brouillons|borradores|bozze|rascunhos|concepten|utkast|szkice|черновики"
    "|templates|vorlagen|modèles|plantillas|modelli|sjablonen|unsent messages".split("|")
)
_SPAM_AND_TRASH_FOLDERS = frozenset(
    "spam|junk|trash|papierkorb|corbeille|papelera|cestino|lixeira|prullenbak|kosz|корзина|спам"
    "|junk e-mail|junk email|junk-e-mail|bulk mail|deleted|deleted items|deleted messages"
    "|gelöscht|gelöschte elemente|gelöschte objekte|éléments supprimés|messages supprimés|courrier indésirable"
    "|indésirables|elementos eliminados|correo no deseado|posta eliminata|posta indesiderata|itens excluídos"
    "|lixo eletrônico|verwijderde items|ongewenste e-mail|skräppost|borttaget|borttagna objekt".split("|")
)
"""Labels that Google's export gives messages, and folders of mail programs."""
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)")

_WEEKDAY = re.compile(r"[^\W\d_]{2,12}\.?,?\s+(?=\d)")
_DELETED_BIT = 8
"""Bit of `X-Mozilla-Status`: Thunderbird takes a deleted message out of its file only later."""
# The name begins where a part begins: else a long header costs the square of its length.
_LOOSE_ADDRESS = re.compile(rf"(?<![^<>,;\"])([^<>,;\"]*+)\"?\s*+<\s*+({ADDRESS.pattern})\s*+>|({ADDRESS.pattern})")


def headers_in(block: bytes) -> dict[str, list[str]]:
    """Return header in lower case → values, unfolded; only From, To and so on."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in block[:MOST_HEADER].splitlines():
        if line[:1] in (b" ", b"\t"):
            if current:
                current[-1] += " " + _text(line.strip())
            continue
        head = _HEADER.fullmatch(line)
        current = found.setdefault(head[1].decode("ascii").lower(), []) if head else None
        if head and current is not None:
            current.append(_text(head[2]))
    return found


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def header_values(headers: dict[str, list[str]], *names: str) -> list[str]:
    """Return the values of some headers, one after the other."""
    return [value for name in names for value in headers.get(name, ())]


def exclusion_reason(headers: dict[str, list[str]]) -> str | None:
    """Return why a message does not count as a contact, judged by its headers; None if it may count."""
    value = {name: values[0].strip().lower() for name, values in headers.items() if values}
    labels = {label.strip(' "') for label in _decoded(value.get("x-gmail-labels", "")).casefold().split(",")}
    if labels & _DRAFT_FOLDERS or "d" in value.get("x-maildir-flags", "") or "x-mozilla-draft-info" in value:
        return "draft"
    erased = "t" in value.get("x-maildir-flags", "") or _parse_hex(value.get("x-mozilla-status", "")) & _DELETED_BIT
    if labels & _SPAM_AND_TRASH_FOLDERS or value.get("x-spam-flag") == "yes" or erased:
        return "spam or deleted"
    if value.keys() & {"list-id", "list-unsubscribe", "list-post", "x-mailman-version", "mailing-list", "x-list"}:
        return "mailing list"
    if value.get("precedence") in ("bulk", "list", "junk", "auto_reply"):
        return "mailing list"
    if value.get("auto-submitted", "no").partition(";")[0].strip() != "no":
        return "automatic"
    if value.keys() & {
        "x-autoreply",
        "x-autorespond",
        "x-auto-response-suppress",
        "feedback-id",
        "x-failed-recipients",
    }:
        return "automatic"
    if value.get("return-path") == "<>" or "multipart/report" in value.get("content-type", ""):
        return "automatic"
    return None


def people_in(values: Sequence[str]) -> list[ImportedPerson]:
    """Return everyone with an address in address headers, each once."""
    found: dict[str, ImportedPerson] = {}
    for name, address in _addresses([value[:10_000] for value in values]):
        email = address.strip().lower()
        if ADDRESS.fullmatch(email):
            label = one_line(_decoded(name).strip("\"' "))
            is_name = label and "@" not in label and not label.startswith("=?")
            found.setdefault(email, ImportedPerson(label if is_name else None, (email,), origin=email))
    return list(found.values())


def _addresses(values: Sequence[str]) -> list[tuple[str, str]]:
    """Return (name, address) of each address; a header that breaks the rules is searched for addresses."""
    found: list[tuple[str, str]] = []
    for value in values:
        try:
            pairs = getaddresses([value])
        # Comments in comments and groups in groups.
        except RecursionError:
            pairs = []
        read = {address.strip() for _, address in pairs if ADDRESS.fullmatch(address.strip())}
        # If an address does not occur literally in the header, the parser has joined unrelated words.
        if "@" in value and not (read and all(address in value for address in read)):
            pairs = [(each[1] or "", each[2] or each[3]) for each in _LOOSE_ADDRESS.finditer(value)]
        found += _with_split_names(pairs)
    return found


def _with_split_names(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of name and address; a name that was split at its comma, `Lind, Bo <bo@…>`, is one again."""
    last_name = ""
    for name, address in pairs:
        if not name and address and "@" not in address:
            last_name = address
            continue
        yield f"{last_name}, {name}" if last_name and name else name, address
        last_name = ""


def _decoded(text: str) -> str:
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    words = []
    for part, charset in parts:
        if isinstance(part, str):
            words.append(part)
            continue
        try:
            words.append(part.decode(charset or "ascii"))
        # A name of a charset may hold what Python refuses to look up.
        except (LookupError, ValueError):
            words.append(_text(part))
    return "".join(words)


def _parse_hex(text: str) -> int:
    return int(text, 16) if re.fullmatch(r"[0-9a-f]{1,8}", text) else 0


def sent_at(headers: dict[str, list[str]]) -> dt.datetime | None:
    """Return when a message was sent, by the Date header in its own zone."""
    found = next((_parse_date(value.strip()[:200]) for value in headers.get("date", ())), None)
    return found if found and found.year >= FIRST_YEAR else None


def _parse_date(text: str) -> dt.datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        day = date_reader((), None)(_WEEKDAY.sub("", text, count=1))
        return dt.datetime.combine(day, dt.time.min) if day else None


def folder_flags(path: str) -> str:
    """Return D for a file in a folder of drafts, T for one in a folder of spam or deleted mail, else nothing."""
    # Thunderbird writes Trash and Trash.sbd, Takeout Trash.mbox, Dovecot .Trash and .INBOX.Trash.
    parts = {re.sub(r"\.(?:mbox|sbd)$", "", _folder_name(part).casefold()) for part in path.split("/")}
    names = parts | {part.rpartition(".")[2] for part in parts if part.startswith((".", "inbox."))}
    return "D" if names & _DRAFT_FOLDERS else "T" if names & _SPAM_AND_TRASH_FOLDERS else ""


def _folder_name(written: str) -> str:
    """Return the name of a mail folder: `Entw&APw-rfe` is `Entwürfe`, as mail servers write it (RFC 3501, 5.1.3)."""

    def letters(found: re.Match[str]) -> str:
        code = found[1].replace(",", "/")
        try:
            return base64.b64decode(f"{code}{'=' * (-len(code) % 4)}").decode("utf-16-be") if code else "&"
        except ValueError:
            return found[0]

    return re.sub(r"&([A-Za-z0-9+,]*)-", letters, written)
