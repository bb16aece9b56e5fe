"""Training: requests → sessions, answers → marks with extracts, and what to repeat when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from fsrs import Card, Rating, Scheduler

from casequote.corpus.errors import InvalidRequest
from casequote.corpus.library import Library
from casequote.embeddings.likeness.views import views
from casequote.prompts.across import matching_cases
from casequote.prompts.exercises.collection import Collection
from casequote.prompts.exercises.generator import Generator, checked
from casequote.prompts.exercises.matching import MOST_CHARACTERS, Mark, TextEncoder, mark
from casequote.prompts.exercises.similar import FieldLikeness, SimilarCases
from casequote.prompts.exercises.types import (
    DIFFICULTIES,
    LANGUAGES,
    Difficulty,
    Exercise,
    ExerciseKind,
    Language,
    Session,
    Settings,
)
from casequote.prompts.filters import checked_filters
from casequote.prompts.similarity.finder import SimilarCases as SimilarSearch
from casequote.server.assistant import Assistant
from casequote.server.training_results import Result, results_of
from casequote.server.training_store import StoredAnswer, StoredCard, TrainingStore, training_file

MOST_NAME = 80
EASY, GOOD = 1.0, 0.6
"""Shares of points covered from which an answer counts as easy or good for repetition."""
MakeSimilar = Callable[[Collection], SimilarCases]


@dataclass(frozen=True, slots=True)
class Request:
    """What a trainer asks for, before it is checked."""

    seed: int = 0
    count: int = 10
    cases: Sequence[str] = ()
    filters: dict[str, str | int] = field(default_factory=dict)
    kinds: Sequence[str] = ()
    difficulty: str = "medium"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Marked:
    """An exercise with the marks of an answer."""

    exercise: Exercise
    marks: tuple[Mark, ...]
    due: str
    """When the exercise should be repeated, ISO 8601."""


@dataclass(frozen=True, slots=True)
class Due:
    """An exercise that a trainee should repeat."""

    session: str
    exercise: Exercise
    due: str


class Training:
    """Sessions over one library. Safe to use from several threads."""

    def __init__(
        self,
        library: Library,
        store: TrainingStore,
        encoder: TextEncoder | None = None,
        make_similar: MakeSimilar = FieldLikeness,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.library = library
        self.store = store
        self._encoder = encoder
        self._make_similar = make_similar
        self._now = now
        self._made: Generator | None = None
        self._making = Lock()
        self._scheduler = Scheduler(enable_fuzzing=False)

    def create(self, request: Request) -> Session:
        """Makes and stores a session. Raises InvalidRequest and NotInLibrary."""
        session = self.generator().session(self.settings(request))
        self.store.add(session, self._now())
        return session

    def settings(self, request: Request) -> Settings:
        """The checked settings of a request."""
        cases = self._cases(request)
        made = Settings(
            seed=request.seed,
            count=request.count,
            kinds=_kinds(request.kinds),
            cases=cases,
            difficulty=_difficulty(request.difficulty),
            language=_language(request.language),
        )
        checked(made)
        return made

    def generator(self) -> Generator:
        """What makes exercises from the library as it is now; made once for all who wait."""
        with self._making:
            if self._made is None or self._made.collection.change != self.library.change:
                with self.library.reading():
                    collection = Collection(self.library)
                self._made = Generator(collection, self._make_similar(collection))
            return self._made

    def answer(self, session_id: str, number: int, trainee: str, answer: str) -> Marked:
        """Marks an answer and stores it. Raises InvalidRequest and NoSuchSession."""
        who = _trainee(trainee)
        exercise = self.exercise(session_id, number)
        _check_answer(exercise, answer)
        marks = mark(exercise, answer, self._encoder)
        now = self._now()
        self.store.add_answer(session_id, StoredAnswer(number, who, now.isoformat(), answer, marks))
        due = self._repeat(who, session_id, number, marks, now)
        return Marked(exercise, marks, due)

    def exercise(self, session_id: str, number: int) -> Exercise:
        """An exercise of a stored session. Raises InvalidRequest and NoSuchSession."""
        session = self.store.session(session_id)
        found = session.exercise(number)
        if found is None:
            raise InvalidRequest(
                f"session {session_id} has no exercise {number}; it has "
                f"1 to {len(session.exercises)}"
            )
        return found

    def results(self, session_id: str, trainee: str | None = None) -> list[Result]:
        """Every point of the last answers, by trainee and exercise. Raises NoSuchSession."""
        session = self.store.session(session_id)
        return results_of(session, self.store.answers(session_id, trainee))

    def due(self, trainee: str) -> list[Due]:
        """The exercises that a trainee should repeat now, the one due longest first."""
        now = self._now().isoformat()
        cards = [c for c in self.store.cards(_trainee(trainee)) if c.due <= now]
        return [Due(c.session, self.exercise(c.session, c.exercise), c.due) for c in cards]

    def _repeat(
        self, trainee: str, session_id: str, number: int, marks: Sequence[Mark], now: datetime
    ) -> str:
        """Updates the card of an exercise (FSRS, as py-fsrs implements it); gives the due date."""
        stored = self.store.card(trainee, session_id, number)
        card = Card.from_json(stored) if stored else Card(card_id=number, due=now)
        card, _ = self._scheduler.review_card(card, _rating(marks), review_datetime=now)
        due = card.due.isoformat()
        self.store.set_card(trainee, StoredCard(session_id, number, due, card.to_json()))
        return due

    def _cases(self, request: Request) -> tuple[str, ...]:
        """The cases by id and within filters. Raises NotInLibrary for an unknown one."""
        collection = self.generator().collection
        chosen = [self.library.case(case).id for case in request.cases]
        for case in chosen:
            collection.case(case)
        cases = set(chosen or collection.cases)
        if request.filters:
            filters = checked_filters(self.library, request.filters)
            cases &= set(matching_cases(self.library, filters))
        return tuple(sorted(cases))


@dataclass(frozen=True, slots=True)
class RankedCases:
    """The similar-case search as scenarios use it; the score is the inverse of the rank."""

    search: SimilarSearch

    def similar(self, case_id: str, k: int) -> Sequence[tuple[str, float]]:
        """At most k (case id, score), best first."""
        ranked = self.search.ranking(case_id, views().weights())[:k]
        return [(case, 1 / rank) for rank, case in enumerate(ranked, start=1)]


def make_training(assistant: Assistant) -> Training:
    """Training over the library of an assistant, with its encoder and its similar-case search."""
    store = TrainingStore(training_file(assistant.library.folder))
    likeness = RankedCases(assistant.similar)
    return Training(assistant.library, store, assistant.encoder, lambda _: likeness)


def _rating(marks: Sequence[Mark]) -> Rating:
    share = sum(m.verdict == "covered" for m in marks) / len(marks)
    if share == 0 or (share < GOOD and any(m.verdict == "contradicts" for m in marks)):
        return Rating.Again
    if share >= EASY:
        return Rating.Easy
    return Rating.Good if share >= GOOD else Rating.Hard


def _check_answer(exercise: Exercise, answer: str) -> None:
    if len(answer) > MOST_CHARACTERS:
        raise InvalidRequest(
            f"the answer has {len(answer)} characters; shorten it to {MOST_CHARACTERS}"
        )
    labels = [option.label for option in exercise.options]
    if labels and answer.strip().upper() not in labels:
        raise InvalidRequest(
            f"exercise {exercise.number} is answered with one of {', '.join(labels)}, "
            f"not {answer[:40]!r}"
        )


def _trainee(name: str) -> str:
    bare = " ".join(name.split())
    if not bare or len(bare) > MOST_NAME:
        raise InvalidRequest(
            f"the trainee's name has {len(bare)} characters; give 1 to {MOST_NAME}, a pseudonym "
            "will do"
        )
    return bare


def _kinds(given: Sequence[str]) -> tuple[ExerciseKind, ...]:
    known = {kind.value: kind for kind in ExerciseKind}
    if unknown := [name for name in given if name not in known]:
        raise InvalidRequest(
            f"kinds: {', '.join(unknown)} is no kind of exercise; choose among {', '.join(known)}"
        )
    return tuple(dict.fromkeys(known[name] for name in given)) or tuple(ExerciseKind)


def _difficulty(given: str) -> Difficulty:
    for difficulty in DIFFICULTIES:
        if difficulty == given:
            return difficulty
    raise InvalidRequest(f"difficulty is {given!r}; choose among {', '.join(DIFFICULTIES)}")


def _language(given: str) -> Language:
    for language in LANGUAGES:
        if language == given:
            return language
    raise InvalidRequest(f"language is {given!r}; choose among {', '.join(LANGUAGES)}")
