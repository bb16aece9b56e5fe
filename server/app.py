"""The web application: API, pages, health and metrics around one assistant."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from casequote.server import problems
from casequote.server.api import api_routes
from casequote.server.assistant import Assistant
from casequote.server.conversations import Conversations
from casequote.server.pages import page_routes
from casequote.server.pages.training import training_pages
from casequote.server.training import Training, make_training
from casequote.server.training_routes import training_routes
from casequote.server.wire import Wire

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Health(Wire):
    """Whether the process runs, and whether it can answer."""

    status: str
    documents: int | None = None
    passages: int | None = None


def make_app(
    assistant: Assistant, conversations: Conversations, training: Training | None = None
) -> FastAPI:
    """The application over one assistant; training is made from it unless it is given."""
    app = FastAPI(
        title="CaseQuote",
        description="Answers from case records and articles, cited to the exact characters.",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
    )
    problems.install(app)
    _measure(app, assistant)
    app.include_router(api_routes(assistant, conversations))
    training = training or make_training(assistant)
    app.include_router(training_routes(training))

    @app.get("/healthz")
    def healthz() -> Health:
        return Health(status="ok")

    @app.get("/readyz")
    def readyz() -> Health:
        library = assistant.library
        return Health(
            status="ready",
            documents=len(library.documents()),
            passages=library.passage_count(),
        )

    app.mount("/static", StaticFiles(packages=[("casequote.web", "static")]), name="static")
    app.include_router(page_routes(assistant))
    app.include_router(training_pages(training))
    return app


def _measure(app: FastAPI, assistant: Assistant) -> None:
    """Counts and times requests by route, and sets the security headers."""
    registry = CollectorRegistry()
    requests = Counter(
        "casequote_requests", "Requests by route and status", ["route", "status"], registry=registry
    )
    seconds = Histogram(
        "casequote_request_seconds",
        "Time to answer, by route",
        ["route"],
        buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0),
        registry=registry,
    )
    passages = Gauge("casequote_passages", "Passages in the library", registry=registry)
    passages.set_function(assistant.library.passage_count)

    @app.middleware("http")
    async def measured(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        started = time.perf_counter()
        response = await call_next(request)
        route = getattr(request.scope.get("route"), "path", "other")
        requests.labels(route, response.status_code).inc()
        seconds.labels(route).observe(time.perf_counter() - started)
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    @app.get("/metrics", include_in_schema=False)
    def metrics() -> Response:
        return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")
