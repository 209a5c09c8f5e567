"""A made vault of 800 people, the same on every run: `python -m tests.cli.large_vault FOLDER` writes it.

A few people are met often and most hardly ever; some have no contact at all, some a long name, some one of wide
letters; there are promises, companies, cities, tags, a broken note and lines that are nearly read.
"""

import datetime as dt
import sys
from pathlib import Path

PEOPLE = 800
END = dt.date(2026, 6, 30)
FIRST = (
    "Agnes Bruno Carla Dimitri Esther Florian Greta Hamid Irene Joachim Katya Leander Marta Nils Orla Pavel Quentin "
    "Rosa Stefan Tamara Ulrich Vera Wassily Ximena Yusuf Zelda Bertil Clemens Dorothea Emeka Fatima Gideon"
).split()
LAST = (
    "Albrecht Bellweather Castellanos Drummond Eriksen Fairbanks Gutierrez Hollingsworth Iwasaki Jablonski "
    "Kowalczyk Lundgren Montague Nwosu Oyelaran Petrov Quartermain Rasmussen Szymanski Thornbury Underhill "
    "Vandermeer Whitcombe Yamamoto Zielinski"
).split()
SPECIAL = (
    "山田太郎",
    "김민준",
    "Wolfeschlegelsteinhausen Bergerdorff the Younger of Philadelphia",
    "Ana 🎷 Duarte",
    "Marie-Thérèse d’Aubigné-Montcornet",
)
SCENES = ("choir", "harbour", "lisbon", "school gate")
CITIES = ("Porto", "Gdańsk", "Kyoto", "Leeds", "Montréal")
DOINGS = ("lunch with", "called", "a walk with", "met", "coffee with")
TASKS = ("send the minutes", "return the ladder", "answer about the boat", "introduce her to the printer")


def names() -> list[str]:
    """Return the names, those met most often first."""
    plain = [f"{FIRST[at % len(FIRST)]} {LAST[(at + at // len(FIRST)) % len(LAST)]}" for at in range(PEOPLE)]
    for at, name in enumerate(SPECIAL):
        plain[at * 7 + 1] = name
    return plain


def notes() -> dict[str, str]:
    """Return path → text of every note."""
    people = names()
    made = {f"People/{name}.md": _person(at) for at, name in enumerate(people)}
    for back in range(240):
        made |= _daily(END - dt.timedelta(back), back, people)
    for at in range(30):
        day = END - dt.timedelta(at * 11 + 3)
        three = ", ".join(f'"[[{people[(at * step) % 40]}]]"' for step in (1, 3, 5))
        made[f"Meetings/{day} Committee.md"] = (
            f"---\ndate: {day}\nattendees: [{three}]\nduration: {30 + at % 4 * 15}\n---\nAgenda.\n"
        )
    made["People/Not closed.md"] = "---\ntype: person\nscene: [choir\n---\nA note that is broken.\n"
    return made


def write(root: Path) -> None:
    """Write the vault below `root`."""
    for folder in (".obsidian", "People", "Daily", "Meetings"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / ".obsidian" / "app.json").write_text("{}", encoding="utf-8")
    # A report may take long on a busy machine; what it says is tested, not how quickly.
    (root / "netnotes.toml").write_text("[plugins]\nseconds = 600\n", encoding="utf-8")
    for path, text in notes().items():
        (root / path).write_text(text, encoding="utf-8", newline="\n")


def _person(at: int) -> str:
    fields = [f"scene: {SCENES[at % len(SCENES)]}", f"city: {CITIES[at % len(CITIES)]}"]
    if at % 3 == 0:
        fields.append(f"company: {LAST[at % 11]} & Co")
    if at % 10 == 0:
        fields.append("tags: [mentor]")
    if at % 40 == 5:
        fields.append("cadence: weekly")
    lines = [f"- {END - dt.timedelta(at % 700 + 3)} met, 40 min"] if at % 4 else []
    if at % 25 == 2:
        lines.append(f"- [ ] {TASKS[at % len(TASKS)]} 📅 {END - dt.timedelta(at % 90 - 20)}")
    return "\n".join(["---", "type: person", *fields, "---", *lines, ""])


def _daily(day: dt.date, back: int, people: list[str]) -> dict[str, str]:
    often = [people[(back * step) % width] for step, width in ((1, 7), (3, 30), (5, 120))]
    lines = [f"- {DOINGS[(back + at) % 5]} [[{name}]], {20 + 10 * at} min" for at, name in enumerate(often)]
    if back % 50 == 10:
        lines.append(f"- thought of [[{people[back]}]]")
    if back % 60 == 20:
        lines.append(f"- [ ] {TASKS[back % 4]} for [[{often[0]}]] 📅 {day + dt.timedelta(14)}")
    if back % 90 == 30:
        lines.append("- lunch with Ottilie Brandt and Ferdinand Moss")
    return {f"Daily/{day}.md": "\n".join([*lines, ""])}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
