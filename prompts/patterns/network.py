"""Collection → who worked together: agencies or countries that records name for one case.

An edge says that both are named among those involved in a case, not more; each of its cases has
the two extracts that show it. That a body's own country is involved with it says nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from casequote.corpus.errors import InvalidRequest
from casequote.corpus.library import Library
from casequote.corpus.vocabulary import vocabulary
from casequote.prompts.filters import Filters
from casequote.prompts.findings import Quote
from casequote.prompts.patterns.values import chosen_cases, values_of

LINKED = ("agency", "country")
MOST_QUOTED = 3
"""Cases of an edge that are quoted; their number is exact all the same."""


@dataclass(frozen=True, slots=True)
class Node:
    """An agency or country, and in how many cases it is named."""

    id: str
    kind: str
    name: str
    cases: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one case names both ends of an edge."""

    case: str
    first: Quote
    second: Quote


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that are named for the same cases."""

    first: str
    second: str
    cases: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes that have an edge, and the edges, the heaviest first; `left_out` are lighter ones."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A value that is named for the same cases as another, and how often."""

    value: str
    cases: tuple[str, ...]
    of_its_cases: int
    """In how many cases it is named at all."""
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """What is named most often beside a value."""

    kind: str
    value: str
    cases: int
    beside_kind: str
    beside: tuple[Beside, ...]


def network(
    library: Library, filters: Filters, *, kinds: Collection[str] = LINKED, least: int, most: int
) -> Network:
    """The network of agencies, of countries or of both, over the cases that meet the filters.

    Only edges of at least `least` cases, and the `most` heaviest of them. Raises InvalidRequest.
    """
    if not kinds or any(kind not in LINKED for kind in kinds):
        raise InvalidRequest(
            f"network: {', '.join(kinds) or 'nothing'} cannot be linked; use {', '.join(LINKED)}"
        )
    with library.reading():
        chosen = chosen_cases(library, filters)
        named = {
            (kind, value): cases
            for kind in LINKED
            if kind in kinds
            for value, cases in values_of(library, kind, chosen).items()
        }
    home = {body.name: body.country for body in vocabulary().bodies}
    by_case: dict[str, list[tuple[str, str]]] = {}
    for key, cases in named.items():
        for case in cases:
            by_case.setdefault(case, []).append(key)
    shared: dict[tuple[tuple[str, str], tuple[str, str]], list[str]] = {}
    for case, keys in by_case.items():
        for first, second in combinations(sorted(keys), 2):
            if home.get(first[1]) != second[1]:
                shared.setdefault((first, second), []).append(case)
    heavy = [(pair, tuple(sorted(cases))) for pair, cases in shared.items() if len(cases) >= least]
    heavy.sort(key=lambda item: (-len(item[1]), item[0]))
    edges = tuple(
        Edge(_id(a), _id(b), cases, _evidence(named[a], named[b], cases))
        for (a, b), cases in heavy[:most]
    )
    linked = {end for pair, _ in heavy[:most] for end in pair}
    nodes = tuple(
        Node(_id(key), *key, len(named[key]))
        for key in sorted(linked, key=lambda k: (-len(named[k]), k))
    )
    return Network(nodes, edges, len(shared) - len(edges))


def co_occurrence(
    library: Library, kind: str, value: str, *, beside: str, filters: Filters, most: int
) -> CoOccurrence:
    """What is named most often for the cases of a value, which is as the library has it."""
    with library.reading():
        chosen = chosen_cases(library, filters)
        own = values_of(library, kind, chosen).get(value, {})
        others = values_of(library, beside, chosen)
    found = [
        Beside(other, both, len(cases), _evidence(own, cases, both))
        for other, cases in others.items()
        if (both := tuple(sorted(own.keys() & cases.keys()))) and (beside, other) != (kind, value)
    ]
    found.sort(key=lambda b: (-len(b.cases), b.of_its_cases, b.value))
    return CoOccurrence(kind, value, len(own), beside, tuple(found[:most]))


def _evidence(
    first: dict[str, Quote], second: dict[str, Quote], cases: Collection[str]
) -> tuple[Evidence, ...]:
    quoted = list(cases)[:MOST_QUOTED]
    return tuple(Evidence(case, first[case], second[case]) for case in quoted)


def _id(key: tuple[str, str]) -> str:
    return f"{key[0]}:{key[1]}"
