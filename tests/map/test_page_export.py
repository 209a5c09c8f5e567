"""Taking the page along: PNG, SVG and CSV are made in the browser, look alike, and hold what is shown."""

import base64
import csv
import dataclasses
import datetime as dt
import io
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from netnotes.map.page.render import page
from netnotes.map.page.timeline import Past
from netnotes.map.rings.layout import RINGS
from netnotes.model import Encounter, Link, Note, Person
from netnotes.network.network import build_network
from netnotes.outcome import Outcome
from netnotes.scoring.history import History, month_ends
from netnotes.scoring.scores import Scores
from tests.map.networks import TODAY, outcome, scores
from tests.map.test_hostile import HOSTILE, assert_harmless, poisoned

WEB = Path(__file__).parents[2] / "netnotes/map/web"
SVG = "{http://www.w3.org/2000/svg}"
CHOICES = ("png", "svg", "csv")
BESIDE = """async ([png, svg, width, height]) => {
  const pixels = async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const ctx = canvas.getContext("2d", { willReadFrequently: true });
    ctx.drawImage(image, 0, 0, width, height);
    return ctx.getImageData(0, 0, width, height).data;
  };
  const [one, other] = [await pixels(png), await pixels(svg)];
  const [red, green, blue] = one;
  const far = (r, g, b) => (r > 64 || r < -64 || g > 64 || g < -64 || b > 64 || b < -64 ? 1 : 0);
  let apart = 0;
  let inked = 0;
  for (let at = 0; at < one.length; at += 4) {
    const [r, g, b] = [one[at], one[at + 1], one[at + 2]];
    apart += far(r - other[at], g - other[at + 1], b - other[at + 2]);
    inked += far(r - red, g - green, b - blue);
  }
  return [apart, inked];
}"""


def take(opened, ending):
    """Save by keyboard; return name and bytes."""
    opened.tab.focus("#picture")
    opened.tab.keyboard.press("s")
    for _ in range(CHOICES.index(ending)):
        opened.tab.keyboard.press("ArrowDown")
    with opened.tab.expect_download() as download:
        opened.tab.keyboard.press("Enter")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def size(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def texts_of(svg):
    """The texts of a drawing, those written letter by letter among them."""
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]


