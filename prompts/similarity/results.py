"""What a search for similar cases gives: data for pages, JSON and the terminal alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casequote.prompts.answer import Extract
from casequote.prompts.filters import Filters


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that both cases state; extracts of the asked case come before the other's."""

    kind: str
    view: str
    text: str
    extracts: tuple[Extract, ...]
    share: float
    """Part of the score that it makes, in points of the score."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A point that matters in which the cases differ, with the extracts that state it."""

    kind: str
    text: str
    extracts: tuple[Extract, ...]


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A case that is like the asked one, and why."""

    rank: int
    case: str
    """Id of the case; of the article where `is_case` is False."""
    is_case: bool
    title: str
    score: float
    """From 0 to 1: the weighted mean of the views."""
    views: Mapping[str, float]
    """View → how alike the cases are in it, from 0 to 1."""
    reasons: tuple[Reason, ...]
    differences: tuple[Difference, ...]
    repeats: str | None = None
    """Id of the document asked about, or of a better result, whose text this article repeats."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A name in a narrative that the vocabulary knows, at its place in the text."""

    kind: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Constraints:
    """Restrictions on the cases that are found."""

    jurisdiction: str = "any"
    """`any`, `other` (none of those of the asked case) or `same` (at least one of them)."""
    concluded: bool = False
    filters: Filters = field(default_factory=Filters)

    def stated(self) -> dict[str, str | int | bool]:
        """The restrictions that are set."""
        found: dict[str, str | int | bool] = dict(self.filters.stated())
        if self.jurisdiction != "any":
            found["jurisdiction"] = self.jurisdiction
        if self.concluded:
            found["concluded"] = True
        return found


@dataclass(frozen=True, slots=True)
class Similar:
    """The cases like a case or a narrative, with what they were found by."""

    asked: str | None
    """Id of the asked case; None for a narrative."""
    title: str
    weights: Mapping[str, float]
    preset: str | None
    constraints: Constraints
    compared: int
    """How many cases met the constraints."""
    results: tuple[SimilarCase, ...]
    recognised: tuple[Recognised, ...] = ()
