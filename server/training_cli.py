"""`casequote train …`: exercises, handouts and results from the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from casequote.prompts.exercises.types import DIFFICULTIES, LANGUAGES, ExerciseKind, Session
from casequote.prompts.exercises.wording import wording
from casequote.server import commands
from casequote.server.settings import read_settings
from casequote.server.training import Request, Training, make_training
from casequote.server.training_exports import FORMATS, export_session
from casequote.server.training_results import results_csv, results_of, topics
from casequote.server.training_store import TrainingStore, training_file
from casequote.server.training_wire import (
    due_out,
    marked_out,
    results_out,
    session_out,
    sessions_out,
)
from casequote.server.wire import Wire

_FILTERS = ("country", "agency", "crime_type", "keyword", "platform", "court", "year_from",
            "year_to")  # fmt: skip
_LIBRARY = click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the library; default $CASEQUOTE_LIBRARY, else the user's data folder.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_SESSION = click.argument("session")


@click.group()
def train() -> None:
    """Exercises made from the records, with answers that are quoted."""


@train.command()
@click.option("--cases", multiple=True, help="Ids of cases, separated by commas; default all.")
@click.option(
    "--kinds", multiple=True, help=f"Kinds, separated by commas: {', '.join(ExerciseKind)}."
)
@click.option("--count", type=int, default=10, show_default=True, help="Number of exercises.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=0, show_default=True)
@click.option("--difficulty", type=click.Choice(DIFFICULTIES), default="medium", show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True,
              help="Language of the frame; what is quoted stays as it is.")  # fmt: skip
@click.option("--country")
@click.option("--agency")
@click.option("--crime-type")
@click.option("--keyword")
@click.option("--platform")
@click.option("--court")
@click.option("--year-from", type=click.IntRange(1900, 2100))
@click.option("--year-to", type=click.IntRange(1900, 2100))
@_LIBRARY
@_JSON
def new(library: Path | None, as_json: bool, **asked: object) -> int:
    """Make a session; equal options over an equal library make the same one."""
    session = _training(library).create(_request(asked))
    if as_json:
        _print_json(session_out(session, with_key=True))
    else:
        _print_session(session)
        click.echo(f"\ncasequote train export {session.id} --format docx  # the sheet")
        click.echo(f"casequote train export {session.id} --format docx --part key")
    return 0


@train.command(name="list")
@_LIBRARY
@_JSON
def list_sessions(library: Path | None, as_json: bool) -> int:
    """List the sessions that are stored."""
    found = _store(library).sessions()
    if as_json:
        _print_json(sessions_out(found))
        return 0
    for session in found:
        trainees = f", answered by {', '.join(session.trainees)}" if session.trainees else ""
        click.echo(f"{session.id}: {session.exercises} exercises, {session.created}{trainees}")
    if not found:
        click.echo("no session is stored; `casequote train new` makes one")
    return 0


@train.command()
@_SESSION
@click.option("--key", "with_key", is_flag=True, help="With the answers.")
@_LIBRARY
@_JSON
def show(session: str, with_key: bool, library: Path | None, as_json: bool) -> int:
    """Show a session."""
    found = _store(library).session(session)
    if as_json:
        _print_json(session_out(found, with_key=with_key))
    elif with_key:
        click.echo(export_session(found, "markdown", "key").content.decode(), nl=False)
    else:
        _print_session(found)
    return 0


@train.command()
@_SESSION
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="html",
              show_default=True)  # fmt: skip
@click.option("--part", type=click.Choice(["sheet", "key"]), default="sheet", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File or folder.")
@_LIBRARY
def export(session: str, form: str, part: str, output: Path | None, library: Path | None) -> int:
    """Write a session as a handout, or as questions for a learning platform."""
    made = export_session(_store(library).session(session), form, part)
    path = output or Path(made.file_name)
    if path.is_dir():
        path /= made.file_name
    try:
        path.write_bytes(made.content)
    except OSError as error:
        raise click.ClickException(
            f"{path}: cannot be written ({error.strerror}); give another file by --output"
        ) from error
    click.echo(str(path))
    return 0


@train.command(name="answer")
@_SESSION
@click.argument("exercise", type=int)
@click.argument("answer")
@click.option("--trainee", required=True, help="A name or pseudonym.")
@_LIBRARY
@_JSON
def answer_exercise(
    session: str, exercise: int, answer: str, trainee: str, library: Path | None, as_json: bool
) -> int:
    """Answer an exercise: the label of an option, or text (- reads standard input)."""
    text = sys.stdin.read() if answer == "-" else answer
    training = _training(library)
    marked = training.answer(session, exercise, trainee, text)
    words = wording(training.store.session(session).settings.language)
    out = marked_out(marked, words)
    if as_json:
        _print_json(out)
        return 0
    for point in out.points:
        lead = f"{point.lead}: " if point.lead else ""
        numbers = " ".join(f"[{n}]" for n in point.extracts)
        click.echo(f"{point.verdict_label}: {lead}{point.expected} {numbers}")
    for extract in out.extracts:
        click.echo(f"\n[{extract.number}] “{extract.text}”")
        click.echo(f"    {extract.document}, characters {extract.start}–{extract.end}")
    click.echo(f"\nto be repeated from {out.due}")
    return 0


@train.command()
@_SESSION
@click.option("--trainee")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@_LIBRARY
@_JSON
def results(
    session: str, trainee: str | None, as_csv: bool, library: Path | None, as_json: bool
) -> int:
    """Results of a session, by topic; by point as CSV or JSON."""
    store = _store(library)
    found = results_of(store.session(session), store.answers(session, trainee))
    if as_csv:
        click.echo(results_csv(found), nl=False)
    elif as_json:
        _print_json(results_out(session, found, topics(found)))
    else:
        for row in topics(found):
            total = row.covered + row.not_covered + row.contradicts
            click.echo(
                f"{row.trainee}: {row.topic}: {row.covered} of {total} covered"
                + (f", {row.contradicts} contradicting" if row.contradicts else "")
            )
        if not found:
            click.echo("no answers are stored")
    return 0


@train.command()
@click.option("--trainee", required=True)
@_LIBRARY
@_JSON
def due(trainee: str, library: Path | None, as_json: bool) -> int:
    """What a trainee should repeat now."""
    found = _training(library).due(trainee)
    if as_json:
        _print_json(due_out(trainee, found, "en"))
        return 0
    for entry in found:
        click.echo(f"{entry.session} {entry.exercise.number}: {entry.exercise.question}")
    if not found:
        click.echo("nothing is due")
    return 0


@train.command()
@click.argument("session", required=False)
@click.option("--trainee", help="Delete everything about a trainee instead.")
@_LIBRARY
def delete(session: str | None, trainee: str | None, library: Path | None) -> int:
    """Delete a session with its answers, or everything about a trainee, for good."""
    if (session is None) == (trainee is None):
        raise click.UsageError("give either SESSION or --trainee")
    store = _store(library)
    if trainee is not None:
        store.delete_trainee(trainee)
    else:
        store.delete(session or "")
    click.echo("deleted")
    return 0


def _request(asked: dict[str, object]) -> Request:
    filters = {name: asked[name] for name in _FILTERS if asked[name] is not None}
    return Request(
        seed=int(str(asked["seed"])),
        count=int(str(asked["count"])),
        cases=_parts(asked["cases"]),
        filters={n: v if isinstance(v, int) else str(v) for n, v in filters.items()},
        kinds=_parts(asked["kinds"]),
        difficulty=str(asked["difficulty"]),
        language=str(asked["language"]),
    )


def _parts(given: object) -> tuple[str, ...]:
    """Values that were given apart or separated by commas."""
    values = given if isinstance(given, tuple) else ()
    return tuple(part.strip() for value in values for part in str(value).split(",") if part.strip())


def _training(folder: Path | None) -> Training:
    return make_training(commands.assistant_of(folder))


def _store(folder: Path | None) -> TrainingStore:
    return TrainingStore(training_file(folder or read_settings().library))


def _print_session(session: Session) -> None:
    click.echo(export_session(session, "markdown", "sheet").content.decode(), nl=False)


def _print_json(out: Wire) -> None:
    click.echo(out.model_dump_json(indent=2))
