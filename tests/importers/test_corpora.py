"""Real files of other programs, read as `expected.json` beside them says. The files are not part of the project."""

import datetime as dt
import json
import re
from typing import Any

import pytest

from netnotes.extract.people.phones import digits
from netnotes.importers import ics, linkedin, mail, monica, vcard, whatsapp
from tests.shared import shared

CORPORA = shared("corpora")


def expected(folder):
    return json.loads(shared(f"corpora/{folder}/expected.json").read_text(encoding="utf-8")).items()


def data(folder, name):
    return (CORPORA / folder / name).read_bytes()


@pytest.mark.parametrize(("name", "cards"), expected("vcard"))
def test_cards(name, cards):
    found = vcard.read(data("vcard", name)).people
    wanted = [card for card in cards if len(found) == len(cards) or not card.get("optional")]
    assert len(found) == len(wanted)
    for person, card in zip(found, wanted, strict=True):
        assert person.name == card["fn"]
        assert set(person.emails) == {email.lower() for email in card["emails"]}
        fax = set(card.get("fax_or_pager", ()))
        assert set(map(digits, person.phones)) - fax == set(card["phones"]) - fax
        assert person.birthday in (card["birthday"], card.get("birthday_may_be"))
        assert person.org == card["org"]


def is_day(text):
    try:
        return bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


@pytest.mark.parametrize(("name", "wanted"), expected("ics"))
def test_calendars(name, wanted):
    since, until = map(dt.date.fromisoformat, wanted["window"])
    result = ics.read(data("ics", name), since=since, until=until)
    rest = [
        (each.date.isoformat(), each.start, each.minutes, {email for person in each.people for email in person.emails})
        for each in result.encounters
    ]
    for one in wanted["occurrences"]:
        need = set(one.get("accepted", ()))
        may = need | set(one.get("invited", ())) | {wanted.get("organizer"), one.get("organizer")}
        other = one.get("or", {})
        fits = [
            found
            for found in rest
            if found[0] in (one["date"], other.get("date"))
            and found[1] in (one["start"], other.get("start", one["start"]))
            and found[2] == one["minutes"]
            and need <= found[3] <= may
        ]
        # A file of broken dates names days that no calendar has.
        assert fits or one.get("optional") or not is_day(one["date"])
        if fits:
            rest.remove(fits[0])
    assert not rest


@pytest.mark.parametrize(("name", "wanted"), expected("linkedin"))
def test_linkedin(name, wanted):
    me = wanted.get("me") or {}
    result = linkedin.read(data("linkedin", name), me=[value for value in (me.get("url"), me.get("name")) if value])
    for text in wanted.get("must_not_appear", ()):
        assert text not in repr(result)
    if wanted["kind"] == "messages":
        keys = ("date", "person", "in", "out", "first")
        found = [
            dict(zip(keys, (e.date.isoformat(), e.people[0].name, e.count, e.sent, e.initiated_by), strict=True))
            for e in result.encounters
        ]
        may = [{key: one[key] for key in keys} for one in wanted.get("may", ())]
        assert [one for one in found if one not in may] == [
            {key: one[key] for key in keys} for one in wanted["contacts"]
        ]
        return
    days = {each.people[0].origin: each.date.isoformat() for each in result.encounters}
    assert len(result.people) == len(wanted["people"])
    for person, one in zip(result.people, wanted["people"], strict=True):
        assert person.name == one["name"] or one.get("name_may_differ")
        assert (person.org, person.position) == (one["company"], one["position"])
        assert (next(iter(person.urls), None), next(iter(person.emails), None)) == (one["url"], one["email"])
        assert days.get(person.origin) == one["connected"]
    assert result.failed == wanted.get("error", False)


@pytest.mark.parametrize(("name", "wanted"), expected("whatsapp"))
def test_whatsapp(name, wanted):
    result = whatsapp.read(data("whatsapp", name))
    assert sorted(person.label for person in result.people) == sorted(wanted.get("participants") or [])
    if wanted["order"] is None:
        assert not result.encounters
    for order in ("dmy", "mdy"):
        if f"if_{order}" in wanted:
            assert counts(whatsapp.read(data("whatsapp", name), order=order)) == wanted[f"if_{order}"]
    if wanted["order"]:
        found, more = counts(result), wanted.get("may_count_more", {})
        for day in {*found, *wanted["counts"]}:
            for who in {*found.get(day, {}), *wanted["counts"].get(day, {})}:
                least = wanted["counts"].get(day, {}).get(who, 0)
                assert least <= found.get(day, {}).get(who, 0) <= least + more.get(day, {}).get(who, 0)


def counts(result):
    found: dict[str, Any] = {}
    for each in result.encounters:
        found.setdefault(each.date.isoformat(), {})[each.people[0].label] = each.count
    return found


@pytest.mark.parametrize(("name", "wanted"), expected("mail"))
def test_mail(name, wanted):
    if name == "Maildir":
        messages = list(wanted["messages"].items())
        blocks = [re.split(rb"\r?\n\r?\n", data("mail/Maildir", path))[0] for path, _ in messages]
    else:
        messages = [(message["id"], message) for message in wanted["messages"]]
        with (CORPORA / "mail" / name).open("rb") as lines:
            blocks = list(mail.split_mbox(lines))
    result = mail.read(blocks, me=wanted["me"], today=dt.date(2026, 1, 1))
    found = {(each.date.isoformat(), frozenset(p.emails[0] for p in each.people)) for each in result.encounters}
    allowed = set()
    for key, message in messages:
        people = {person["email"].lower() for person in message["people"]}
        fits = {
            one
            for one in found
            if one[0] in (message["date"], message.get("date_utc"), *message.get("date_may_be", ()))
            and people <= one[1] <= people | set(message.get("may_count", ()))
        }
        assert fits or message["counts"] is not True, key
        if message["counts"] is not False:
            allowed |= fits
    assert found == allowed


@pytest.mark.parametrize(("name", "wanted"), expected("monica"))
def test_monica(name, wanted):
    result = monica.read(data("monica", name))
    assert result.failed == wanted.get("error", False)
    for text in wanted.get("must_not_appear", ()):
        assert text not in repr(result)
    people = [person for person in wanted["people"] if not person.get("optional")]
    assert [(p.name, p.birthday, list(p.emails), p.org, p.cadence) for p in result.people] == [
        (p["name"], p["birthday"], p["emails"], p["org"], p["stay_in_touch_days"]) for p in people
    ]
    assert [(e.date.isoformat(), sorted(p.label for p in e.people), e.initiated_by) for e in result.encounters] == [
        (e["date"], sorted(e["people"]), e["initiated_by"]) for e in wanted["encounters"]
    ]
