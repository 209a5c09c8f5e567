"""Hints work in each app: the line that a hint shows does what it says when it is added as it stands."""

import json
import re

import pytest

DAY = ("--as-of", "2026-06-30")
PROPERTY = re.compile(r"`([a-z_]+)(::?) ?([^`]*)`")


class App:
    """A vault of one app: its settings, where notes lie, and how a note says something and is linked."""

    def __init__(self, settings, place, daily, *, slugs=False):
        self.settings, self.daily, self.slugs = settings, daily, slugs
        self._place = place
        self.logseq = place.startswith("pages/")

    def _stem(self, name):
        return name.lower().replace(" ", "-") if self.slugs else name

    def place(self, name, folder="people"):
        """Return the path of a note."""
        return self._place.format(folder=folder, Folder=folder.title(), name=self._stem(name))

    def note(self, name, **properties):
        """Return a note with properties as the app writes them."""
        rows = ({"title": name} if self.slugs else {}) | properties
        if self.logseq:
            return "".join(f"{key}:: {value}\n" for key, value in rows.items()) + "\n"
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in rows.items()) + "---\n" if rows else ""

    def link(self, name):
        """Return a link to a note."""
        return f"[[{self.place(name).rpartition('/')[2].removesuffix('.md')}]]"

    def vault(self, *people, **more):
        """Return the files of a vault with notes of people, and a lunch with each; `more` is said in the first."""
        notes = {
            self.place(name): self.note(name, type="person", **(more if not at else {}))
            for at, name in enumerate(people)
        }
        return self.settings | notes | {self.daily: f"- lunch with {' and '.join(map(self.link, people))}\n"}


APPS = {
    "obsidian": App({".obsidian/app.json": "{}"}, "{Folder}/{name}.md", "Daily/2026-06-02.md"),
    "logseq": App({"logseq/config.edn": "{}\n"}, "pages/{name}.md", "journals/2026_06_02.md"),
    "dendron": App(
        {"dendron.yml": "version: 5\n"}, "vault/{folder}.{name}.md", "vault/daily.journal.2026.06.02.md", slugs=True
    ),
    "foam": App({".foam/templates/x.txt": ""}, "{folder}/{name}.md", "journal/2026-06-02.md", slugs=True),
    "zk": App({".zk/config.toml": ""}, "{folder}/{name}.md", "journal/2026-06-02.md", slugs=True),
    "plain": App({}, "{Folder}/{name}.md", "2026-06-02.md"),
}


@pytest.fixture(params=APPS)
def app(request):
    return APPS[request.param]


def said(netnotes, root, *command):
    ran = netnotes(*command, root, *DAY)
    return " ".join((ran.out + ran.err).split())


def offered(words, key):
    """Return the last property `key` of what is said: that of the hint, behind that of the message."""
    found = [match for match in PROPERTY.finditer(words) if match[1] == key]
    assert found, words
    return found[-1]


def check_sign(app, match):
    assert match[2] == ("::" if app.logseq else ":")


@pytest.mark.parametrize(
    ("key", "wrong"),
    [("later", "soonish"), ("aliases", "true"), ("archived", "perhaps"), ("relation", "7"), ("me", "perhaps")],
)
def test_a_value_that_is_not_understood(key, wrong, app, netnotes, vault):
    words = said(netnotes, vault(app.vault("Ada Pell", **{key: wrong})), "check")
    match = offered(words, key)
    check_sign(app, match)
    assert f"`{key}" not in said(netnotes, vault(app.vault("Ada Pell", **{key: match[3]})), "check")


def test_a_linked_note_that_is_no_person(app, netnotes, vault):
    files = app.vault("Ada Pell")
    del files[app.place("Ada Pell")]
    place = app.place("Ada Pell", "notes")
    link = f"[[{place.rpartition('/')[2].removesuffix('.md')}]]"
    files |= {place: app.note("Ada Pell", kind="other"), app.daily: f"- lunch with {link}\n"}
    ran = netnotes("inspect", app.daily, vault(files), *DAY)
    match = offered(" ".join(ran.out.split()), "type")
    check_sign(app, match)
    files[place] = app.note("Ada Pell", type=match[3])
    ran = netnotes("people", vault(files), "--json", *DAY)
    assert [one["name"] for one in json.loads(ran.out)] == ["Ada Pell"]


