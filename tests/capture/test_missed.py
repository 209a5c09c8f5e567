"""What one missed, what a contact was for, and what somebody was asked to do: no contact with others."""

import pytest

from netnotes.capture.sentence import understand
from tests.capture.test_sentences import BOOK, TODAY, lines


@pytest.mark.parametrize("line", [*lines("missed.txt"), *lines("purposes.txt")])
def test_what_was_missed_or_only_wanted(line: str) -> None:
    text, people, *channel = (part.strip() for part in line.split("|"))
    found = understand(text, BOOK, TODAY)
    if people == "not logged":
        assert not found.logged
        return
    assert found.logged, found.why
    assert ([person.name for person in found.people], found.channel or "-") == (people.split(", "), *channel)
