"""What the training API sends and takes, from the types of exercises."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from casequote.prompts.exercises.types import (
    Difficulty,
    Exercise,
    ExerciseKind,
    Extract,
    Key,
    Language,
    Material,
    Option,
    Session,
    Verdict,
)
from casequote.prompts.exercises.wording import Wording, wording
from casequote.server.training import Due, Marked, Request
from casequote.server.training_results import Result, TopicResult
from casequote.server.training_store import StoredSession
from casequote.server.wire import Wire

MOST_CASES = 1_000


class TrainingFilters(Wire):
    """Restrictions on cases; an unknown name is an error."""

    country: str | None = None
    agency: str | None = None
    crime_type: str | None = None
    keyword: str | None = None
    platform: str | None = None
    court: str | None = None
    year_from: Annotated[int, Field(ge=1900, le=2100)] | None = None
    year_to: Annotated[int, Field(ge=1900, le=2100)] | None = None


class SessionIn(Wire):
    """What a trainer asks for; without kinds all of them, without cases the whole collection."""

    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    count: int = 10
    cases: Annotated[tuple[str, ...], Field(max_length=MOST_CASES)] = ()
    filters: TrainingFilters = TrainingFilters()
    kinds: Annotated[tuple[str, ...], Field(max_length=50)] = ()
    difficulty: str = "medium"
    language: str = "en"

    def request(self) -> Request:
        """The same as the training takes it."""
        return Request(
            seed=self.seed,
            count=self.count,
            cases=self.cases,
            filters=self.filters.model_dump(exclude_none=True),
            kinds=self.kinds,
            difficulty=self.difficulty,
            language=self.language,
        )


class AnswerIn(Wire):
    """An answer: the label of an option, or free text."""

    exercise: int
    trainee: str
    answer: str


class ExerciseOut(Wire):
    """An exercise; `key` only where it was asked for."""

    number: int
    kind: ExerciseKind
    kind_label: str
    topic: str
    topic_label: str
    question: str
    material: tuple[Material, ...]
    options: tuple[Option, ...]
    note: str
    key: Key | None = None


class SessionOut(Wire):
    """A session; its link is `/api/training/sessions/{id}`."""

    id: str
    link: str
    seed: int
    count: int
    kinds: tuple[ExerciseKind, ...]
    cases: tuple[str, ...]
    difficulty: Difficulty
    language: Language
    exercises: list[ExerciseOut]


class ListedSession(Wire):
    """What is listed of a session."""

    id: str
    created: str
    exercises: int
    trainees: tuple[str, ...]


class SessionsOut(Wire):
    """All sessions, the latest first."""

    sessions: list[ListedSession]


class MarkedPoint(Wire):
    """A point, how it fared, and the numbers of the extracts that state it."""

    point: int
    topic: str
    topic_label: str
    lead: str
    expected: str
    verdict: Verdict
    verdict_label: str
    extracts: tuple[int, ...]


class MarkedOut(Wire):
    """An answer's marks with the extracts, which are shown whatever the marks are."""

    exercise: int
    correct: str | None
    points: list[MarkedPoint]
    extracts: tuple[Extract, ...]
    due: str


class ResultOut(Wire):
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


class TopicOut(Wire):
    """Points of a topic, counted."""

    trainee: str
    topic: str
    covered: int
    not_covered: int
    contradicts: int


class ResultsOut(Wire):
    """Results by point and by topic."""

    session: str
    points: list[ResultOut]
    topics: list[TopicOut]


class DueOut(Wire):
    """An exercise to repeat."""

    session: str
    due: str
    exercise: ExerciseOut


class DueListOut(Wire):
    """What a trainee should repeat now."""

    trainee: str
    due: list[DueOut]


class Deleted(Wire):
    """What was deleted, for good."""

    deleted: Literal["session", "trainee"]
    name: str


def session_out(session: Session, *, with_key: bool) -> SessionOut:
    """A session for the trainer (with keys) or for trainees."""
    settings = session.settings
    words = wording(settings.language)
    return SessionOut(
        id=session.id,
        link=f"/api/training/sessions/{session.id}",
        seed=settings.seed,
        count=settings.count,
        kinds=settings.kinds,
        cases=settings.cases if with_key else (),
        difficulty=settings.difficulty,
        language=settings.language,
        exercises=[exercise_out(e, words, with_key=with_key) for e in session.exercises],
    )


def exercise_out(exercise: Exercise, words: Wording, *, with_key: bool) -> ExerciseOut:
    """One exercise."""
    return ExerciseOut(
        number=exercise.number,
        kind=exercise.kind,
        kind_label=words.kind(exercise.kind),
        topic=exercise.topic,
        topic_label=words.topic(exercise.topic),
        question=exercise.question,
        material=exercise.material,
        options=exercise.options,
        note=exercise.note,
        key=exercise.key if with_key else None,
    )


def sessions_out(found: list[StoredSession]) -> SessionsOut:
    """The list of sessions."""
    return SessionsOut(
        sessions=[
            ListedSession(id=s.id, created=s.created, exercises=s.exercises, trainees=s.trainees)
            for s in found
        ]
    )


def marked_out(marked: Marked, words: Wording) -> MarkedOut:
    """An answer's marks."""
    exercise = marked.exercise
    points = {point.number: point for point in exercise.key.points}
    right = next((o.text for o in exercise.options if o.label == exercise.key.correct), "")
    every = tuple(extract.number for extract in exercise.key.extracts)
    return MarkedOut(
        exercise=exercise.number,
        correct=exercise.key.correct,
        points=[
            MarkedPoint(
                point=m.point,
                topic=m.topic,
                topic_label=words.topic(m.topic),
                lead=points[m.point].lead if m.point in points else "",
                expected=points[m.point].text if m.point in points else right,
                verdict=m.verdict,
                verdict_label=words.verdict(m.verdict),
                extracts=points[m.point].extracts if m.point in points else every,
            )
            for m in marked.marks
        ],
        extracts=exercise.key.extracts,
        due=marked.due,
    )


def results_out(session: str, results: list[Result], topics: list[TopicResult]) -> ResultsOut:
    """Results by point and by topic."""
    return ResultsOut(
        session=session,
        points=[
            ResultOut(**{name: getattr(r, name) for name in ResultOut.model_fields})
            for r in results
        ],
        topics=[
            TopicOut(**{name: getattr(t, name) for name in TopicOut.model_fields}) for t in topics
        ],
    )


def due_out(trainee: str, found: list[Due], language: Language) -> DueListOut:
    """What to repeat now, without keys."""
    words = wording(language)
    return DueListOut(
        trainee=trainee,
        due=[
            DueOut(
                session=d.session,
                due=d.due,
                exercise=exercise_out(d.exercise, words, with_key=False),
            )
            for d in found
        ],
    )