@pytest.mark.parametrize("where", ["person", "day"])
def test_scenes_say_how_to_write_one(where, app, netnotes, vault):
    match = offered(said(netnotes, vault(app.vault("Ada Pell")), "scenes"), "scene")
    check_sign(app, match)
    files = app.vault("Ada Pell", **({"scene": match[3]} if where == "person" else {}))
    if where == "day":
        files[app.daily] = app.note("A day", scene=match[3]) + files[app.daily]
    assert match[3].title() in said(netnotes, vault(files), "scenes").title()


def test_groups_say_how_to_declare_one(app, netnotes, vault):
    files = app.vault("Ada Pell", "Bo Lind")
    match = offered(said(netnotes, vault(files), "groups"), "type")
    check_sign(app, match)
    links = [app.link("Ada Pell"), app.link("Bo Lind")]
    members = ", ".join(links) if app.logseq else json.dumps(links)
    files[app.place("Choir", "notes")] = app.note("Choir", type=match[3], members=members)
    assert "Choir" in said(netnotes, vault(files), "groups").title()


def test_the_owner_says_so(app, netnotes, vault):
    match = offered(said(netnotes, vault(app.vault("Bo Lind", "Ada Pell")), "setup"), "me")
    check_sign(app, match)
    root = vault(app.vault("Bo Lind", "Ada Pell", me=match[3]))
    assert json.loads(netnotes("setup", root, "--json", *DAY).out)["owner"] == "Bo Lind"


@pytest.mark.parametrize("key", ["closeness", "trust"])
def test_a_rating_counts_in_the_syntax_of_the_app(key, app, netnotes, vault):
    def depth(**more):
        (one,) = json.loads(netnotes("people", vault(app.vault("Ada Pell", **more)), "--json", *DAY).out)
        return one["depth"]

    assert depth(**{key: 1}) < depth(**{key: 5})


def test_a_note_keeps_itself_out(app, netnotes, vault):
    root = vault(app.vault("Ada Pell", "Bo Lind", netnotes="ignore"))
    assert [one["name"] for one in json.loads(netnotes("people", root, "--json", *DAY).out)] == ["Bo Lind"]


@pytest.mark.parametrize("known", [True, False])
def test_the_first_steps_of_setup_lead_to_a_contact(known, app, netnotes, vault):
    files = dict(app.settings)
    if known:
        files[app.place("Ada Pell")] = app.note("Ada Pell", type="person")
    words = said(netnotes, vault(files), "setup")
    line = re.search(r"- coffee with \S.*? 45 min", words)[0]
    day = re.search(r"(\S*2026[-_.]06[-_.]30\.md)", words)[0].rstrip(":")
    if not known:
        person, said_there = re.search(r"named after the person: (.+?\.md) \(([^)]*)\)", words).groups()
        files[person] = f"{said_there}\n" if "::" in said_there else ""
    files[day] = f"{line}\n"
    found = json.loads(netnotes("people", vault(files), "--json", *DAY).out)
    assert [(one["last_contact"], one["path"] is not None) for one in found] == [("2026-06-30", True)]


@pytest.mark.parametrize("known", [True, False])
def test_setup_writes_the_first_contact(known, app, netnotes, vault):
    files = app.settings | ({app.place("Ada Pell"): app.note("Ada Pell", type="person")} if known else {})
    root = vault(files)
    assert netnotes("setup", "--first", "Ada Pell", root, *DAY).code == 0
    found = json.loads(netnotes("people", root, "--json", *DAY).out)
    assert [(one["last_contact"], one["path"] is not None) for one in found] == [("2026-06-30", True)]
