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


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    second_hand: tuple[str, ...]
    phrases: tuple[_Entry, ...]


@cache
def _file() -> _File:
    return _File.model_validate(data("exercises/other_ways.yaml"))


def is_second_hand(publisher: str) -> bool:
    """Whether the name of a publisher says that it repeats another ("quoting the release")."""
    folded = fold(publisher)
    return any(fold(word) in folded for word in _file().second_hand)


def other_ways(text: str) -> tuple[str, ...]:
    """Words that say the same as a phrase of the file that stands in the text; none otherwise."""
    folded = fold(text)
    return next((e.also for e in _file().phrases if fold(e.phrase) in folded), ())


def opposites(text: str) -> tuple[str, ...]:
    """Words that say the contrary."""
    folded = fold(text)
    return next((e.opposite for e in _file().phrases if fold(e.phrase) in folded), ())
