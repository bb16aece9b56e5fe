"""The pages over many cases: patterns, cases like one, and cases side by side."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.corpus.library import Library
from casequote.prompts.filters import Filters
from casequote.prompts.similarity.comparison import MOST, Comparison, compare
from casequote.prompts.similarity.finder import SimilarCases, Wanted
from casequote.prompts.similarity.narrative import narrative
from casequote.prompts.similarity.results import Constraints, Similar
from casequote.server.pages.answering import Answering
from casequote.server.pages.browsing import filters_of
from casequote.server.pages.errors import page_of
from casequote.server.pages.exporting import exported
from casequote.server.pages.listing import Listing
from casequote.server.pages.visits import PageRoute, ReaderOf, form_of
from casequote.web.patterns_view import PatternsView, patterns
from casequote.web.rendering import render
from casequote.web.side_by_side import comparison_report, similar_report

RESULTS = 8
LONGEST_NARRATIVE = 50_000
JURISDICTIONS = ("any", "other", "same")


def pattern_routes(assistant: Answering, similar: SimilarCases, listing: Listing) -> APIRouter:
    """The pages over many cases."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    library = assistant.library

    @lru_cache(maxsize=32)
    def patterns_of(filters: Filters, change: int) -> PatternsView:
        del change  # part of the key only
        return patterns(library, filters)

    @lru_cache(maxsize=64)
    def like(case: str, jurisdiction: str, change: int) -> Similar:
        del change
        return similar.like(case, Wanted(RESULTS, constraints=Constraints(jurisdiction)))

    @routes.get("/patterns")
    def show_patterns(request: Request, reader: ReaderOf) -> Response:
        try:
            filters = filters_of(request, library)
        except (NotInLibrary, InvalidRequest) as error:
            return page_of("wrong_filter", 422, reader, fact=str(error), again="")
        view = patterns_of(filters, library.change)
        titles = listing.current().titles
        return HTMLResponse(render("patterns.html", reader, view=view, titles=titles))

    @routes.get("/similar")
    def similar_cases(
        reader: ReaderOf, case: str = "", jurisdiction: str = "any", export: str | None = None
    ) -> Response:
        chosen = jurisdiction if jurisdiction in JURISDICTIONS else "any"
        try:
            found = like(case, chosen, library.change) if case else None
        except (NotInLibrary, InvalidRequest):
            return page_of("no_case", 404, reader, id=case)
        if export is not None and found is not None:
            report = similar_report(found, listing.current().titles)
            return exported(report, export, f"like-{case}", reader)
        page = render("similar.html", reader, found=found, text="", jurisdiction=chosen)
        return HTMLResponse(page)

    @routes.post("/similar")
    async def similar_to_text(request: Request, reader: ReaderOf) -> Response:
        form = await form_of(request, 4 * LONGEST_NARRATIVE)
        text = str(form.get("text", ""))[:LONGEST_NARRATIVE]
        wanted = Wanted(RESULTS)
        try:
            found = await run_in_threadpool(lambda: similar.like_document(narrative(text), wanted))
        except InvalidRequest as error:
            return page_of("wrong_filter", 422, reader, fact=str(error), again="")
        page = render("similar.html", reader, found=found, text=text, jurisdiction="any")
        return HTMLResponse(page)

    return routes


def compare_routes(library: Library, listing: Listing) -> APIRouter:
    """The page of cases side by side."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)

    @lru_cache(maxsize=32)
    def compared(cases: tuple[str, ...], change: int) -> Comparison:
        del change
        return compare(library, cases)

    @routes.get("/compare")
    def side_by_side(request: Request, reader: ReaderOf, export: str | None = None) -> Response:
        cases = tuple(dict.fromkeys(c for c in request.query_params.getlist("case") if c))[:MOST]
        titles = listing.current().titles
        unknown = [case for case in cases if case not in titles]
        if unknown:
            return page_of("no_case", 404, reader, id=unknown[0])
        found = compared(cases, library.change) if len(cases) > 1 else None
        if export is not None and found is not None:
            return exported(comparison_report(found, titles), export, "comparison", reader)
        page = render("compare.html", reader, found=found, chosen=cases, titles=titles, most=MOST)
        return HTMLResponse(page)

    return routes
