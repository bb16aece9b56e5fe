"""The HTML pages: addresses → view models → HTML, with a router for each area."""

from __future__ import annotations

from fastapi import APIRouter

from casequote.server.pages.answering import Answering
from casequote.server.pages.asking import MOST_CHARACTERS, ask_routes
from casequote.server.pages.browsing import browse_routes
from casequote.server.pages.documents import document_routes
from casequote.server.pages.dossiers import dossier_routes
from casequote.server.pages.errors import error_response, wants_page
from casequote.server.pages.library import library_routes
from casequote.server.pages.listing import Listing
from casequote.server.pages.patterns import compare_routes, pattern_routes
from casequote.server.pages.preferences import preference_routes

__all__ = ["MOST_CHARACTERS", "error_response", "page_routes", "wants_page"]


def page_routes(assistant: Answering) -> APIRouter:
    """Every page for people; errors are pages too."""
    listing = Listing(assistant.library)
    pages = APIRouter(include_in_schema=False)
    pages.include_router(ask_routes(assistant, listing))
    pages.include_router(document_routes(assistant.library, listing))
    pages.include_router(browse_routes(assistant, listing))
    pages.include_router(dossier_routes(assistant.library, listing))
    pages.include_router(library_routes(assistant, listing))
    if assistant.similar is not None:
        pages.include_router(pattern_routes(assistant, assistant.similar, listing))
        pages.include_router(compare_routes(assistant.library, listing))
    pages.include_router(preference_routes())
    return pages
