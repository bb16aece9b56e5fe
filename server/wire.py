"""What goes over the wire: answers and listings as pydantic models, for HTTP and `--json` alike."""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from casequote.corpus.document import Document
from casequote.prompts.answer import Answer, Extract, Refusal, Value

CONTEXT = 32
"""Characters before and after an extract in its selector."""


class Wire(BaseModel):
    """Base of everything that is sent or received; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class TextPositionSelector(Wire):
    """W3C Web Annotation: the extract by position, in code points, end exclusive."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


class TextQuoteSelector(Wire):
    """W3C Web Annotation: the extract by its words and those around it."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class Selector(Wire):
    """Both selectors of an extract; each alone finds it."""

    type: Literal["Choice"] = "Choice"
    items: tuple[TextPositionSelector, TextQuoteSelector]


class ExtractSource(Wire):
    """A public source that a record names for an extract."""

    number: int
    publisher: str
    title: str
    url: str | None
    date: str | None
    official: bool


class ExtractOut(Wire):
    """A verbatim extract: ``document_text[start:end] == text``."""

    number: int
    text: str
    document: str
    case: str | None
    title: str
    publisher: str | None
    date: str | None
    official: bool
    section: str
    start: int
    end: int
    source_url: str | None
    sources: list[ExtractSource]
    selector: Selector


class ValueOut(Wire):
    """A short answer and the numbers of the extracts that state it."""

    text: str
    citations: list[int]
    about: str | None = None


class ConflictOut(Wire):
    """Something that sources state differently."""

    item: str
    values: list[ValueOut]


class RefusalOut(Wire):
    """Why there is no answer."""

    reason: Literal["not_in_corpus", "out_of_scope", "unclear"]
    message: str
    nearest: list[ExtractOut]


class InterpretationOut(Wire):
    """What the question was taken to mean."""

    kind: str
    cases: list[str]
    filters: dict[str, str | int]
    query: str
    across: bool
    carried: bool


class AnswerOut(Wire):
    """The answer to a question."""

    id: str
    conversation_id: str
    question: str
    status: Literal["answered", "refused"]
    refusal: RefusalOut | None
    answer: str
    values: list[ValueOut]
    extracts: list[ExtractOut]
    conflicts: list[ConflictOut]
    interpretation: InterpretationOut
    elapsed_ms: float


def answer_out(
    answer: Answer, *, answer_id: str, conversation_id: str, elapsed_ms: float
) -> AnswerOut:
    """An answer as it is sent."""
    asked = answer.interpretation
    refusal = answer.refusal
    return AnswerOut(
        id=answer_id,
        conversation_id=conversation_id,
        question=asked.question,
        status="refused" if refusal else "answered",
        refusal=_refusal(refusal) if refusal else None,
        answer=answer.text,
        values=[_value(value) for value in answer.values],
        extracts=[extract_out(extract) for extract in answer.extracts],
        conflicts=[
            ConflictOut(item=c.item, values=[_value(value) for value in c.values])
            for c in answer.conflicts
        ],
        interpretation=InterpretationOut(
            kind="cases" if asked.across else asked.kind.id,
            cases=list(asked.cases),
            filters=asked.filters.stated(),
            query=asked.query,
            across=asked.across,
            carried=asked.carried,
        ),
        elapsed_ms=round(elapsed_ms, 2),
    )


def _refusal(refusal: Refusal) -> RefusalOut:
    return RefusalOut(
        reason=refusal.reason,
        message=refusal.message,
        nearest=[extract_out(extract) for extract in refusal.nearest],
    )


def extract_out(extract: Extract) -> ExtractOut:
    """An extract as it is sent, with its selectors and the sources that its record names."""
    document = extract.document
    numbers = document.sources_of(extract.start, extract.end)
    sources = [
        ExtractSource(
            number=s.number,
            publisher=s.publisher,
            title=s.title,
            url=s.url,
            date=s.date,
            official=s.official,
        )
        for s in document.sources
        if s.number in numbers
    ]
    return ExtractOut(
        number=extract.number,
        text=extract.text,
        document=document.id,
        case=document.case,
        title=document.title,
        publisher=document.publisher,
        date=document.date,
        official=document.official,
        section=extract.section,
        start=extract.start,
        end=extract.end,
        source_url=document.url or next((s.url for s in sources if s.url), None),
        sources=sources,
        selector=_selector(document, extract.start, extract.end),
    )


def _selector(document: Document, start: int, end: int) -> Selector:
    text = document.text
    return Selector(
        items=(
            TextPositionSelector(start=start, end=end),
            TextQuoteSelector(
                exact=text[start:end],
                prefix=text[max(0, start - CONTEXT) : start],
                suffix=text[end : end + CONTEXT],
            ),
        )
    )


def _value(value: Value) -> ValueOut:
    return ValueOut(text=value.text, citations=list(value.citations), about=value.about)


def short_id(*parts: Any) -> str:
    """A stable id of 16 hex digits for what the parts say."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
