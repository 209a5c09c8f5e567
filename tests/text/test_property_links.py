"""Links in properties, as the app finds them."""

import pytest

from netnotes.text.frontmatter import block
from netnotes.text.links import links_of_properties


def test_as_the_app_found_them(cases):
    for case in cases("notes.json")["cases"]:
        found = links_of_properties(block.read(case["input"]).properties)
        expected = case["expected"].get("frontmatterLinks") or []
        assert [link._asdict() for link in found] == [
            {"key": x["key"], "link": x["link"], "original": x["original"], "display": x["displayText"]}
            for x in expected
        ], case["id"]


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("[[Ada]]", [("k", "Ada", "Ada")]),
        ("[[Ada|the countess]]", [("k", "Ada", "the countess")]),
        ("[[Ada#Log]]", [("k", "Ada#Log", "Ada > Log")]),
        ("with [[Ada]]", []),
        ("[[Ada]] [[Bo]]", []),
        ("[[]]", []),
        (["[[Ada]]", "x", "[[Bo]]"], [("k.0", "Ada", "Ada"), ("k.2", "Bo", "Bo")]),
        ({"host": "[[Ada]]"}, [("k.host", "Ada", "Ada")]),
        ("[her](People/Ada%20L.md)", [("k", "People/Ada L.md", "her")]),
        ("[her](https://example.org)", []),
        ([["Ada"]], []),
        (5, []),
    ],
)
def test_a_property_is_a_link_only_as_a_whole(value, found):
    assert [(link.key, link.link, link.display) for link in links_of_properties({"k": value})] == found
