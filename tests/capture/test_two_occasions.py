"""Contacts on two occasions are logged one by one: `called Ben after lunch with Grace`."""

import pytest

from netnotes.app.several_contacts import in_parts
from netnotes.capture.sentence import understand
from tests.capture.test_sentences import BOOK, TODAY, lines


@pytest.mark.parametrize("line", lines("two_occasions.txt"))
def test_contacts_on_two_occasions_are_asked_for_one_by_one(line: str) -> None:
    text, *parts = (part.strip() for part in line.split("|"))
    question = in_parts(understand(text, BOOK, TODAY), TODAY, lambda part: understand(part, BOOK, TODAY))
    assert list(question.choices if question else ()) == parts
