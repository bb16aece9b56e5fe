"""The pages of documents: text with an extract marked, alone or beside another page."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from casequote.corpus.document import Document
from casequote.corpus.errors import NotInLibrary
from casequote.corpus.library import Library
from casequote.server.pages.errors import page_of
from casequote.server.pages.exporting import exported
from casequote.server.pages.listing import Listing
from casequote.server.pages.visits import PageRoute, ReaderOf
from casequote.web import views
from casequote.web.document_view import WrongExtract, asked_extract
from casequote.web.links import document_path
from casequote.web.report import document_report


def document_routes(library: Library, listing: Listing) -> APIRouter:
    """The pages of documents."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)

    @routes.get("/documents/{document_id:path}")
    def document(
        reader: ReaderOf,
        document_id: str,
        start: str | None = None,
        end: str | None = None,
        export: str | None = None,
        beside: bool = False,
    ) -> Response:
        found = _found(document_id)
        if found is None:
            return page_of("no_document", 404, reader, id=document_id)
        if export is not None:
            titles = listing.current().titles
            return exported(document_report(found, titles), export, found.id, reader)
        try:
            extract = asked_extract(start, end, len(found.text))
        except WrongExtract as error:
            return page_of(
                "wrong_extract",
                422,
                reader,
                reason=error.reason,
                start=start,
                end=end,
                length=len(found.text),
                path=document_path(document_id),
            )
        titles = listing.current().titles
        return HTMLResponse(views.document_page(found, extract, titles, reader, beside=beside))

    def _found(document_id: str) -> Document | None:
        try:
            return library.document(document_id)
        except NotInLibrary:
            return None

    return routes
