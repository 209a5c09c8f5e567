"""Ties between others stay bounded, whatever the notes hold."""

import datetime as dt

from netnotes.model import Encounter, Person
from netnotes.network import network as networks


def test_the_largest_encounters_are_left_out_where_the_pairs_would_be_too_many(monkeypatch):
    monkeypatch.setattr(networks, "MOST_PAIRS", 40)
    people = [Person(f"{n}.md", str(n), f"{n}.md") for n in range(10)]
    day = dt.date(2026, 3, 1)
    small = Encounter(day, tuple(people[:2]), "a.md", 1)
    large = Encounter(day, tuple(people), "b.md", 1)
    network = networks.build_network(people, Person("me", "me", me=True), [small, large], day)
    assert [tie.people for tie in network.alter_ties] == [(people[0], people[1])]
    monkeypatch.setattr(networks, "MOST_PAIRS", 46)
    whole = networks.build_network(people, Person("me", "me", me=True), [small, large], day)
    assert len(whole.alter_ties) == 45
