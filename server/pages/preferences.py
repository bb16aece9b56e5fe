"""The reader's choice of language and theme → cookies."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from casequote.server.pages.visits import (
    LANGUAGE_COOKIE,
    THEME_COOKIE,
    YEAR,
    PageRoute,
    form_of,
    keep,
)
from casequote.web.languages import languages
from casequote.web.reader import THEMES


def preference_routes() -> APIRouter:
    """The route that the switches of every page use."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)

    @routes.post("/preferences")
    async def prefer(request: Request) -> RedirectResponse:
        form = await form_of(request)
        response = RedirectResponse(local(str(form.get("back", "/"))), status_code=303)
        if (language := form.get("language")) in languages():
            keep(request, response, LANGUAGE_COOKIE, str(language), YEAR)
        if (theme := form.get("theme")) in THEMES:
            keep(request, response, THEME_COOKIE, str(theme), YEAR)
        return response

    return routes


def local(address: str) -> str:
    """An address of this server; the start page in place of any other."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if ours and address.isprintable() else "/"
