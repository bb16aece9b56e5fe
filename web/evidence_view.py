"""Passages that were found for a question → what is shown of them before the answer is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casequote.corpus.document import Document, Span
from casequote.web.links import document_path

SHOWN = 5
CHARACTERS = 160


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage in brief."""

    document: Document
    case: str | None
    section: str
    text: str
    shortened: bool
    path: str


def passage_views(
    found: Sequence[tuple[Document, Span, Sequence[str]]], titles: Mapping[str, str]
) -> tuple[PassageView, ...]:
    """The first passages; each is a document, where it stands, and the path of its section."""
    return tuple(
        PassageView(
            document=document,
            case=titles.get(document.case or "", document.case),
            section=" > ".join(section),
            text=document.text[span.start : min(span.end, span.start + CHARACTERS)],
            shortened=span.end - span.start > CHARACTERS,
            path=document_path(document.id, span),
        )
        for document, span, section in found[:SHOWN]
    )
