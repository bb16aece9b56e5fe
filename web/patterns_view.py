"""Facets, timeline and network of the collection → map, bars and graph with coordinates.

Nothing is counted here; coordinates are in units of the drawing. Colours are classes of the style
sheet, five steps of them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from casequote.corpus.library import Library
from casequote.prompts.filters import Filters
from casequote.prompts.patterns.facets import FacetValue, facets
from casequote.prompts.patterns.network import Network, network
from casequote.prompts.patterns.timeline import Event, timeline

LEVELS = 5
NETWORK_SIZE = 640
MOST_EDGES = 60
LEAST_SHARED = 3
BAR_HEIGHT = 120
EVENTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Country:
    """A country on the map: a path, or a point where it is too small for one."""

    name: str
    cases: int
    level: int
    """0 without a case, else 1 to `LEVELS` by the logarithm of their number."""
    shape: str | None
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A year and how many events are dated in it."""

    year: str
    events: int
    height: float


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """An agency on the ellipse of the network."""

    name: str
    cases: int
    x: float
    y: float
    radius: float
    left: bool
    """Whether its name stands to the left of it."""


@dataclass(frozen=True, slots=True)
class PlacedEdge:
    """Two agencies that are named for the same cases."""

    first: PlacedNode
    second: PlacedNode
    cases: tuple[str, ...]
    level: int


@dataclass(frozen=True, slots=True)
class PatternsView:
    """The page of patterns."""

    filters: Mapping[str, str | int]
    cases: int
    countries: tuple[Country, ...]
    land: str
    """Land of no country of the vocabulary."""
    unplaced: tuple[FacetValue, ...]
    """Values that the map has no place for."""
    crime_types: tuple[FacetValue, ...]
    bars: tuple[Bar, ...]
    events: tuple[Event, ...]
    more_events: int
    nodes: tuple[PlacedNode, ...]
    edges: tuple[PlacedEdge, ...]


def patterns(library: Library, filters: Filters) -> PatternsView:
    """The patterns of the cases that meet the filters."""
    with library.reading():
        counted = facets(library, filters)
        events = timeline(library, filters)
        found = network(library, filters, kinds=("agency",), least=LEAST_SHARED, most=MOST_EDGES)
    by_country = counted.facets["country"]
    world = _world()
    placed = world["shapes"].keys() | world["points"].keys()
    nodes, edges = _placed(found)
    return PatternsView(
        filters=filters.stated(),
        cases=counted.cases,
        countries=_countries(by_country),
        land=world["others"],
        unplaced=tuple(value for value in by_country if value.value not in placed),
        crime_types=counted.facets["crime_type"],
        bars=_bars(events.years),
        events=events.events[-EVENTS_SHOWN:][::-1],
        more_events=max(0, len(events.events) - EVENTS_SHOWN),
        nodes=nodes,
        edges=edges,
    )


@cache
def _world() -> dict[str, Any]:
    text = files("casequote.web").joinpath("data/world.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _countries(values: tuple[FacetValue, ...]) -> tuple[Country, ...]:
    world = _world()
    counts = {value.value: len(value.cases) for value in values}
    most = max(counts.values(), default=1)
    shapes = [
        Country(name, counts.get(name, 0), _level(counts.get(name, 0), most), path, None)
        for name, path in world["shapes"].items()
    ]
    points = [
        Country(name, counts[name], _level(counts[name], most), None, (x, y))
        for name, (x, y) in world["points"].items()
        if name in counts
    ]
    return (*sorted(shapes, key=lambda c: (c.cases > 0, c.name)), *points)


def _level(count: int, most: int) -> int:
    if count == 0:
        return 0
    return 1 + min(LEVELS - 1, int(LEVELS * math.log(count) / math.log(most + 1)))


def _bars(years: Mapping[str, int]) -> tuple[Bar, ...]:
    """A bar for every year from the first to the last."""
    if not years:
        return ()
    most = max(years.values())
    every = map(str, range(int(min(years)), int(max(years)) + 1))
    return tuple(
        Bar(year, years.get(year, 0), round(BAR_HEIGHT * years.get(year, 0) / most, 1))
        for year in every
    )


def _placed(found: Network) -> tuple[tuple[PlacedNode, ...], tuple[PlacedEdge, ...]]:
    """Nodes on an ellipse, those with the most cases first from the top."""
    centre, wide, high = NETWORK_SIZE / 2, NETWORK_SIZE * 0.26, NETWORK_SIZE * 0.36
    most = max((node.cases for node in found.nodes), default=1)
    nodes = {}
    for place, node in enumerate(found.nodes):
        angle = 2 * math.pi * (place + 0.5) / len(found.nodes) - math.pi / 2
        nodes[node.id] = PlacedNode(
            node.name,
            node.cases,
            round(centre + wide * math.cos(angle), 1),
            round(centre + high * math.sin(angle), 1),
            round(3 + 7 * math.sqrt(node.cases / most), 1),
            math.cos(angle) < -0.01,
        )
    heaviest = max((len(edge.cases) for edge in found.edges), default=1)
    edges = tuple(
        PlacedEdge(
            nodes[edge.first],
            nodes[edge.second],
            edge.cases,
            _level(len(edge.cases), heaviest),
        )
        for edge in found.edges
    )
    return tuple(nodes.values()), edges
