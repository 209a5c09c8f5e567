"""address_book: `graph --format vcf`, everyone with a note as a card that phones and mail programs import."""

from __future__ import annotations

from collections.abc import Iterator

from netnotes.api import Network, NoOptions, Person, Problem, exporter

NETNOTES_API = 1

FIELDS = (("EMAIL", ("email", "emails")), ("TEL", ("phone", "phones", "tel")), ("ORG", ("company", "org")))
"""Line of a card → the properties that may hold it."""


@exporter("vcf")
def address_book(network: Network, options: NoOptions) -> Iterator[str | Problem]:
    """Write vCards."""
    del options
    for person in network.people:
        if person.path is not None:
            yield "".join(f"{line}\r\n" for line in _card(person))


def _card(person: Person) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"FN:{_escaped(person.name)}", f"N:{_escaped(person.name)};;;;")
    for line, names in FIELDS:
        found = person.value(*names)
        for each in found if isinstance(found, tuple) else (found,):
            if isinstance(each, str | int) and str(each).strip():
                yield f"{line}:{_escaped(str(each).removeprefix('mailto:'))}"
    birthday = str(person.value("birthday") or "")
    if len(birthday) == 10 and birthday.replace("-", "").isdigit():
        yield f"BDAY:{birthday}"
    yield "END:VCARD"


def _escaped(text: str) -> str:
    plain = " ".join(text.split()).strip("[]")
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
