"""Request → its reader; and whether a form was sent from one of our own pages.

A form carries a token that only this server can sign, made for the visit that a cookie names
(signed double submit, OWASP). A page elsewhere can read neither.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.datastructures import FormData

from casequote.corpus.errors import InvalidRequest
from casequote.web.languages import negotiated
from casequote.web.reader import THEMES, Reader

LANGUAGE_COOKIE = "casequote_language"
THEME_COOKIE = "casequote_theme"
VISIT_COOKIE = "casequote_visit"
YEAR = 365 * 24 * 3600
LONGEST_VISIT = 7 * 24 * 3600
"""Seconds for which a form can be sent after its page was made."""
MOST_FIELDS = 200

_signed = URLSafeTimedSerializer(secrets.token_bytes(32), salt="form")


class WrongForm(InvalidRequest):
    """A form that was not sent from a page of this server, or too long after."""


class TooLarge(InvalidRequest):
    """A request with more bytes than are taken."""


def reader_of(request: Request) -> Reader:
    """Language and theme from cookies, else from what the browser prefers."""
    theme = request.cookies.get(THEME_COOKIE, "auto")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Reader(
        language=negotiated(
            request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language", "")
        ),
        theme=next((known for known in THEMES if known == theme), "auto"),
        token=str(_signed.dumps(_visit(request))),
        here=here,
    )


ReaderOf = Annotated[Reader, Depends(reader_of)]


async def form_of(request: Request, most_bytes: int = 100_000, most_files: int = 0) -> FormData:
    """The fields of a form. Raises WrongForm for one from elsewhere, TooLarge for a huge one."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > most_bytes:
        raise TooLarge(
            f"{request.url.path}: the form has {length or 'an unknown number of'} bytes, and at "
            f"most {most_bytes:,} are taken; send less at once"
        )
    form = await request.form(
        max_files=most_files, max_fields=MOST_FIELDS, max_part_size=most_bytes
    )
    if not _is_ours(request, str(form.get("token", ""))):
        raise WrongForm(
            f"{request.url.path}: the form does not come from a page that is still valid; "
            "load the page anew and send it again"
        )
    return form


class PageRoute(APIRoute):
    """A route that names a new visit in a cookie."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with the cookie added to what it responds."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            response = await handle(request)
            if fresh := getattr(request.state, "fresh_visit", None):
                keep(request, response, VISIT_COOKIE, fresh, LONGEST_VISIT)
            return response

        return handled


def keep(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    """Sets a cookie that scripts cannot read and other sites cannot send."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def _visit(request: Request) -> str:
    """The visit that the cookie names, or a fresh one."""
    known = request.cookies.get(VISIT_COOKIE)
    if known:
        return known
    if not hasattr(request.state, "fresh_visit"):
        request.state.fresh_visit = secrets.token_urlsafe(16)
    return str(request.state.fresh_visit)


def _is_ours(request: Request, token: str) -> bool:
    visit = request.cookies.get(VISIT_COOKIE)
    if not visit or request.headers.get("sec-fetch-site", "same-origin") == "cross-site":
        return False
    try:
        signed = _signed.loads(token, max_age=LONGEST_VISIT)
    except BadData:
        return False
    return secrets.compare_digest(str(signed).encode(), visit.encode())
