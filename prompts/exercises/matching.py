"""A trainee's free text and the expected points → covered, not covered or contradicts.

Names are compared through the vocabulary; texts by figures, stems and, where an encoder is at hand,
by the cosine of their vectors. English only. What is not said is never counted as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import content_stems, stems
from casequote.prompts.exercises.phrases import opposites, other_ways
from casequote.prompts.exercises.types import Exercise, Point, Verdict
from casequote.prompts.synonyms import alike
from casequote.prompts.values import figures, find

COVERED = 0.5
"""Share of a point's words from which it is covered by words alone."""
COVERED_TOGETHER = 0.62
"""The same for share of words plus `COSINE_WEIGHT` times the cosine."""
COSINE_WEIGHT = 0.6
SUBJECT = 0.3
"""Share of a point's words from which a statement is about the same thing."""
SUBJECT_COSINE = 0.5
SHORTEST_COMMON = 4
MOST_CHARACTERS = 10_000

_UNIT = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE = re.compile(r"[.;:!?\n]+(?!\d)|,(?!\d)\s*|\s+(?:but|whereas|while|although|however)\s+")
_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|none|without|nobody|cannot|wasn't|weren't|isn't|didn't|don't)\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\bnot only\b|\bno doubt\b|\bnot just\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


class TextEncoder(Protocol):
    """What is needed of an encoder: vectors (n, d) of unit length of n texts."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """How one point fares."""

    point: int
    topic: str
    verdict: Verdict


def mark(exercise: Exercise, answer: str, encoder: TextEncoder | None = None) -> tuple[Mark, ...]:
    """Marks for an answer: the label of an option, or free text of at most MOST_CHARACTERS."""
    if exercise.options:
        right = answer.strip().upper() == exercise.key.correct
        verdict: Verdict = (
            "covered" if right else "contradicts" if answer.strip() else "not_covered"
        )
        return (Mark(1, exercise.topic, verdict),)
    verdicts = compare(answer, exercise.key.points, encoder)
    return tuple(
        Mark(p.number, p.topic, v) for p, v in zip(exercise.key.points, verdicts, strict=True)
    )


def compare(
    answer: str, points: Sequence[Point], encoder: TextEncoder | None = None
) -> tuple[Verdict, ...]:
    """The verdict on each point."""
    said = _Said(answer[:MOST_CHARACTERS])
    cosines = _cosines(said.units, points, encoder)
    return tuple(
        _name_verdict(said, point) if point.style == "name" else _text_verdict(said, point, row)
        for point, row in zip(points, cosines, strict=True)
    )


class _Said:
    """An answer in its parts: sentences, and the clauses of each."""

    def __init__(self, answer: str) -> None:
        self.clauses = [c.strip() for c in _CLAUSE.split(answer) if c and c.strip()]
        sentences = [s.strip() for s in _UNIT.split(answer) if s.strip()]
        self.units = list(dict.fromkeys([*sentences, *self.clauses]))


def _cosines(
    units: Sequence[str], points: Sequence[Point], encoder: TextEncoder | None
) -> NDArray[np.float32]:
    """(points, units); zeros without an encoder or an answer."""
    zeros = np.zeros((len(points), len(units)), dtype=np.float32)
    if encoder is None or not units or all(p.style == "name" for p in points):
        return zeros
    rows = encoder.encode([*(p.text for p in points), *units])
    product: NDArray[np.float32] = rows[: len(points)] @ rows[len(points) :].T
    return product


def _name_verdict(said: _Said, point: Point) -> Verdict:
    found: Verdict = "not_covered"
    against = opposites(point.text)
    for clause in said.clauses:
        if any(_says(clause, phrase) for phrase in against):
            return "contradicts"
        if _names(clause, point):
            if _negated(clause):
                return "contradicts"
            found = "covered"
    return found


def _names(clause: str, point: Point) -> bool:
    """Whether a clause names what the point names, by any of its names."""
    accepted = [*point.accept, *other_ways(point.text)]
    if any(_says(clause, phrase) for phrase in accepted):
        return True
    known = vocabulary()
    named = {m.name for m in known.mentions(clause)}
    meant = {known.body(point.text), known.country(point.text), known.crime_type(point.text)}
    meant |= {known.platform(point.text)}
    meant.discard(None)
    if named & meant or any(
        _says(clause, other) for name in meant if name for other in known.other_names(name)
    ):
        return True
    if known.country(point.text) or known.crime_type(point.text) or accepted:
        return _says(clause, point.text)
    return _share(content_stems(point.text), clause) >= 0.7


def _says(clause: str, phrase: str) -> bool:
    """Whether the words of a phrase stand in a clause in order, one after the other."""
    wanted, there = stems(phrase), stems(clause)
    if not wanted or (phrase.isupper() and phrase not in clause):
        return False
    size = len(wanted)
    return any(there[n : n + size] == wanted for n in range(len(there) - size + 1))


def _text_verdict(said: _Said, point: Point, cosines: NDArray[np.float32]) -> Verdict:
    wanted = content_stems(point.text)
    numbers = _numbers(point.text)
    verdict: Verdict = "not_covered"
    for unit, cosine in zip(said.units, cosines, strict=True):
        share = _share(wanted, unit)
        told = _numbers(unit)
        close = share >= SUBJECT or cosine >= SUBJECT_COSINE
        if close and _clashes(numbers, told):
            verdict = "contradicts"
            continue
        together = share + COSINE_WEIGHT * float(cosine) >= COVERED_TOGETHER and share > 0
        if close and unit in said.clauses and _negated(unit) and not _negated(point.text):
            return "contradicts"
        if share >= COVERED or together:
            if _negated(unit) and not _negated(point.text):
                continue  # one of its clauses is decided above
            return "covered"
    return verdict


def _clashes(expected: frozenset[str], told: frozenset[str]) -> bool:
    """Whether both state figures and none of them is the same; years clash with years only."""
    years = {n for n in expected if _YEAR.fullmatch(n)}, {n for n in told if _YEAR.fullmatch(n)}
    others = expected - years[0], told - years[1]
    return any(a and b and not a & b for a, b in (years, others))


def _numbers(text: str) -> frozenset[str]:
    return figures(text) | {v.normal for v in find("count", text)}


def _share(wanted: Sequence[str], text: str) -> float:
    """Share of the stems that a text has, by the same or a like word; figures by their value."""
    if not wanted:
        return 0.0
    there = set(stems(text))
    numbers = _numbers(text)
    return sum(1 for stem in wanted if _has(there, numbers, stem)) / len(wanted)


def _has(there: set[str], numbers: frozenset[str], stem: str) -> bool:
    if alike({stem}) & there or stem in numbers:
        return True
    return len(stem) >= SHORTEST_COMMON and any(
        len(other) >= SHORTEST_COMMON and (other.startswith(stem) or stem.startswith(other))
        for other in there
    )


def _negated(clause: str) -> bool:
    return bool(_NEGATION.search(_NOT_ONLY.sub(" ", fold(clause))))
