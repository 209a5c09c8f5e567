"""The expected values of depth.json: the formula of docs/depth.md in plain arithmetic, written from its text.

    python tests/scoring/arithmetic.py        rewrites the expected values beside each case, and says which changed

Imports nothing of NetNotes. An event is [days ago, minutes, others, by, context, own minutes?, channel, length].
Left out at the end, the channel is in person and the length is the minutes.
"""

import json
import re
from math import exp, log, sqrt
from pathlib import Path
from typing import Any

PLACE = Path(__file__).with_name("depth.json")
UNKNOWN = {"in person": 10, "call": 10, "message": 3, "mail": 3, "card": 1, None: 5}


def worth(event: list[Any]) -> tuple[float, bool, float, float]:
    """Return (minutes after the discount, chat?, a, L) of one event."""
    left_out: list[Any] = ["in person", None][len(event) - 6 :]
    _, minutes, others, _, _, own, channel, length = [*event, *left_out]
    know: float
    a: float
    if not own:
        length = length or minutes
    if own:
        know = minutes
        a, whole = minutes, max(length or minutes * others, minutes)
        if others == 1:
            whole = minutes
    elif length:
        know = length if others == 1 else min(length, 10)
        a, whole = length / others, length
    else:
        know = UNKNOWN[channel]
        a, whole = 1 / others, 1
    if channel == "call":
        know = max(know, 3)
    if not own:
        know /= sqrt(others)
    return know, channel in ("message", "mail") and not own and not length, a, whole


def expected(events: list[list[Any]]) -> dict[str, float | str]:
    """Return the expected values of one case."""
    contexts = {event[4] for event in events}
    days = sorted({event[0] for event in events})
    n: dict[str, float] = {}
    for context in contexts:
        n[context] = 0
        for day in days:
            here = [worth(event) for event in events if event[0] == day and event[4] == context]
            minutes = sum(w[0] for w in here if not w[1]) + min(6, sum(w[0] for w in here if w[1]))
            n[context] += log(1 + minutes / 10) / log(7) * 2 ** (-day / 730)
    largest = sorted(n.values(), reverse=True)
    unknown = 1.0
    for amount in [*largest[:2], sum(largest[2:])]:
        unknown *= (1 + amount) ** (-1 / 3)
    know = 1 - unknown
    worths = [worth(event) for event in events]
    like = (sum(w[2] for w in worths) + 30) / (sum(w[3] for w in worths) + 30)
    by = [event[3] for event in events if event[3]]
    if by:
        mine, theirs = by.count("me") + by.count("both") / 2, by.count("them") + by.count("both") / 2
        like = sqrt(like * (2 * min(mine, theirs) + 1) / (len(by) + 2))
    span = days[-1] - days[0]
    known = span + 1
    trust = (known / (known + 60) + known / (known + 1095)) / 2
    depth = exp(sum(w * log(0.02 + 0.98 * v) for w, v in ((0.6, know), (0.2, like), (0.2, trust))))
    tau, silence = (span + 14) / len(days), days[0]
    numbers = {
        "n": sum(n.values()),
        "know": know,
        "like": like,
        "trust": trust,
        "depth": depth,
        "contact_days": len(days),
        "tau": tau,
        "warmth_value": 2 ** -(silence / (8 * tau) + silence / 60),
    }
    words = {
        "warmth": "warm" if silence <= 4 * tau else "cooling" if silence <= 8 * tau else "dormant",
        "tie": "thin" if len(days) < 3 else "deep" if depth >= 0.5 else "shallow",
    }
    return {name: round(value, 4) for name, value in numbers.items()} | words


def main():
    """Rewrite the expected values, and leave everything else of the file as it stands."""
    text = PLACE.read_text(encoding="utf-8")
    for case in json.loads(text)["cases"]:
        new = expected(case["events"])
        written = json.dumps(new)
        if new != case.get("expected"):
            changed = ", ".join(
                f"{k} {case.get('expected', {}).get(k)} -> {v}"
                for k, v in new.items()
                if v != case.get("expected", {}).get(k)
            )
            print(f"{case['case']}: {changed}")  # noqa: T201  # what a script is for
            name = re.escape(json.dumps(case["case"], ensure_ascii=False))
            text = re.sub(
                rf'(\{{"case": {name},\n "expected": )\{{.*\}}',
                lambda m, written=written: m[1] + written,  # type: ignore[misc]
                text,
            )
    PLACE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
