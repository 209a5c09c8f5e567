"""People with one name are called by the paths of their notes, where a text first names them."""

import pytest

from netnotes.model import Person
from netnotes.network.namesakes import called, labels, told_apart


def person(path: str, name: str) -> Person:
    return Person(path, name, path)


WORK, HOME = person("Work/Sam.md", "Sam"), person("sam at home.md", "sam")
ADA, UNNOTED = person("Ada.md", "Ada"), Person("?sam", "Sam")
KNOWN = labels([WORK, HOME, ADA, UNNOTED])


def test_only_people_with_a_common_name_and_a_note_have_labels() -> None:
    assert KNOWN == {"Work/Sam.md": "Work/Sam", "sam at home.md": "sam at home"}
    assert [called(one, KNOWN) for one in (WORK, ADA, UNNOTED)] == ["Work/Sam", "Ada", "Sam"]


@pytest.mark.parametrize(
    ("text", "people", "wanted"),
    [
        ("Call Sam: Sam asked twice.", [WORK], "Call Work/Sam: Sam asked twice."),
        ("Samuel and Sam", [WORK], "Samuel and Work/Sam"),
        ("tick Work/Sam.md:3", [WORK], "tick Work/Sam.md:3"),
        ("tick Sam.md:3 of Sam's", [WORK], "tick Sam.md:3 of Work/Sam's"),
        ('netnotes why "Sam"', [WORK], 'netnotes why "Work/Sam"'),
        ("Call Ada", [ADA], "Call Ada"),
        ("Call Sam. Write to Sam first.", [WORK, person("A/Sam.md", "Sam")], "Call Work/Sam. Write to Sam first."),
    ],
)
def test_a_text_names_people_by_their_labels_once(text: str, people: list[Person], wanted: str) -> None:
    assert told_apart(text, people, KNOWN) == wanted