def rows(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def alike(opened, png, svg):
    """Return how much picture and drawing differ, as a browser draws both, at the picture's resolution."""
    width, height = size(png)
    addresses = [
        f"data:image/{kind};base64,{base64.b64encode(data).decode()}" for kind, data in (("png", png), ("svg+xml", svg))
    ]
    blank = opened.tab.context.new_page()
    apart, inked = blank.evaluate(BESIDE, [*addresses, width, height])
    blank.close()
    assert inked > 0.003 * width * height
    return apart / inked


VIEWS = ["#view=network&person=NAME", *(pytest.param(view, marks=pytest.mark.full) for view in ("", "#at=200,-100,3"))]


@pytest.mark.full
@pytest.mark.parametrize("view", VIEWS)
def test_picture_and_drawing_show_the_same(show, view):
    result = outcome(60)
    name = max(result.network.ties, key=lambda tie: result.scores.number(tie, "depth") or 0).person.id
    opened = show(result, view.replace("NAME", name), size=(900, 560))
    (_, png), (_, svg) = take(opened, "png"), take(opened, "svg")
    # Letters stand a hair apart where the two kern differently; all else is the same to the pixel.
    assert alike(opened, png, svg) < 0.1
    assert opened.faults == []


@pytest.mark.full
def test_a_drawing_of_something_else_is_distinguished(show):
    opened = show(outcome(60), size=(900, 560))
    _, png = take(opened, "png")
    opened.ask("netnotes.zoomBy(1.05)")
    opened.until("netnotes.isResting()")
    assert alike(opened, png, take(opened, "svg")[1]) > 0.2


@pytest.mark.full
def test_the_picture_is_finer_than_the_screen_and_has_title_day_and_key(show):
    opened = show(outcome(60), name="My notes")
    name, png = take(opened, "png")
    assert name == "netnotes-rings-2026-03-01.png"
    width = opened.ask("document.getElementById('picture').clientWidth")
    assert size(png)[0] >= 2 * width
    name, svg = take(opened, "svg")
    assert name == "netnotes-rings-2026-03-01.svg"
    texts = texts_of(svg)
    assert "My notes" in texts
    assert any("1 March 2026" in text for text in texts)
    assert {"Berlin", "Climbing", "dormant", "deeper: nearer, larger"} <= set(texts)
    root = ET.fromstring(svg)
    assert "60 people" in root.find(f"{SVG}title").text
    # The picture keeps to its own part of the sheet; beyond it there are the key's signs alone.
    assert [group.get("clip-path") for group in root.findall(f"{SVG}g")] == ["url(#clip1)"]
    assert len(root.findall(f"{SVG}circle")) < 20 < len(root.findall(f"{SVG}g/{SVG}circle"))


@pytest.mark.full
def test_on_a_telephone_too(show):
    opened = show(outcome(300), size=(390, 844), has_touch=True, is_mobile=True)
    opened.tab.tap("#save")
    with opened.tab.expect_download() as download:
        opened.tab.tap("#saving >> text=PNG")
    width, height = size(Path(download.value.path()).read_bytes())
    assert width >= 2 * 390
    assert height > width
    assert opened.tab.is_hidden("#saving")
    box, views = (opened.tab.locator(place).bounding_box() for place in ("#save", "#views"))
    assert views["x"] + views["width"] <= box["x"]


@pytest.mark.full
def test_hidden_people_are_in_neither_export(show):
    opened = show(outcome(60), "#no-scene=Berlin")
    texts = texts_of(take(opened, "svg")[1])
    assert any(" of 60 shown" in text for text in texts)
    assert "Berlin" not in texts
    found = rows(take(opened, "csv")[1])
    assert 0 < len(found) < 60
    assert {row["scene"] for row in found} == set(opened.ask("netnotes.data.scenes.names")) - {"Berlin"}
    assert [row["name"] for row in found] == opened.ask(
        "[...netnotes.people.name].filter((_, i) => netnotes.isShown(i))"
    )


def written(depth):
    """Return a depth with two decimals, never rounded up onto a ring; the list drops zeros at the end."""
    rounded = round(depth, 2)
    onto = any(depth < ring <= rounded for ring in RINGS)
    return f"{rounded - 0.01 * onto:.2f}".rstrip("0").rstrip(".")


@pytest.mark.full
def test_the_list_shows_what_the_panel_shows(show):
    result = outcome(60)
    name, data = take(show(result), "csv")
    assert name == "netnotes-people-2026-03-01.csv"
    assert b"\r\n" in data
    found = {row["name"]: row for row in rows(data)}
    assert len(found) == 60
    for tie in result.network.ties:
        row, depth = found[tie.person.name], result.scores.get(tie, "depth")
        assert row["depth"] == written(depth.value)
        assert row["tie"] == depth.label
        assert row["last contact"] == tie.last.isoformat()
        assert row["follow up"] == result.scores.get(tie, "follow_up").value.isoformat()
        assert row["contacts"] == str(len(tie.contacts))
        assert float(row["know"]) == pytest.approx(result.scores.number(tie, "know"), abs=1e-4)


def test_hostile_names_stay_text(show):
    result, styles = poisoned()
    opened = show(result, styles=styles, name=HOSTILE["end of script"])
    svg = take(opened, "svg")[1]
    assert HOSTILE["end of script"].replace("\u2069", "") in texts_of(svg)
    root = ET.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "clipPath",
        "g",
        "path",
        "circle",
        "text",
    }
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
        assert all("url(" not in value or value.startswith("url(#clip") for value in element.attrib.values())
    take(opened, "png")
    names = {row["name"] for row in rows(take(opened, "csv")[1])}
    assert {HOSTILE["image"], HOSTILE["quotes"], HOSTILE["arabic"], HOSTILE["prototype"]} <= names
    assert_harmless(opened)


