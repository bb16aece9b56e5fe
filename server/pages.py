"""The HTML pages: addresses → assistant and library → view models → HTML."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from casequote.corpus.errors import CaseQuoteError, NotInLibrary
from casequote.corpus.library import Library
from casequote.prompts.answer import Answer
from casequote.web import views
from casequote.web.answer_view import answer_view
from casequote.web.collection_view import Collection, case_view, collection
from casequote.web.document_view import WrongExtract, asked_extract
from casequote.web.links import MOST_EARLIER, document_path

MOST_CHARACTERS = 10_000


class Answering(Protocol):
    """What the pages need of an assistant."""

    @property
    def library(self) -> Library:
        """The library that is asked."""
        ...

    def converse(self, questions: list[str]) -> Answer:
        """The answer to the last question, after the ones before it."""
        ...


class _Listing:
    """The collection as its pages list it, made again when the library changes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made: tuple[int, Collection] | None = None

    def current(self) -> Collection:
        change = self._library.change
        if self._made is None or self._made[0] != change:
            self._made = (change, collection(self._library))
        return self._made[1]


def page_routes(assistant: Answering) -> APIRouter:
    """The pages for people; errors are pages too."""
    pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
    library = assistant.library
    listing = _Listing(library)

    @pages.get("/")
    def ask(
        q: Annotated[str | None, Query()] = None,
        after: Annotated[list[str] | None, Query()] = None,
    ) -> HTMLResponse:
        if q is None or not q.strip():
            return HTMLResponse(views.ask_page(listing.current()))
        if len(q) > MOST_CHARACTERS:
            return _error("long_question", 422, most=MOST_CHARACTERS, length=len(q))
        earlier = [text for text in after or [] if text.strip()][-MOST_EARLIER:]
        answer = assistant.converse([*earlier, q])
        view = answer_view(answer, listing.current().titles, earlier)
        return HTMLResponse(views.answer_page(view))

    @pages.get("/documents/{document_id:path}")
    def document(
        document_id: str, start: str | None = None, end: str | None = None
    ) -> HTMLResponse:
        try:
            found = library.document(document_id)
        except NotInLibrary:
            return _error("no_document", 404, id=document_id)
        try:
            extract = asked_extract(start, end, len(found.text))
        except WrongExtract as error:
            return _error(
                "wrong_extract",
                422,
                reason=error.reason,
                start=start,
                end=end,
                length=len(found.text),
                path=document_path(document_id),
            )
        return HTMLResponse(views.document_page(found, extract, listing.current().titles))

    @pages.get("/cases")
    def cases() -> HTMLResponse:
        return HTMLResponse(views.cases_page(listing.current()))

    @pages.get("/cases/{case_id:path}")
    def case(case_id: str) -> HTMLResponse:
        try:
            return HTMLResponse(views.case_page(case_view(library, library.case(case_id))))
        except NotInLibrary:
            return _error("no_case", 404, id=case_id)

    return pages


def wants_page(request: Request) -> bool:
    """Whether an error should be a page: a browser asks, and not for the API."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get(
        "accept", ""
    )


def error_response(status: int, error: Exception) -> HTMLResponse:
    """An error that no page foresaw."""
    if status == 404:
        return _error("no_page", 404)
    if status < 500:
        return _error("wrong_request", status)
    known = isinstance(error, CaseQuoteError)
    return _error("unavailable" if known else "failed", status)


def _error(problem: views.Problem, status: int, **details: object) -> HTMLResponse:
    return HTMLResponse(views.error_page(problem, **details), status_code=status)
