"""The HTTP API of the contract: routes → assistant → wire models."""

from __future__ import annotations

import secrets
import time
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from casequote.prompts.filters import Filters, checked_filters
from casequote.server import listings
from casequote.server.assistant import Assistant
from casequote.server.conversations import Conversations
from casequote.server.patterns_routes import patterns_routes
from casequote.server.similar_routes import similar_routes
from casequote.server.wire import AnswerOut, Wire, answer_out

MOST_CHARACTERS = 10_000
MOST_RESULTS = 100


class FiltersIn(Wire):
    """Restrictions on cases; an unknown name is an error."""

    country: str | None = None
    agency: str | None = None
    crime_type: str | None = None
    keyword: str | None = None
    year_from: Annotated[int, Field(ge=1900, le=2100)] | None = None
    year_to: Annotated[int, Field(ge=1900, le=2100)] | None = None


class AskIn(Wire):
    """A question, alone or within a conversation."""

    question: Annotated[str, Field(min_length=1, max_length=MOST_CHARACTERS)]
    conversation_id: Annotated[str, Field(max_length=64)] | None = None
    cases: tuple[str, ...] = ()
    filters: FiltersIn = FiltersIn()
    kind: Annotated[str, Field(max_length=64)] | None = None


def ask_once(assistant: Assistant, conversations: Conversations, asked: AskIn) -> AnswerOut:
    """Answers a question and remembers the turn."""
    started = time.perf_counter()
    conversation_id = asked.conversation_id or secrets.token_hex(8)
    given = asked.filters.model_dump(exclude_none=True)
    filters = checked_filters(assistant.library, given) if given else None
    answer = assistant.ask(
        asked.question,
        before=conversations.turns(conversation_id),
        cases=assistant.checked_cases(asked.cases),
        filters=filters,
        kind=asked.kind,
    )
    conversations.add(conversation_id, answer.turn())
    return answer_out(
        answer,
        answer_id=secrets.token_hex(8),
        conversation_id=conversation_id,
        elapsed_ms=(time.perf_counter() - started) * 1000,
    )


def api_routes(assistant: Assistant, conversations: Conversations) -> APIRouter:
    """The routes below `/api`."""
    api = APIRouter(prefix="/api")
    library = assistant.library

    @api.post("/ask")
    def ask(asked: AskIn) -> AnswerOut:
        return ask_once(assistant, conversations, asked)

    @api.get("/search")
    def search(
        q: Annotated[str, Query(min_length=1, max_length=MOST_CHARACTERS)],
        k: Annotated[int, Query(ge=1, le=MOST_RESULTS)] = 10,
    ) -> listings.SearchOut:
        return listings.search_out(library, q, assistant.search(q, k))

    @api.get("/cases")
    def cases(filters: Annotated[FiltersIn, Query()]) -> listings.CasesOut:
        given = filters.model_dump(exclude_none=True)
        return listings.cases_out(library, checked_filters(library, given) if given else Filters())

    @api.get("/cases/{case_id}")
    def case(case_id: str) -> listings.CaseDetailOut:
        return listings.case_out(library, library.case(case_id))

    @api.get("/documents/{document_id:path}")
    def document(document_id: str) -> listings.DocumentTextOut:
        return listings.document_text_out(library.document(document_id))

    api.include_router(similar_routes(library, assistant.similar))
    api.include_router(patterns_routes(library))
    return api