def test_a_spreadsheet_finds_no_formula(show):
    names = ['=HYPERLINK("http://x","y")', "+1", "-1+1", "@SUM(1)", "＝1", "'=1", "Ada, Bea", "'Abd"]
    people = [Person(f"People/{number}.md", name) for number, name in enumerate(names)]
    network = build_network(people, Person("me", "me"), [Encounter(TODAY, tuple(people), "m.md", 1)], TODAY)
    found = {row["name"] for row in rows(take(show(Outcome(network, scores(network))), "csv")[1])}
    assert found == {f"'{name}" for name in names[:6]} | set(names[6:])


@pytest.mark.full
def test_the_menu_goes_by_keyboard(show):
    opened = show(outcome(60))
    tab = opened.tab
    active = "document.activeElement.textContent || document.activeElement.id"
    tab.focus("#picture")
    tab.keyboard.press("s")
    assert opened.ask("document.getElementById('save').getAttribute('aria-expanded')") == "true"
    found = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Home", "End"):
        tab.keyboard.press(key)
        found.append(opened.ask(active)[-3:])
    assert found == ["SVG", "CSV", "PNG", "CSV", "PNG", "CSV"]
    for leave in ("Escape", "s"):
        tab.keyboard.press(leave)
        assert tab.is_hidden("#saving")
        assert opened.ask("document.activeElement.id") == "picture"
        tab.keyboard.press("s")
    tab.mouse.click(300, 700)
    assert tab.is_hidden("#saving")
    assert opened.ask("document.getElementById('save').getAttribute('aria-expanded')") == "false"
    tab.click("#save")
    tab.keyboard.press("Escape")
    assert opened.ask("document.activeElement.id") == "save"
    assert opened.ask("netnotes.state.chosen") == -1
    tab.fill("#search", "s")
    assert tab.is_hidden("#saving")


@pytest.mark.full
def test_the_buttons_can_be_reached_while_somebody_is_chosen(show):
    opened = show(outcome(60))
    opened.ask("netnotes.choose(0)")
    opened.tab.click("#save")
    with opened.tab.expect_download():
        opened.tab.click("#saving >> text=CSV")
    with_panel = size(take(opened, "png")[1])[0]
    opened.ask("netnotes.choose(-1)")
    assert with_panel < size(take(opened, "png")[1])[0], "what the panel covers is not in the picture"


@pytest.mark.full
def test_nothing_is_asked_for_and_the_page_stays(show):
    opened = show(outcome(60))
    before = opened.ask("location.href")
    for ending in CHOICES:
        take(opened, ending)
    assert opened.ask("location.href") == before
    assert opened.ask("document.getElementById('announcement').textContent") == "Saved netnotes-people-2026-03-01.csv"
    assert [url for url in opened.requests if not url.startswith(("file:", "about:", "blob:"))] == []
    assert opened.faults == []


@pytest.mark.full
def test_an_earlier_month_is_taken_as_it_was(show, earlier):
    result, then = earlier
    opened = show(result, past=then)
    opened.ask("netnotes.setState({ month: 0 })")
    name, data = take(opened, "csv")
    month = opened.ask("netnotes.timeline.months[0]")
    assert name == f"netnotes-people-{month}.csv"
    found = rows(data)
    assert len(found) == int(opened.tab.inner_text("#count").split()[0])
    assert 0 < len(found) < len(result.network.people)
    assert "last contact" not in found[0]
    shown = opened.ask("[...document.querySelectorAll('#people li .end')].map((one) => one.textContent)")
    assert shown
    assert [f"{float(row['depth']):.2f}" for row in found[: len(shown)]] == shown
    now = opened.tab.inner_text("#asof")
    assert month[:4] in now
    assert any(now in text for text in texts_of(take(opened, "svg")[1]))


