"""The training API: `/api/training/…` → training → wire models. Nothing leaves the machine."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from casequote.prompts.exercises.types import Language
from casequote.prompts.exercises.wording import wording
from casequote.server.training import Training
from casequote.server.training_exports import Exported, export_session
from casequote.server.training_results import results_csv, topics
from casequote.server.training_wire import (
    AnswerIn,
    Deleted,
    DueListOut,
    ExerciseOut,
    MarkedOut,
    ResultsOut,
    SessionIn,
    SessionOut,
    SessionsOut,
    due_out,
    exercise_out,
    marked_out,
    results_out,
    session_out,
    sessions_out,
)

Trainee = Annotated[str | None, Query(max_length=200)]


def training_routes(training: Training) -> APIRouter:
    """The routes below `/api/training`."""
    routes = APIRouter(prefix="/api/training")
    store = training.store

    @routes.post("/sessions", status_code=201)
    def create(asked: SessionIn) -> SessionOut:
        return session_out(training.create(asked.request()), with_key=False)

    @routes.get("/sessions")
    def sessions() -> SessionsOut:
        return sessions_out(store.sessions())

    @routes.get("/sessions/{session_id}")
    def session(session_id: str) -> SessionOut:
        return session_out(store.session(session_id), with_key=False)

    @routes.get("/sessions/{session_id}/key")
    def key(session_id: str) -> SessionOut:
        return session_out(store.session(session_id), with_key=True)

    @routes.get("/sessions/{session_id}/exercises/{number}")
    def exercise(session_id: str, number: int) -> ExerciseOut:
        found = training.exercise(session_id, number)
        language = store.session(session_id).settings.language
        return exercise_out(found, wording(language), with_key=False)

    @routes.post("/sessions/{session_id}/answers")
    def answer(session_id: str, given: AnswerIn) -> MarkedOut:
        marked = training.answer(session_id, given.exercise, given.trainee, given.answer)
        return marked_out(marked, wording(store.session(session_id).settings.language))

    @routes.delete("/sessions/{session_id}")
    def delete(session_id: str) -> Deleted:
        store.delete(session_id)
        return Deleted(deleted="session", name=session_id)

    _results(routes, training)
    _trainees(routes, training)
    return routes


def _results(routes: APIRouter, training: Training) -> None:
    """Results and files of a session."""
    store = training.store

    @routes.get("/sessions/{session_id}/results")
    def results(session_id: str, trainee: Trainee = None) -> ResultsOut:
        found = training.results(session_id, trainee)
        return results_out(session_id, found, topics(found))

    @routes.get("/sessions/{session_id}/results.csv", response_class=Response)
    def results_as_csv(session_id: str, trainee: Trainee = None) -> Response:
        text = results_csv(training.results(session_id, trainee))
        name = f"casequote-{session_id}-results.csv"
        return _file(Exported(text.encode(), "text/csv; charset=utf-8", name))

    @routes.get("/sessions/{session_id}/export", response_class=Response)
    def export(
        session_id: str,
        form: Annotated[str, Query(alias="format")] = "html",
        part: str = "sheet",
    ) -> Response:
        return _file(export_session(store.session(session_id), form, part))


def _trainees(routes: APIRouter, training: Training) -> None:
    """What is kept about a trainee."""

    @routes.get("/trainees/{trainee}/due")
    def due(trainee: str, language: Language = "en") -> DueListOut:
        return due_out(trainee, training.due(trainee), language)

    @routes.delete("/trainees/{trainee}")
    def delete_trainee(trainee: str) -> Deleted:
        training.store.delete_trainee(trainee)
        return Deleted(deleted="trainee", name=trainee)


def _file(made: Exported) -> Response:
    """The page is shown, other files are saved."""
    headers = {}
    if not made.media_type.startswith("text/html"):
        headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return Response(made.content, media_type=made.media_type, headers=headers)
