"""Errors as problem details (RFC 9457): fact, place and remedy; never an exception's text."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from casequote.corpus.errors import CaseQuoteError, InvalidRequest, LibraryError, NotInLibrary
from casequote.server.pages import error_response, wants_page
from casequote.server.pages.visits import TooLarge, WrongForm, reader_of

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, **more: object) -> JSONResponse:
    """A problem details response."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE)


def status_of(error: CaseQuoteError) -> int:
    """The HTTP status for an error that is written for users."""
    if isinstance(error, NotInLibrary):
        return 404
    if isinstance(error, WrongForm):
        return 403
    if isinstance(error, TooLarge):
        return 413
    if isinstance(error, InvalidRequest):
        return 422
    return 503 if isinstance(error, LibraryError) else 500


def install(app: FastAPI) -> None:
    """Makes every error of an application a problem details response."""

    @app.exception_handler(CaseQuoteError)
    async def known(request: Request, error: CaseQuoteError) -> Response:
        if wants_page(request):
            return error_response(status_of(error), error, reader_of(request))
        return problem(status_of(error), str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        errors = [
            {"place": ".".join(str(part) for part in e["loc"]), "fact": e["msg"]}
            for e in error.errors()
        ]
        return problem(422, "The request does not fit; see `errors`.", errors=errors)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        if wants_page(request):
            return error_response(error.status_code, error, reader_of(request))
        return problem(error.status_code, f"{request.method} {request.url.path}: {error.detail}")

    @app.exception_handler(Exception)
    async def unknown(request: Request, error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        if wants_page(request):
            return error_response(500, error, reader_of(request))
        return problem(500, "The request could not be completed; the server's log says why.")