@pytest.fixture
def earlier():
    result = outcome(60)
    days = month_ends(TODAY - dt.timedelta(days=400), TODAY)
    rows = {}
    for tie in result.network.ties:
        rows[tie] = tuple(None if tie.first is None or tie.first > day else 0.4 for day in days)
    return result, Past(History(days, {"depth": rows, "warmth": rows}))


def test_the_recorder_knows_every_call_that_pictures_make(show):
    opened = show(outcome(3))
    called = {name for file in WEB.rglob("*.js") for name in re.findall(r"\bctx\.(\w+)", file.read_text("utf-8"))}
    known = opened.ask(
        """(() => { const recorder = netnotes.recorder(1);
            return [...Object.getOwnPropertyNames(Object.getPrototypeOf(recorder)), ...Object.keys(recorder)]; })()"""
    )
    assert len(called) > 20
    assert called - set(known) == set()


STEPS = {
    "rect and dash": (
        "ctx.setLineDash([6, 4]); ctx.lineWidth = 3; ctx.strokeRect(20, 20, 200, 60); ctx.fillRect(30, 100, 50, 20)"
    ),
    "round corners": "ctx.beginPath(); ctx.roundRect(20, 20, 200, 90, 30); ctx.fill(); ctx.stroke()",
    "arcs": """for (const [at, [from, to, against]] of [[0, 2, false], [2, 0, false], [0, 2, true], [5, 1, true],
        [-7, -1, false], [0, 6.3, false]].entries()) {
            ctx.beginPath(); ctx.arc(40 + 50 * at, 60, 20, from, to, against); ctx.lineWidth = 4; ctx.stroke(); }""",
    "an arc that goes on": (
        "ctx.beginPath(); ctx.moveTo(10, 10); ctx.lineTo(60, 60); ctx.arc(120, 60, 30, 0, 3); ctx.closePath(); "
        "ctx.fill()"
    ),
    "turned and scaled": """ctx.translate(150, 100); ctx.rotate(0.6); ctx.scale(1.5, 1.5);
        ctx.fillRect(-40, -20, 80, 40); ctx.beginPath();
        ctx.arc(0, 0, 30, 0.3, 2); ctx.lineWidth = 4; ctx.stroke()""",
    "curves": (
        "ctx.lineWidth = 5; ctx.beginPath(); ctx.moveTo(10, 10); ctx.quadraticCurveTo(80, 120, 150, 30); "
        "ctx.bezierCurveTo(200, 0, 250, 150, 290, 90); ctx.stroke()"
    ),
    "faint, one over the other": (
        "ctx.globalAlpha = 0.4; ctx.beginPath(); ctx.arc(100, 80, 50, 0, 7); ctx.fill(); ctx.lineWidth = 12; "
        "ctx.stroke(); ctx.globalAlpha = 0.9; ctx.fillRect(90, 60, 80, 80)"
    ),
    "a stroke of its own strength": (
        "ctx.beginPath(); ctx.arc(100, 80, 50, 0, 7); ctx.globalAlpha = 0.3; ctx.fill(); ctx.globalAlpha = 1; "
        "ctx.lineWidth = 8; ctx.stroke()"
    ),
    "clipped, and no longer": (
        "ctx.save(); ctx.beginPath(); ctx.rect(50, 20, 60, 100); ctx.clip(); ctx.fillRect(0, 0, 200, 60); "
        "ctx.restore(); ctx.fillRect(0, 130, 290, 20)"
    ),
    "words": """ctx.font = '600 20px sans-serif'; for (const [at, line] of ['alphabetic', 'middle', 'top'].entries()) {
        ctx.textBaseline = line;
        for (const [place, side] of ['left', 'center', 'right'].entries()) {
            ctx.textAlign = side; ctx.fillText('Xyg', 50 + 100 * place, 40 + 45 * at); } }""",
    "words that run leftwards": """ctx.font = '20px sans-serif'; ctx.textAlign = 'left';
        ctx.fillText('\u2068محمد (2)\u2069', 100, 40);
        ctx.textAlign = 'center'; ctx.fillText('\u2068שלום 7\u2069', 150, 90);
        ctx.textAlign = 'right'; ctx.fillText('\u2068محمد\u2069', 200, 140)""",
    "words, turned": (
        "ctx.font = 'italic 22px serif'; ctx.textAlign = 'center'; ctx.textBaseline = 'middle'; "
        "ctx.translate(150, 80); ctx.rotate(1); ctx.fillText('Ada', 0, 0)"
    ),
    "words with an edge": (
        "ctx.font = '26px sans-serif'; ctx.lineWidth = 6; ctx.lineJoin = 'round'; ctx.strokeText('H  H', 60, 80); "
        "ctx.fillStyle = '#ffffff'; ctx.fillText('H  H', 60, 80)"
    ),
}


