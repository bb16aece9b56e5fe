"""`/api/patterns/…`: routes → facets, timelines and networks → wire models."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from casequote.corpus.library import Library
from casequote.prompts.filters import Filters, checked_filters
from casequote.prompts.patterns.facets import facets
from casequote.prompts.patterns.network import LINKED, co_occurrence, network
from casequote.prompts.patterns.timeline import timeline
from casequote.prompts.patterns.values import Kind, known_value
from casequote.server.patterns_wire import (
    CoOccurrenceOut,
    FacetsOut,
    NetworkOut,
    TimelineOut,
    co_occurrence_out,
    facets_out,
    network_out,
    timeline_out,
)
from casequote.server.wire import Wire

MOST_EDGES = 1_000
Year = Annotated[int, Field(ge=1900, le=2100)]
_FILTERS = ("country", "agency", "crime_type", "keyword", "platform", "year_from", "year_to")


class PatternFilters(Wire):
    """Restrictions on the cases that are counted."""

    country: str | None = None
    agency: str | None = None
    crime_type: str | None = None
    keyword: str | None = None
    platform: str | None = None
    year_from: Year | None = None
    year_to: Year | None = None

    def checked(self, library: Library) -> Filters:
        """The filters with the values that the library has. Raises NotInLibrary."""
        given = {name: value for name in _FILTERS if (value := getattr(self, name)) is not None}
        return checked_filters(library, given) if given else Filters()


class TimelineQuery(PatternFilters):
    """One case, or the cases that meet the filters."""

    case: str | None = None


class NetworkQuery(PatternFilters):
    """Which edges of the network are wanted."""

    kind: Literal["agency", "country", "both"] = "agency"
    least: Annotated[int, Field(ge=1)] = 2
    k: Annotated[int, Field(ge=1, le=MOST_EDGES)] = 100


class CoOccurrenceQuery(PatternFilters):
    """What is wanted beside which value."""

    kind: Kind = "agency"
    value: Annotated[str, Field(min_length=1, max_length=300)]
    beside: Kind = "agency"
    k: Annotated[int, Field(ge=1, le=MOST_EDGES)] = 20


def patterns_routes(library: Library) -> APIRouter:
    """The routes for patterns, below the prefix of the API."""
    routes = APIRouter(prefix="/patterns")

    @routes.get("/facets")
    def facets_of(asked: Annotated[PatternFilters, Query()]) -> FacetsOut:
        filters = asked.checked(library)
        return facets_out(facets(library, filters), filters.stated())

    @routes.get("/timeline")
    def timeline_of(asked: Annotated[TimelineQuery, Query()]) -> TimelineOut:
        filters = asked.checked(library)
        return timeline_out(timeline(library, filters, asked.case), asked.case, filters.stated())

    @routes.get("/network")
    def network_of(asked: Annotated[NetworkQuery, Query()]) -> NetworkOut:
        filters = asked.checked(library)
        kinds = LINKED if asked.kind == "both" else (asked.kind,)
        found = network(library, filters, kinds=kinds, least=asked.least, most=asked.k)
        return network_out(found, filters.stated())

    @routes.get("/cooccurrence")
    def co_occurrence_of(asked: Annotated[CoOccurrenceQuery, Query()]) -> CoOccurrenceOut:
        filters = asked.checked(library)
        value = known_value(library, asked.kind, asked.value)
        found = co_occurrence(
            library, asked.kind, value, beside=asked.beside, filters=filters, most=asked.k
        )
        return co_occurrence_out(found, filters.stated())

    return routes
