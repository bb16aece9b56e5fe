"""The pages of dossiers: keep a case or passage, note, remove, export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from casequote.corpus.dossiers import Dossiers, Kept
from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.corpus.library import Library
from casequote.server.pages.errors import page_of
from casequote.server.pages.exporting import exported
from casequote.server.pages.listing import Listing
from casequote.server.pages.visits import PageRoute, ReaderOf, form_of
from casequote.web.document_view import asked_extract
from casequote.web.dossier_view import dossier_report, dossier_view
from casequote.web.rendering import render

NEW = "new"


def dossier_routes(library: Library, listing: Listing) -> APIRouter:
    """The pages of dossiers."""
    routes = APIRouter(prefix="/dossiers", include_in_schema=False, route_class=PageRoute)
    dossiers = Dossiers(library.folder)

    @routes.get("")
    def every(reader: ReaderOf) -> HTMLResponse:
        return HTMLResponse(render("dossiers.html", reader, dossiers=dossiers.all()))

    @routes.post("")
    async def create(request: Request) -> RedirectResponse:
        form = await form_of(request)
        return _to(dossiers.create(str(form.get("title", ""))))

    @routes.get("/keep")
    def choose(
        reader: ReaderOf,
        kind: str,
        case: str = "",
        document: str = "",
        start: Annotated[str | None, Query()] = None,
        end: Annotated[str | None, Query()] = None,
    ) -> Response:
        try:
            kept = _wanted(library, kind, case, document, (start, end))
        except (NotInLibrary, ValueError):
            return page_of("no_document", 404, reader, id=document or case)
        every = dossiers.all()
        return HTMLResponse(render("keep.html", reader, kept=kept, dossiers=every))

    @routes.post("/keep")
    async def keep(request: Request) -> RedirectResponse:
        form = {name: str(value) for name, value in (await form_of(request)).items()}
        try:
            offsets = (form.get("start"), form.get("end"))
            kept = _wanted(
                library,
                form.get("kind", ""),
                form.get("case", ""),
                form.get("document", ""),
                offsets,
                form.get("note", ""),
            )
        except ValueError as error:
            raise InvalidRequest("dossier: there is no such extract to keep") from error
        chosen = form.get("dossier", NEW)
        dossier = dossiers.create(form.get("title", "")) if chosen == NEW else _id(chosen)
        dossiers.keep(dossier, kept)
        return _to(dossier)

    @routes.get("/{dossier}")
    def one(reader: ReaderOf, dossier: str, export: str | None = None) -> Response:
        try:
            found = dossiers.dossier(_id(dossier))
        except NotInLibrary:
            return page_of("no_dossier", 404, reader)
        titles = listing.current().titles
        view = dossier_view(library, found, titles)
        if export is not None:
            return exported(dossier_report(view, titles), export, found.title, reader)
        return HTMLResponse(render("dossier.html", reader, view=view))

    @routes.post("/{dossier}")
    async def change(request: Request, dossier: str) -> RedirectResponse:
        form = {name: str(value) for name, value in (await form_of(request)).items()}
        _change(dossiers, _id(dossier), form)
        if form.get("do") == "delete":
            return RedirectResponse("/dossiers", status_code=303)
        return _to(_id(dossier))

    return routes


def _wanted(
    library: Library,
    kind: str,
    case: str,
    document: str,
    offsets: tuple[str | None, str | None],
    note: str = "",
) -> Kept:
    """What is to be kept, as the library has it. Raises NotInLibrary or ValueError."""
    if kind == "case":
        found = library.case(case)
        return Kept("case", found.id, found.title, note=note)
    source = library.document(document)
    span = asked_extract(*offsets, len(source.text))
    if kind != "passage" or span is None:
        raise ValueError(kind)
    words = source.text[span.start : span.end]
    return Kept("passage", source.case or "", words, source.id, span.start, span.end, note)


def _change(dossiers: Dossiers, dossier: int, form: Mapping[str, str]) -> None:
    """Does what a form of a dossier's page asks for. Raises NotInLibrary or InvalidRequest."""
    match form.get("do"):
        case "describe":
            dossiers.describe(dossier, form.get("title", ""), form.get("note", ""))
        case "delete":
            dossiers.delete(dossier)
        case "annotate":
            dossiers.annotate(dossier, _id(form.get("kept", "")), form.get("note", ""))
        case "drop":
            dossiers.drop(dossier, _id(form.get("kept", "")))
        case _:
            raise InvalidRequest("dossier: the form does not say what to do")


def _id(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotInLibrary(f"dossier {text[:20]!r} is not there; it may have been deleted")
    return int(text)


def _to(dossier: int) -> RedirectResponse:
    return RedirectResponse(f"/dossiers/{dossier}", status_code=303)
