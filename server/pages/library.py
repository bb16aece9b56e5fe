"""The page of the library: what is in it, upload, removal, health."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import UploadFile

from casequote.corpus.errors import InvalidRequest
from casequote.server.pages.answering import Answering
from casequote.server.pages.errors import page_of
from casequote.server.pages.listing import Listing
from casequote.server.pages.visits import PageRoute, ReaderOf, form_of
from casequote.server.uploads import MOST_BYTES, MOST_FILES, TYPES, Uploads
from casequote.web.rendering import render

MOST_LISTED = 100
"""Documents on a page of the list."""


def library_routes(assistant: Answering, listing: Listing) -> APIRouter:
    """The page of the library and what it can do."""
    routes = APIRouter(prefix="/library", include_in_schema=False, route_class=PageRoute)
    uploads = Uploads(assistant)
    library = assistant.library

    @routes.get("")
    def show(reader: ReaderOf, job: str | None = None, page: int = 1) -> HTMLResponse:
        documents = library.documents()
        pages = max(1, -(-len(documents) // MOST_LISTED))
        page = min(max(1, page), pages)
        return HTMLResponse(
            render(
                "library.html",
                reader,
                documents=documents[(page - 1) * MOST_LISTED : page * MOST_LISTED],
                count=len(documents),
                page=page,
                pages=pages,
                titles=listing.current().titles,
                passages=library.passage_count(),
                cases=len(listing.current().cases),
                job=uploads.job(job) if job else None,
                types=TYPES,
                most_files=MOST_FILES,
                most_megabytes=MOST_BYTES // (1024 * 1024),
            )
        )

    @routes.get("/health")
    def health(reader: ReaderOf) -> HTMLResponse:
        assistant.search("library", 1)
        return HTMLResponse(render("health.html", reader, faults=library.faults()))

    @routes.get("/jobs/{job_id}")
    def job(reader: ReaderOf, job_id: str) -> Response:
        found = uploads.job(job_id)
        if found is None:
            return page_of("no_page", 404, reader)
        return HTMLResponse(render("job.html", reader, job=found))

    @routes.post("/documents")
    async def upload(request: Request) -> RedirectResponse:
        form = await form_of(request, MOST_BYTES, MOST_FILES)
        files = [
            (file.filename, await file.read())
            for file in form.getlist("files")
            if isinstance(file, UploadFile) and file.filename
        ]
        await form.close()
        if not files:
            raise InvalidRequest("upload: no file was chosen; choose at least one")
        return RedirectResponse(f"/library?job={uploads.start(files).id}", status_code=303)

    @routes.post("/remove")
    async def remove(request: Request) -> RedirectResponse:
        from starlette.concurrency import run_in_threadpool

        form = await form_of(request)
        chosen = [str(value) for value in form.getlist("document")]
        if chosen:
            await run_in_threadpool(uploads.remove, chosen)
        return RedirectResponse("/library", status_code=303)

    return routes
