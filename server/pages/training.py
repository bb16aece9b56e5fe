"""The pages for training: build a session, take it, see how every point fared."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.prompts.exercises.types import DIFFICULTIES, LANGUAGES, Exercise, ExerciseKind
from casequote.prompts.exercises.wording import wording
from casequote.server.pages.errors import page_of
from casequote.server.pages.visits import PageRoute, ReaderOf, form_of
from casequote.server.training import MOST_NAME, Marked, Training
from casequote.server.training import Request as Wanted
from casequote.server.training_exports.formats import FORMATS
from casequote.server.training_results import topics
from casequote.web.languages import languages
from casequote.web.reader import Reader
from casequote.web.rendering import render
from casequote.web.suggestions import choices
from casequote.web.training_view import exercise_view, key_view

MOST_EXERCISES = 50


def training_pages(training: Training) -> APIRouter:
    """The pages below `/train`."""
    routes = APIRouter(prefix="/train", include_in_schema=False, route_class=PageRoute)
    store = training.store

    @routes.get("")
    def overview(reader: ReaderOf) -> HTMLResponse:
        words = wording(next((one for one in LANGUAGES if one == reader.language), "en"))
        page = render(
            "train.html",
            reader,
            sessions=store.sessions(),
            words=words,
            kinds=tuple(ExerciseKind),
            difficulties=DIFFICULTIES,
            session_languages={code: languages().get(code, code) for code in LANGUAGES},
            choices=choices(training.library),
            most=MOST_EXERCISES,
        )
        return HTMLResponse(page)

    @routes.post("")
    async def create(request: Request) -> RedirectResponse:
        form = await form_of(request)
        count = str(form.get("count", "10"))
        filters: dict[str, str | int] = {
            name: str(form[name]) for name in ("country", "crime_type") if form.get(name)
        }
        wanted = Wanted(
            seed=secrets.randbelow(2**31),
            count=int(count) if count.isdecimal() and len(count) < 4 else 0,
            cases=[str(case) for case in form.getlist("case") if case],
            filters=filters,
            kinds=[str(kind) for kind in form.getlist("kind")],
            difficulty=str(form.get("difficulty", "medium")),
            language=str(form.get("language", "en")),
        )
        made = await run_in_threadpool(training.create, wanted)
        return RedirectResponse(f"/train/{made.id}", status_code=303)

    @routes.get("/{session_id}")
    def session(reader: ReaderOf, session_id: str) -> HTMLResponse:
        found = store.session(session_id)
        page = render(
            "train_session.html",
            reader,
            session=found,
            words=wording(found.settings.language),
            formats=FORMATS,
            most_name=MOST_NAME,
        )
        return HTMLResponse(page)

    @routes.get("/{session_id}/results")
    def results(reader: ReaderOf, session_id: str, trainee: str | None = None) -> HTMLResponse:
        points = training.results(session_id, trainee or None)
        page = render(
            "train_results.html",
            reader,
            session_id=session_id,
            trainee=trainee or "",
            points=points,
            topics=topics(points),
            words=wording(store.session(session_id).settings.language),
        )
        return HTMLResponse(page)

    _exercises(routes, training)
    return routes


def _exercises(routes: APIRouter, training: Training) -> None:
    """An exercise, and what an answer to it is worth."""

    def page_for(
        reader: Reader, session_id: str, exercise: Exercise, trainee: str, **more: object
    ) -> HTMLResponse:
        found = training.store.session(session_id)
        words = wording(found.settings.language)
        context: dict[str, object] = {"marked": None, "key": None, "given": "", "fault": None}
        page = render(
            "train_exercise.html",
            reader,
            session=found,
            view=exercise_view(exercise, words, with_key=False),
            trainee=trainee,
            words=words,
            **(context | more),
        )
        return HTMLResponse(page)

    @routes.get("/{session_id}/{number}")
    def show(reader: ReaderOf, session_id: str, number: str, trainee: str = "") -> HTMLResponse:
        exercise = _exercise(training, session_id, number)
        if exercise is None:
            return page_of("no_page", 404, reader)
        return page_for(reader, session_id, exercise, trainee)

    @routes.post("/{session_id}/{number}")
    async def answer(
        request: Request, reader: ReaderOf, session_id: str, number: str
    ) -> HTMLResponse:
        form = await form_of(request)
        trainee, given = str(form.get("trainee", "")), str(form.get("answer", ""))
        exercise = _exercise(training, session_id, number)
        if exercise is None:
            return page_of("no_page", 404, reader)
        try:
            marked: Marked = await run_in_threadpool(
                training.answer, session_id, exercise.number, trainee, given
            )
        except InvalidRequest as error:
            return page_for(reader, session_id, exercise, trainee, given=given, fault=str(error))
        words = wording(training.store.session(session_id).settings.language)
        key = key_view(exercise, words)
        verdicts = {one.point: one.verdict for one in marked.marks}
        return page_for(
            reader, session_id, exercise, trainee, marked=verdicts, key=key, given=given
        )


def _exercise(training: Training, session_id: str, number: str) -> Exercise | None:
    """The exercise, or None; raises NoSuchSession."""
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        return None
    try:
        return training.exercise(session_id, int(number))
    except NotInLibrary:
        raise
    except InvalidRequest:
        return None
