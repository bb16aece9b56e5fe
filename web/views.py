"""View models → HTML. Everything is escaped; no page needs a script or a style attribute."""

from __future__ import annotations

from functools import cache
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from casequote.corpus.document import Document, Span
from casequote.web.answer_view import AnswerView, case_link
from casequote.web.collection_view import CaseView, Collection
from casequote.web.document_view import blocks, grouped, named_sources
from casequote.web.links import EXTRACT_ANCHOR, document_path, question_path, web_address

LONGEST_TYPED = 2_000
"""Characters that a question field takes."""

Problem = Literal[
    "no_page",
    "no_document",
    "no_case",
    "wrong_extract",
    "long_question",
    "wrong_request",
    "unavailable",
    "failed",
]
"""What went wrong; `templates/error.html` has the wording."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("casequote.web"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["exact"] = exact
    environment.globals.update(
        longest_typed=LONGEST_TYPED,
        extract_anchor=EXTRACT_ANCHOR,
        question_path=question_path,
    )
    return environment


def exact(text: str) -> Markup:
    """Characters of a document, written so that a browser's DOM has the very same.

    A parser would turn a carriage return into a line feed. It would drop U+0000, which HTML cannot
    express; U+FFFD stands in its place.
    """
    return Markup(escape(text).replace("\r", Markup("&#13;")).replace("\0", "\ufffd"))  # noqa: S704


def ask_page(collection: Collection) -> str:
    """The page to ask on."""
    return _render("ask.html", collection=collection)


def answer_page(view: AnswerView) -> str:
    """The answer to a question, or why there is none."""
    return _render("answer.html", view=view)


def document_page(document: Document, extract: Span | None, titles: dict[str, str]) -> str:
    """A document's text, with an extract marked in its place."""
    found = blocks(document, extract)
    return _render(
        "document.html",
        document=document,
        extract=extract,
        groups=grouped(found),
        titled=any(block.kind == "title" for block in found),
        case=case_link(document.case, titles) if document.case else None,
        path=document_path(document.id),
        url=web_address(document.url),
        sources=named_sources(document),
    )


def cases_page(collection: Collection) -> str:
    """The list of cases."""
    return _render("cases.html", collection=collection)


def case_page(view: CaseView) -> str:
    """A case and its documents."""
    return _render("case.html", view=view)


def error_page(problem: Problem, **details: object) -> str:
    """What went wrong and what to do; `details` are what its wording names."""
    return _render("error.html", problem=problem, details=details)


def _render(template: str, **context: object) -> str:
    return _environment().get_template(template).render(context)
