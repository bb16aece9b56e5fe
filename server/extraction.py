"""`casequote extract`: files and JSON lines → extracts, as wire models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, ValidationError

from casequote.corpus.document import Document, DocumentKind
from casequote.corpus.errors import InvalidRequest
from casequote.corpus.readers import read_file
from casequote.embeddings.encoder import Encoder
from casequote.prompts.extraction import ScoredSpan, extract
from casequote.server.wire import Wire


class LineIn(Wire):
    """A question and the text to answer it from."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    question: str
    text: str


class SpanOut(Wire):
    """An extract of the text: ``text[start:end]``."""

    start: int
    end: int
    text: str
    score: float


class LineOut(Wire):
    """What one text says to a question."""

    id: str | int
    status: Literal["answered", "refused"]
    extracts: list[SpanOut]


class FileSpanOut(SpanOut):
    """An extract of a document of a file, with its section."""

    document: str
    section: str


class FileOut(Wire):
    """What a file says to a question; offsets are those of each document's text."""

    question: str
    file: str
    status: Literal["answered", "refused"]
    extracts: list[FileSpanOut]


def extract_from_line(line: str, encoder: Encoder) -> LineOut:
    """Answers one JSON line. Raises InvalidRequest when it is not of the form."""
    try:
        asked = LineIn.model_validate(json.loads(line))
    except (json.JSONDecodeError, ValidationError) as error:
        raise InvalidRequest(
            'is not of the form {"id", "question", "text"}; correct it: the other lines go on'
        ) from error
    document = Document(id="text", kind=DocumentKind.ARTICLE, title="", text=asked.text)
    found = extract(document, asked.question, encoder)
    spans = [
        SpanOut(start=s.start, end=s.end, text=asked.text[s.start : s.end], score=s.score)
        for s in found
    ]
    return LineOut(id=asked.id, status="answered" if spans else "refused", extracts=spans)


def extract_from_file(question: str, path: Path, encoder: Encoder) -> FileOut:
    """Answers from the documents of one file, best extracts first."""
    spans: list[FileSpanOut] = []
    for document in read_file(path).documents:
        spans += [_span(document, found) for found in extract(document, question, encoder)]
    spans.sort(key=lambda span: -span.score)
    return FileOut(
        question=question,
        file=str(path),
        status="answered" if spans else "refused",
        extracts=spans,
    )


def _span(document: Document, found: ScoredSpan) -> FileSpanOut:
    section = document.section_at(found.start)
    return FileSpanOut(
        start=found.start,
        end=found.end,
        text=document.text[found.start : found.end],
        score=found.score,
        document=document.id,
        section=section.label if section else "",
    )
