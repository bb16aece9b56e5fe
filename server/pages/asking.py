"""A question's address → the page of its answer, all at once or as a stream of events."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from casequote.corpus.document import Span
from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.prompts.answer import Answer
from casequote.prompts.evidence import Evidence
from casequote.prompts.interpretation import Interpretation
from casequote.server.pages.answering import Answering, Answers
from casequote.server.pages.errors import page_of
from casequote.server.pages.exporting import exported
from casequote.server.pages.listing import Listing
from casequote.server.pages.streaming import Send, streamed
from casequote.server.pages.visits import PageRoute, ReaderOf
from casequote.web import views
from casequote.web.answer_view import AnswerView, answer_view
from casequote.web.asked import FILTERS, Asked, chips
from casequote.web.evidence_view import SHOWN, PassageView, passage_views
from casequote.web.links import MOST_EARLIER
from casequote.web.permalink import mark_of, verified
from casequote.web.reader import Reader
from casequote.web.report import answer_report
from casequote.web.suggestions import choices, suggestions
from casequote.web.wording import wording

MOST_CHARACTERS = 10_000
STREAMS = 8
"""Answers that are streamed at the same time; others wait."""


def asked_of(request: Request, q: Annotated[str | None, Query()] = None) -> Asked | None:
    """What an address asks, None without a question."""
    if q is None or not q.strip():
        return None
    given = request.query_params
    earlier = tuple(text for text in given.getlist("after") if text.strip())[-MOST_EARLIER:]
    filters: tuple[tuple[str, str | int], ...] = tuple(
        (name, year(given[name]) if name.startswith("year") else given[name])
        for name in FILTERS
        if given.get(name, "").strip()
    )
    own = filters or given.get("filters") == "none"
    return Asked(
        question=q,
        earlier=earlier,
        cases=tuple(case for case in given.getlist("case") if case),
        everywhere=given.get("cases") == "all",
        kind=given.get("kind") or None,
        filters=filters if own else None,
    )


AskedOf = Annotated[Asked | None, Depends(asked_of)]


class _Asking:
    """What the pages of questions share: answers, and the views of them."""

    def __init__(self, assistant: Answering, listing: Listing) -> None:
        self.answers = Answers(assistant)
        self.library = assistant.library
        self.listing = listing
        self._choices = lru_cache(maxsize=1)(lambda _: choices(assistant.library))

    def view(self, asked: Asked, answer: Answer, seen: str | None = None) -> AnswerView:
        """Everything that the page of an answer shows."""
        view = answer_view(answer, self.listing.current().titles, asked.earlier, asked)
        mark = mark_of(answer, datetime.now(UTC).date())
        return replace(
            view,
            suggestions=suggestions(asked, answer, self.library),
            permalink=f"{asked.path}&seen={mark}",
            verification=verified(seen, answer) if seen else None,
            choices=self._choices(self.library.change),
        )

    def tell(self, asked: Asked, reader: Reader, send: Send) -> None:
        """Sends what is understood, what is found and what is answered, each when it is known."""
        titles = self.listing.current().titles

        def watch(step: Interpretation | Evidence) -> None:
            if isinstance(step, Interpretation):
                found = chips(asked, step, titles, wording.filters)
                send("interpretation", views.interpretation_part(asked, found, reader))
            else:
                send("evidence", views.evidence_part(self._passages(step, titles), reader))

        answer = self.answers.answer(asked, watch)
        send("answer", views.answer_part(self.view(asked, answer), reader))

    def _passages(self, evidence: Evidence, titles: dict[str, str]) -> tuple[PassageView, ...]:
        found = [
            (self.library.document(p.document), Span(p.start, p.end), p.section)
            for p in (ranked.passage for ranked in evidence.nearest[:SHOWN])
        ]
        return passage_views(found, titles)


def ask_routes(assistant: Answering, listing: Listing) -> APIRouter:
    """The pages of questions and answers."""
    routes = APIRouter(include_in_schema=False, route_class=PageRoute)
    asking = _Asking(assistant, listing)
    workers = ThreadPoolExecutor(STREAMS, thread_name_prefix="stream")

    @routes.get("/")
    def ask(reader: ReaderOf, asked: AskedOf, seen: str | None = None) -> HTMLResponse:
        if asked is None:
            return HTMLResponse(views.ask_page(listing.current(), reader))
        if len(asked.question) > MOST_CHARACTERS:
            length = len(asked.question)
            return page_of("long_question", 422, reader, most=MOST_CHARACTERS, length=length)
        try:
            answer = asking.answers.answer(asked)
        except (NotInLibrary, InvalidRequest) as error:
            return page_of("wrong_filter", 422, reader, fact=str(error), again=asked.question)
        return HTMLResponse(views.answer_page(asking.view(asked, answer, seen), reader))

    @routes.get("/ask/stream")
    def stream(reader: ReaderOf, asked: AskedOf) -> Response:
        if asked is None or len(asked.question) > MOST_CHARACTERS:
            return Response(status_code=422)
        return streamed(lambda send: asking.tell(asked, reader, send), workers)

    @routes.get("/ask/export/{form}")
    def export(reader: ReaderOf, asked: AskedOf, form: str) -> Response:
        if asked is None or len(asked.question) > MOST_CHARACTERS:
            return page_of("wrong_request", 422, reader)
        report = answer_report(asking.answers.answer(asked), listing.current().titles)
        return exported(report, form, "answer", reader)

    return routes


def year(text: str) -> int:
    """A year of an address. Raises InvalidRequest."""
    if not (text.strip().isdecimal() and len(text) <= 4):
        raise InvalidRequest(f"year_from, year_to: {text[:20]!r} is no year; write YYYY")
    return int(text)
