"""Vaults of a few lines for tests of reports: who was met, and how many days before the day of looking."""

import datetime as dt

TODAY = dt.date(2026, 6, 30)


def ago(days):
    return TODAY - dt.timedelta(days)


def day(days, *lines):
    """Return a daily note of so many days ago."""
    return f"-- {ago(days)}.md --\n" + "".join(f"- {line}\n" for line in lines)


def often(name, days, line="coffee with [[{}]] (1h)"):
    """Return daily notes in which somebody is met on each of the days."""
    return "".join(day(number, line.format(name)) for number in days)


def note(path, body="", **properties):
    """Return a note with front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in properties.items())
    return f"-- {path}.md --\n" + (f"---\n{lines}---\n" if lines else "") + (f"{body}\n" if body else "")


def meeting(days, name, attendees, **more):
    """Return a meeting note of so many days ago."""
    who = "[" + ", ".join(f'"[[{person}]]"' for person in attendees) + "]"
    return note(f"Meetings/{ago(days)} {name}", attendees=who, **more)