@pytest.fixture(scope="module")
def recording(browser, tmp_path_factory):
    context = browser.new_context()
    tab = context.new_page()
    file = tmp_path_factory.mktemp("recording") / "map.html"
    file.write_text(page(outcome(3), vault_name="x", vault_path="/x"), "utf-8")
    tab.goto(file.as_uri())
    tab.wait_for_selector("html[data-drawn]")
    blank = context.new_page()
    yield tab, blank
    context.close()


@pytest.mark.full
@pytest.mark.parametrize("steps", STEPS)
def test_the_recorder_draws_as_a_canvas_does(recording, steps):
    tab, blank = recording
    script = f"""(ctx) => {{
        ctx.setTransform(2, 0, 0, 2, 0, 0); ctx.fillStyle = '#fffefb'; ctx.fillRect(0, 0, 300, 160);
        ctx.fillStyle = '#1f4ba5'; ctx.strokeStyle = '#b3283f'; {STEPS[steps]} }}"""
    png, svg = tab.evaluate(
        f"""() => {{
            const draw = {script};
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [600, 320];
            draw(canvas.getContext("2d"));
            const recorder = netnotes.recorder(2);
            draw(recorder);
            const bytes = new TextEncoder().encode(recorder.document(300, 160, "x"));
            return [canvas.toDataURL(), "data:image/svg+xml;base64," + btoa(String.fromCharCode(...bytes))];
        }}"""
    )
    apart, inked = blank.evaluate(BESIDE, [png, svg, 600, 320])
    assert inked > 300
    assert apart / inked < 0.02, (apart, inked)


@pytest.mark.full
def test_notes_are_taken_as_people_are(show):
    paths = ["Maps/Index.md", "Maps/Salt.md", "Bread.md", "=1+1.md"]
    links = (
        Link(("Maps/Index.md", "Maps/Salt.md"), 1, 2, TODAY, TODAY, 0.6),
        Link(("=1+1.md", "Bread.md"), 1, 0, depth=0.1),
    )
    network = build_network([], Person("me", "me"), [], TODAY)
    network = dataclasses.replace(network, notes=tuple(Note(path, "") for path in sorted(paths)), links=links)
    opened = show(Outcome(network, Scores()))
    (name, png), (_, svg) = take(opened, "png"), take(opened, "svg")
    assert name == "netnotes-network-2026-03-01.png"
    assert alike(opened, png, svg) < 0.1
    assert {"Salt", "Bread", "shallow"} <= {text.strip("\u2068\u2069") for text in texts_of(svg)}
    name, data = take(opened, "csv")
    assert name == "netnotes-notes-2026-03-01.csv"
    found = {row["path"]: row for row in rows(data)}
    assert set(found) == {"Maps/Index.md", "Maps/Salt.md", "Bread.md", "'=1+1.md"}
    assert (found["Maps/Salt.md"]["links"], found["Maps/Salt.md"]["deep links"]) == ("1", "1")
    assert opened.faults == []
