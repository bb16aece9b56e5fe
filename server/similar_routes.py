"""`/api/similar` and `/api/compare`: routes → similar cases and comparisons → wire models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from casequote.corpus.errors import InvalidRequest
from casequote.corpus.library import Library
from casequote.prompts.filters import Filters, checked_filters
from casequote.prompts.similarity.comparison import compare
from casequote.prompts.similarity.finder import MOST_RESULTS, SimilarCases, Wanted
from casequote.prompts.similarity.narrative import narrative
from casequote.prompts.similarity.results import Constraints
from casequote.server.similar_wire import ComparisonOut, SimilarOut, comparison_out, similar_out
from casequote.server.wire import Wire

_MOST_BODY = 200_000
"""Characters of a text beyond which not even its length is told."""
_MOST_NAMED = 100

Count = Annotated[int, Field(ge=1, le=MOST_RESULTS)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class _Restrictions(Wire):
    """Constraints on the cases that are found."""

    k: Count = 5
    preset: str | None = None
    jurisdiction: Literal["any", "other", "same"] = "any"
    concluded: bool = False
    country: str | None = None
    agency: str | None = None
    crime_type: str | None = None
    keyword: str | None = None
    platform: str | None = None
    year_from: Year | None = None
    year_to: Year | None = None

    def wanted(self, library: Library, weights: dict[str, float]) -> Wanted:
        """What is wanted, once the filters are checked."""
        names = ("country", "agency", "crime_type", "keyword", "platform", "year_from", "year_to")
        given = {name: value for name in names if (value := getattr(self, name)) is not None}
        filters = checked_filters(library, given) if given else Filters()
        constraints = Constraints(self.jurisdiction, self.concluded, filters)
        return Wanted(self.k, weights, self.preset, constraints)


class SimilarQuery(_Restrictions):
    """A case, and how others are to be like it; `weight` is VIEW:NUMBER."""

    case: str
    weight: Annotated[tuple[str, ...], Field(max_length=_MOST_NAMED)] = ()


class SimilarText(_Restrictions):
    """A narrative, and how cases are to be like it."""

    text: Annotated[str, Field(max_length=_MOST_BODY)]
    weights: Annotated[dict[str, float], Field(default_factory=dict)]


def similar_routes(library: Library, similar: SimilarCases) -> APIRouter:
    """The routes for similar cases and comparisons, below the prefix of the API."""
    routes = APIRouter()

    @routes.get("/similar")
    def similar_to_case(asked: Annotated[SimilarQuery, Query()]) -> SimilarOut:
        wanted = asked.wanted(library, parsed_weights(asked.weight))
        return similar_out(similar.like(asked.case, wanted))

    @routes.post("/similar")
    def similar_to_text(asked: SimilarText) -> SimilarOut:
        wanted = asked.wanted(library, asked.weights)
        return similar_out(similar.like_document(narrative(asked.text), wanted))

    @routes.get("/compare")
    def compare_cases(
        case: Annotated[list[str], Query(min_length=1, max_length=_MOST_NAMED)],
    ) -> ComparisonOut:
        return comparison_out(compare(library, case))

    return routes


def parsed_weights(given: Sequence[str], sign: str = ":") -> dict[str, float]:
    """View → weight from texts such as "method:2". Raises InvalidRequest."""
    found: dict[str, float] = {}
    for text in given:
        view, _, number = text.partition(sign)
        try:
            found[view.strip()] = float(number)
        except ValueError:
            raise InvalidRequest(
                f"weight: is {text!r}; write VIEW{sign}NUMBER, such as method{sign}2"
            ) from None
    return found
