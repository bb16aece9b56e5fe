"""Collection → facets: for each kind of value, in how many cases it is stated."""

from __future__ import annotations

from dataclasses import dataclass

from casequote.corpus.library import Library
from casequote.prompts.filters import Filters
from casequote.prompts.patterns.values import KINDS, chosen_cases, values_of


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value and the ids of the cases that state it."""

    value: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Facet → values, the most frequent first; `cases` is how many cases meet the filters."""

    cases: int
    facets: dict[str, tuple[FacetValue, ...]]


def facets(library: Library, filters: Filters) -> Facets:
    """Every facet over the cases that meet the filters; years are in their own order."""
    with library.reading():
        chosen = chosen_cases(library, filters)
        found: dict[str, tuple[FacetValue, ...]] = {
            kind: _facet(library, kind, chosen) for kind in KINDS
        }
        return Facets(len(library.cases()) if chosen is None else len(chosen), found)


def _facet(library: Library, kind: str, chosen: frozenset[str] | None) -> tuple[FacetValue, ...]:
    values = [
        FacetValue(value, tuple(sorted(cases)))
        for value, cases in values_of(library, kind, chosen).items()
    ]
    if kind == "year":
        return tuple(sorted(values, key=lambda v: v.value))
    return tuple(sorted(values, key=lambda v: (-len(v.cases), v.value)))
