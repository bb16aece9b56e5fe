"""Stored answers → results by point and topic, and as CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casequote.prompts.exercises.types import Exercise, ExerciseKind, Session, Verdict
from casequote.server.training_store import StoredAnswer

_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings by which spreadsheet programs take a cell for a formula."""
_COLUMNS = (
    "trainee", "exercise", "kind", "topic", "point", "expected", "verdict", "answer", "given",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """One point of one answer."""

    trainee: str
    exercise: int
    kind: ExerciseKind
    topic: str
    point: int
    expected: str
    verdict: Verdict
    answer: str
    given: str


@dataclass(frozen=True, slots=True)
class TopicResult:
    """How the points of a topic fared for a trainee."""

    trainee: str
    topic: str
    covered: int
    not_covered: int
    contradicts: int


def results_of(session: Session, answers: Sequence[StoredAnswer]) -> list[Result]:
    """Every point of the answers to exercises that the session has."""
    found = []
    for answer in answers:
        exercise = session.exercise(answer.exercise)
        if exercise is None:
            continue
        texts = {p.number: p.text for p in exercise.key.points}
        found += [
            Result(
                trainee=answer.trainee,
                exercise=answer.exercise,
                kind=exercise.kind,
                topic=m.topic,
                point=m.point,
                expected=texts.get(m.point, _right(exercise)),
                verdict=m.verdict,
                answer=answer.answer,
                given=answer.given,
            )
            for m in answer.marks
        ]
    return found


def topics(results: Sequence[Result]) -> list[TopicResult]:
    """Verdicts counted by trainee and topic."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for result in results:
        counts.setdefault((result.trainee, result.topic), Counter())[result.verdict] += 1
    return [
        TopicResult(who, topic, n["covered"], n["not_covered"], n["contradicts"])
        for (who, topic), n in sorted(counts.items())
    ]


def results_csv(results: Sequence[Result]) -> str:
    """One line for each point; cells that a spreadsheet would take for a formula are quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for result in results:
        writer.writerow([_cell(getattr(result, column)) for column in _COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_RISKY) else text


def _right(exercise: Exercise) -> str:
    return next((o.text for o in exercise.options if o.label == exercise.key.correct), "")
