"""View models → pages. Which template shows what; the wording is in the templates."""

from __future__ import annotations

from typing import Literal

from casequote.corpus.document import Document, Span
from casequote.web.answer_view import AnswerView, case_link
from casequote.web.asked import Asked, Chip
from casequote.web.browse_view import BrowseView
from casequote.web.case_file import CaseFile
from casequote.web.collection_view import Collection
from casequote.web.document_view import blocks, grouped, named_sources
from casequote.web.evidence_view import PassageView
from casequote.web.links import document_path, web_address
from casequote.web.reader import Reader
from casequote.web.rendering import EVERYONE, LONGEST_TYPED, exact, render, render_block

__all__ = ["LONGEST_TYPED", "Problem", "exact"]

Problem = Literal[
    "no_page",
    "no_document",
    "no_case",
    "no_dossier",
    "wrong_extract",
    "wrong_filter",
    "wrong_form",
    "too_large",
    "long_question",
    "wrong_request",
    "unavailable",
    "failed",
]
"""What went wrong; `templates/error.html` has the wording."""


def ask_page(collection: Collection, reader: Reader = EVERYONE) -> str:
    """The page to ask on."""
    return render("ask.html", reader, collection=collection)


def answer_page(view: AnswerView, reader: Reader = EVERYONE) -> str:
    """The answer to a question, or why there is none."""
    return render("answer.html", reader, view=view)


def answer_part(view: AnswerView, reader: Reader = EVERYONE) -> str:
    """The same without the frame of the page, for one that is shown already."""
    return render_block("answer.html", "main", reader, view=view)


def interpretation_part(asked: Asked, chips: tuple[Chip, ...], reader: Reader) -> str:
    """What a question was taken to mean, shown while it is answered."""
    return render("streaming.html", reader, asked=asked, chips=chips)


def evidence_part(passages: tuple[PassageView, ...], reader: Reader) -> str:
    """The passages that were found, shown while they are weighed."""
    return render("evidence.html", reader, passages=passages)


def document_page(
    document: Document,
    extract: Span | None,
    titles: dict[str, str],
    reader: Reader = EVERYONE,
    *,
    beside: bool = False,
) -> str:
    """A document's text, with an extract marked in its place; `beside`: without a frame."""
    found = blocks(document, extract)
    return render(
        "pane.html" if beside else "document.html",
        reader,
        document=document,
        extract=extract,
        groups=grouped(found),
        titled=any(block.kind == "title" for block in found),
        case=case_link(document.case, titles) if document.case else None,
        path=document_path(document.id),
        full_path=document_path(document.id, extract),
        url=web_address(document.url),
        sources=named_sources(document),
    )


def cases_page(view: BrowseView, collection: Collection, reader: Reader = EVERYONE) -> str:
    """The list of cases, narrowed down."""
    return render("cases.html", reader, view=view, listing=collection)


def case_page(view: CaseFile, reader: Reader = EVERYONE) -> str:
    """A case: its facts, its documents and how they compare."""
    return render("case.html", reader, view=view)


def error_page(problem: Problem, reader: Reader = EVERYONE, **details: object) -> str:
    """What went wrong and what to do; `details` are what its wording names."""
    return render("error.html", reader, problem=problem, details=details)
