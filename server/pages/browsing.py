"""The pages of cases and of searches over them."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from casequote.corpus.document import Span
from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.corpus.library import Library
from casequote.prompts.filters import Filters, checked_filters
from casequote.server.pages.answering import Answering
from casequote.server.pages.asking import year
from casequote.server.pages.errors import page_of
from casequote.server.pages.exporting import exported
from casequote.server.pages.listing import Listing
from casequote.server.pages.visits import PageRoute, ReaderOf
from casequote.web import views
from casequote.web.asked import FILTERS
from casequote.web.browse_view import SORTS, Wanted, browse, excerpt_of
from casequote.web.case_file import CaseFile, case_file
from casequote.web.rendering import render
from casequote.web.report import Item, Part, Report, case_report, passages_report

MOST_RESULTS = 30
LONGEST = 1_000
"""Characters of a search that are read."""


def browse_routes(assistant: Answering, listing: Listing) -> APIRouter:
    """The list of cases, the page of each, and the search of passages."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    library = assistant.library

    @lru_cache(maxsize=64)
    def file_of(case_id: str, change: int) -> CaseFile:
        del change  # part of the key only
        return case_file(library, library.case(case_id))

    @routes.get("/cases")
    def cases(
        request: Request,
        reader: ReaderOf,
        q: str = "",
        sort: str | None = None,
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        export: str | None = None,
    ) -> Response:
        try:
            filters = filters_of(request, library)
        except (NotInLibrary, InvalidRequest) as error:
            return page_of("wrong_filter", 422, reader, fact=str(error), again="")
        words = q[:LONGEST].strip()
        order = sort if sort in SORTS else ("relevance" if words else "title")
        view = browse(library, Wanted(words, filters, order, page))
        if export is not None:
            items = tuple(
                Item(row.summary.title, note="; ".join(filter(None, (row.period, *row.countries))))
                for row in view.rows
            )
            return exported(Report("Cases", (Part("Cases", items),)), export, "cases", reader)
        return HTMLResponse(views.cases_page(view, listing.current(), reader))

    @routes.get("/search")
    def search(reader: ReaderOf, q: str = "", export: str | None = None) -> Response:
        words = q[:LONGEST].strip()
        passages = [r.passage for r in assistant.search(words, MOST_RESULTS)] if words else []
        titles = listing.current().titles
        if export is not None:
            found = [(library.document(p.document), p.start, p.end) for p in passages]
            return exported(passages_report(words, found, titles), export, "passages", reader)
        excerpts = [
            excerpt_of(
                library.document(p.document), Span(p.start, p.end), words, " > ".join(p.section)
            )
            for p in passages
        ]
        page = render("search.html", reader, words=words, found=excerpts, titles=titles)
        return HTMLResponse(page)

    @routes.get("/cases/{case_id:path}")
    def case(reader: ReaderOf, case_id: str, export: str | None = None) -> Response:
        try:
            view = file_of(case_id, library.change)
        except NotInLibrary:
            return page_of("no_case", 404, reader, id=case_id)
        if export is not None:
            titles = listing.current().titles
            report = case_report(view.listed.summary.title, view.documents, titles)
            return exported(report, export, case_id, reader)
        return HTMLResponse(views.case_page(view, reader))

    return routes


def filters_of(request: Request, library: Library) -> Filters:
    """The filters of an address. Raises NotInLibrary or InvalidRequest."""
    given = request.query_params
    stated = {
        name: year(given[name]) if name.startswith("year") else given[name]
        for name in FILTERS
        if given.get(name, "").strip()
    }
    return checked_filters(library, stated) if stated else Filters()
