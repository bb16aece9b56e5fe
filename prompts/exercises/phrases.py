"""Other ways to say what fixed phrases of records say (`data/exercises/other_ways.yaml`)."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from casequote.corpus.normal import fold
from casequote.prompts.kinds import data


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    phrase: str
    also: tuple[str, ...]
    opposite: tuple[str, ...] = ()


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(_Entry.model_validate(entry) for entry in data("exercises/other_ways.yaml"))


def other_ways(text: str) -> tuple[str, ...]:
    """Words that say the same as a phrase of the file that stands in the text; none otherwise."""
    folded = fold(text)
    return next((e.also for e in _entries() if fold(e.phrase) in folded), ())


def opposites(text: str) -> tuple[str, ...]:
    """Words that say the contrary."""
    folded = fold(text)
    return next((e.opposite for e in _entries() if fold(e.phrase) in folded), ())
