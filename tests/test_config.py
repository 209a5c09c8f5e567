"""`netnotes.toml`: what is understood, and every mistake at once."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netnotes.config import Config, parse, written_fields
from netnotes.errors import BadConfig


def mistakes(text):
    with pytest.raises(BadConfig) as caught:
        parse(text)
    return "\n".join(caught.value.mistakes)


PARTS = ".".join(["a"] * 60_000)


@pytest.mark.parametrize(
    "text",
    [
        f"{PARTS} = 1",
        f"[{PARTS}]",
        f"[[{PARTS}]]",
        f"x = {{ {PARTS} = 1 }}",
        " . ".join(['"a"'] * 50_000) + " = 1",
        " . ".join(["'a'"] * 50_000) + " = 1",
        f'# it\'s """\n{PARTS} = 1',
        f"x = 'y'\n{PARTS} = '\"'",
        f'x = """ a\\""" y\n"""\n{PARTS} = 1',
        f"x = ''' a\\'''\n{PARTS} = '''",
        "x = " + "[" * 200_000,
        "x = " + "{ a = " * 30_000,
        "#" * 300_000,
        '"' * 200_000,
        "'" * 200_000,
        '"""' + '\\"' * 100_000,
        "." * 200_000,
        f"x = {'9' * 20_000}",
    ],
    ids=lambda text: text[:12],
)
def test_a_hostile_file_is_refused_before_it_costs_anything(text):
    assert mistakes(text)


def test_dots_within_texts_and_comments_are_not_keys():
    many = "a.b." * 100
    names = ", ".join(f'"{name}.md"' for name in range(100))
    text = f'me = "{many}" # {many}\n[people]\ntypes = [{names}]\nfolders = ["""\n{many}\n""", \'{many}\']\n'
    config = parse(text)
    assert config.me == many
    assert len(config.people.types) == 100


def test_nothing_is_needed():
    assert parse("") == Config()


def test_everything_is_typed():
    config = parse(
        'me = "Ada"\nwrite_delay = 5\n[people]\nfolders = "Folk"\n[fields]\ndepth = "tie_depth"\nwarmth = false\n'
        "[scenes.lisbon]\nsince = 2026-04-01\n[depth]\nweights = { know = 1 }\n"
        '[plugins]\nenable = ["energy"]\n[plugins.energy]\nhalf_life = 3\n'
    )
    assert (config.me, config.write_delay, config.people.folders) == ("Ada", 5.0, ("Folk",))
    assert config.scenes["lisbon"].since == dt.date(2026, 4, 1)
    assert config.depth.weights == {"know": 1.0}
    assert (config.enable, config.plugins) == (("energy",), {"energy": {"half_life": 3}})
    assert written_fields(config, {"know": False, "energy": True}) == {
        "depth": "tie_depth",
        "tie": "tie",
        "last_contact": "last_contact",
        "follow_up": "follow_up",
        "energy": "energy",
    }


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("mee = 1", "unknown key `mee`: did you mean `me`?"),
        ("me = 1", "me should be text, not 1"),
        ("write_delay = -1", "write_delay is -1.0, not within 0 to 86400"),
        ("resolve_aliases = 1", "resolve_aliases should be true or false"),
        ("people = 3", "people should be a table"),
        ("[people]\ntyps = []", "[people] unknown key `typs`: did you mean `types`?"),
        ("[people]\ntypes = [1]", "people.types[0] should be text"),
        ("[depth]\nweights = { know = -1 }", "know is -1.0"),
        ("[depth]\nweights = { know = nan }", "know is nan"),
        ('[scenes.lisbon]\nsince = "soon"', "scenes.lisbon.since should be a date like 2026-01-31"),
        ('[fields]\ndepth = "a b"', "`a b` is not a property name"),
        ('[fields]\ndepth = "x"\ntie = "x"', "two fields go to `x`"),
        ('[fields]\ndepth = "tags"', "`tags` is the user's own property"),
        ("[plugins]\nenabel = []", "[plugins] unknown key `enabel`: did you mean `enable`?"),
        ("plugins = 3", "`plugins` should be a table"),
        ("x = [", "not TOML"),
        ('[notify] at = "08:00"', "line 1: `[notify]` must be on a line of its own, with the settings below it"),
        ('[people]\nkin = "no"', "people.kin should be `near`, `apart` or `others`"),
    ],
)
def test_a_mistake_is_named(text, output):
    assert output in mistakes(text)


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("\nwrite_delay = " + "9" * 4_000, "line 2: a number or a key has more than 100 characters"),
        ("write_delay = -0x" + "f" * 5_000, "line 1: a number or a key has more than 100 characters"),
        ("9" * 4_000 + " = 1", "line 1: a number or a key has more than 100 characters"),
        ('write_delay = "' + "9" * 4_000 + '"', "write_delay should be a number, not '99"),
        ("[people]\nfolders = [[" + "1, " * 4_000 + "]]", "people.folders[0] should be text, not [1, 1, "),
        ('"' + "folder" * 1_000 + '" = 1', "folderfolder`"),
        ("[sources]\n" + '"' + "home" * 1_000 + '" = 1', "home should be text or a table, not 1"),
        ("[fields]\ndepth = '" + "a b" * 1_000 + "'", "a b` is not a property name"),
    ],
)
def test_a_mistake_quotes_a_long_text_in_part(text, output):
    found = mistakes(text)
    assert output in found
    assert len(found) < 250


def test_all_mistakes_come_at_once():
    output = mistakes("mee = 1\nme = 2\n[people]\ntypes = 5\n[depht]\n[plugins]\nenabel = []")
    for word in ("mee", "me should", "people.types", "depht", "enabel"):
        assert word in output


@given(st.text(max_size=200))
def test_any_text_is_options_or_mistakes(text):
    try:
        parse(text)
    except BadConfig as error:
        found = error.mistakes
    else:
        found = ()
    assert all(found)


@pytest.mark.parametrize(
    "text",
    [
        "write_delay = nan",
        "write_delay = " + "9" * 4_000,
        "me = " + "9" * 20_000,
        "write_delay = inf",
        "[depth]\nweights = {know = 1e308, like = 1e308}",
        "[depth]\nweights = {know = nan}",
        "[plugins]\nseconds = nan",
        "[plugins]\nseconds = " + "9" * 400,
    ],
)
def test_a_number_that_is_none_is_a_mistake(text):
    with pytest.raises(BadConfig):
        parse(text)
