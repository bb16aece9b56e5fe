"""What reading a file gives: its documents, and what was wrong with parts of it."""

from __future__ import annotations

from dataclasses import dataclass

from casequote.corpus.document import Document


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read while the rest could: where, and fact with remedy."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of a file in its order, and the problems of those that are not among them."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()
