"""What exercises are made of. A trainee sees everything of an `Exercise` but its `key`.

The values can be written as JSON and read back without loss; nothing here reads the library.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Verdict = Literal["covered", "not_covered", "contradicts"]
Difficulty = Literal["easy", "medium", "hard"]
Language = Literal["en", "fr"]
PointStyle = Literal["name", "text"]
"""A name is compared through the vocabulary; a text by its figures, words and meaning."""

DIFFICULTIES: tuple[Difficulty, ...] = ("easy", "medium", "hard")
LANGUAGES: tuple[Language, ...] = ("en", "fr")


class ExerciseKind(StrEnum):
    """What a trainee is asked to do."""

    CHOICE = "choice"
    OPEN = "open"
    SPOT = "spot"
    CLASSIFY = "classify"
    CONFLICT = "conflict"
    SCENARIO = "scenario"
    COOPERATION = "cooperation"


@dataclass(frozen=True, slots=True)
class Extract:
    """A verbatim span: ``document_text[start:end] == text``, in code points, end exclusive."""

    number: int
    text: str
    document: str
    case: str
    title: str
    section: str
    start: int
    end: int
    publisher: str | None = None
    date: str | None = None
    official: bool = False
    sources: tuple[str, ...] = ()
    """Publishers of the public sources that a record names for the span."""


@dataclass(frozen=True, slots=True)
class Material:
    """Something shown to work on: facts, a source, a list of countries."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """Something that a good answer says, and the extracts that state it."""

    number: int
    topic: str
    text: str
    style: PointStyle
    extracts: tuple[int, ...]
    lead: str = ""
    """Words of the frame before the text: "Official source"."""
    accept: tuple[str, ...] = ()
    """Other ways to say it, beside what the vocabulary knows."""


@dataclass(frozen=True, slots=True)
class Alias:
    """What a neutral name of an anonymised text stands for."""

    shown: str
    original: str


@dataclass(frozen=True, slots=True)
class Key:
    """What only the trainer sees before the answer: the right answer with its citations."""

    correct: str | None
    """Label of the right option; None where points are expected."""
    points: tuple[Point, ...]
    extracts: tuple[Extract, ...]
    aliases: tuple[Alias, ...] = ()
    cases: tuple[str, ...] = ()
    """Cases that the exercise is made from, hidden ones among them."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question, what is shown with it, and its key."""

    number: int
    kind: ExerciseKind
    topic: str
    question: str
    material: tuple[Material, ...]
    options: tuple[Option, ...]
    note: str
    """A note on sensitive content, or nothing."""
    key: Key


@dataclass(frozen=True, slots=True)
class Settings:
    """What a trainer chose; equal settings over an equal library make an equal session."""

    seed: int
    count: int
    kinds: tuple[ExerciseKind, ...]
    cases: tuple[str, ...]
    """The cases the exercises may be about, after filters."""
    difficulty: Difficulty = "medium"
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Session:
    """Exercises in order. Its id is a hash of everything in it."""

    id: str
    settings: Settings
    exercises: tuple[Exercise, ...]

    def exercise(self, number: int) -> Exercise | None:
        """The exercise of that number, or None."""
        return next((e for e in self.exercises if e.number == number), None)
