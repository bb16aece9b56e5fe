"""What went wrong → a page that says so and gives nothing away."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse

from casequote.corpus.errors import CaseQuoteError
from casequote.web import views
from casequote.web.reader import Reader
from casequote.web.rendering import EVERYONE

_KNOWN: dict[int, views.Problem] = {403: "wrong_form", 413: "too_large"}


def wants_page(request: Request) -> bool:
    """Whether an error should be a page: a browser asks, and not for the API."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get(
        "accept", ""
    )


def error_response(status: int, error: Exception, reader: Reader = EVERYONE) -> HTMLResponse:
    """An error that no page foresaw."""
    if status == 404:
        return page_of("no_page", 404, reader)
    if status in _KNOWN:
        return page_of(_KNOWN[status], status, reader)
    if status < 500:
        return page_of("wrong_request", status, reader)
    known = isinstance(error, CaseQuoteError)
    return page_of("unavailable" if known else "failed", status, reader)


def page_of(problem: views.Problem, status: int, reader: Reader, **details: object) -> HTMLResponse:
    """The page of a problem."""
    return HTMLResponse(views.error_page(problem, reader, **details), status_code=status)
