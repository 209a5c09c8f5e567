"""words: how often you use certain words near each person, as a score and in a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netnotes.api import Field, Network, Row, Score, option, report, scorer

NETNOTES_API = 1


@dataclass(frozen=True)
class Options:
    """Options under `[plugins.words]`."""

    words: tuple[str, ...] = ("laughed", "proud", "grateful")
    least: int = option(1, "encounters that must have one of the words", low=1)


@scorer(Field("glad_words", "share of encounters noted with one of the words"), options=Options, reads=("text",))
def glad_words(network: Network, options: Options) -> Iterator[Score]:
    """Score the share of a person's encounters whose text has one of the words."""
    for tie in network.ties:
        texts = [network.text(contact.encounter).casefold() for contact in tie.contacts]
        count = sum(any(word in text for word in options.words) for text in texts)
        if count >= options.least:
            yield Score(tie, count / len(texts), f"{count} of {len(texts)} encounters")


@report("Words near people", options=Options, reads=("glad_words",))
def words(network: Network, options: Options) -> Iterator[Row]:
    """List the people whose encounters use the words most."""
    scored = [(tie, score) for tie in network.ties if (score := network.score(tie, "glad_words"))]
    for tie, score in sorted(scored, key=lambda pair: -float(str(pair[1].value))):
        yield Row({"name": tie.person, "share": score.value, "words": options.words}, because=score.because, on=tie)
