"""The answer: values and extracts with citations, or a refusal with its reason.

`Extract.text` is always the document's characters from `start` to `end`; `Answer.__post_init__`
holds the invariants that make an unsupported answer impossible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from casequote.corpus.document import Document, DocumentKind
from casequote.prompts.interpretation import Interpretation, Turn

Reason = Literal["not_in_corpus", "out_of_scope", "unclear"]
MARKER = re.compile(r"\[(\d+)\]")


def unmarked(text: str) -> str:
    """Quoted words in the frame, where "[2014]" must not read as a citation.

    A word joiner, which is not seen, follows the bracket; extracts keep the exact characters.
    """
    return MARKER.sub(lambda m: f"[\u2060{m.group(1)}]", text)


def told_by(document: Document) -> str:
    """Who says what a document says: its publisher, the record, or its title."""
    if document.publisher:
        return document.publisher
    return "The record" if document.kind is DocumentKind.RECORD else document.title


@dataclass(frozen=True, slots=True)
class Extract:
    """A verbatim span of a document, numbered within its answer."""

    number: int
    document: Document
    start: int
    end: int
    section: str

    @property
    def text(self) -> str:
        """The characters of the document."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Value:
    """A short answer as written, and the numbers of the extracts that state it."""

    text: str
    citations: tuple[int, ...]
    about: str | None = None
    """What the value belongs to where that is not the case itself: a defendant, a label."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that sources state differently."""

    item: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, and what lies nearest."""

    reason: Reason
    message: str
    nearest: tuple[Extract, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said in reply to a question."""

    interpretation: Interpretation
    text: str
    values: tuple[Value, ...] = ()
    extracts: tuple[Extract, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    refusal: Refusal | None = None
    cases: tuple[str, ...] = field(default=())
    """The cases the answer comes from; a follow-up goes on with them."""

    def __post_init__(self) -> None:
        numbers = {extract.number for extract in self.extracts}
        cited = {n for value in self.all_values() for n in value.citations}
        marked = {int(n) for n in MARKER.findall(self.text)} if self.refusal is None else set()
        if self.refusal and (self.values or self.extracts):
            raise ValueError("a refusal has neither values nor extracts")
        if not cited <= numbers or not numbers <= marked | cited or not marked <= numbers:
            raise ValueError("every marker is an extract, and every extract is used")
        for value in self.all_values():
            texts = [e.text for e in self.extracts if e.number in value.citations]
            if not any(value.text in text for text in texts):
                raise ValueError(f"no extract states the value {value.text!r}")

    def turn(self) -> Turn:
        """What a question after this one goes on with."""
        return Turn(self.interpretation, self.cases, tuple(value.text for value in self.values))

    def all_values(self) -> tuple[Value, ...]:
        """The values of the answer and of its conflicts."""
        return (*self.values, *(value for c in self.conflicts for value in c.values))
