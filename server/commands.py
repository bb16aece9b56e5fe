"""What each command does; returns the exit status. Printing is in `terminal`."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from casequote.corpus.errors import CaseQuoteError, InvalidRequest
from casequote.corpus.library import Library
from casequote.prompts.filters import Filters
from casequote.server import composition, listings, terminal
from casequote.server.assistant import Assistant
from casequote.server.settings import Settings, read_settings
from casequote.server.wire import Wire, answer_out, short_id

if TYPE_CHECKING:
    from casequote.server.training import Training


def ingest(paths: Sequence[Path], folder: Path | None, as_json: bool) -> int:
    """Reads files into the library; 1 when any of them had a problem."""
    settings = read_settings()
    target = folder or settings.library
    with terminal.progress_bar() as progress:
        library = Library.open(target) if Library.exists(target) else Library.create(target)
        report = composition.read_into(library, paths, progress)
        composition.index_of(library, composition.make_encoder(settings, progress), progress)
    if as_json:
        _print_json(listings.ingest_out(report))
    else:
        terminal.print_report(report)
    return 0 if report.complete else 1


def ask(
    question: str,
    after: Sequence[str],
    cases: Sequence[str],
    folder: Path | None,
    as_json: bool,
) -> int:
    """Answers a question after earlier ones."""
    assistant = assistant_of(folder)
    started = time.perf_counter()
    answer = assistant.converse([*after, question], cases=assistant.checked_cases(cases))
    elapsed = (time.perf_counter() - started) * 1000
    if as_json:
        conversation = short_id(*after, question)
        change = assistant.library.change
        _print_json(
            answer_out(
                answer,
                answer_id=short_id(question, *after, *cases, change),
                conversation_id=conversation,
                elapsed_ms=elapsed,
            )
        )
    else:
        terminal.print_answer(answer)
    return 0


def search(query: str, k: int, folder: Path | None, as_json: bool) -> int:
    """Prints ranked passages."""
    assistant = assistant_of(folder)
    found = assistant.search(query, k)
    if as_json:
        _print_json(listings.search_out(assistant.library, query, found))
    else:
        terminal.print_results(assistant.library, found)
    return 0


def cases(folder: Path | None, as_json: bool) -> int:
    """Prints the list of cases."""
    library = library_of(folder)
    found = listings.cases_out(library, Filters())
    if as_json:
        _print_json(found)
    else:
        for case in found.cases:
            click.echo(f"{case.id}: {case.title} ({len(case.articles)} articles)")
    return 0


def chat(folder: Path | None) -> int:
    """Answers questions line by line until the input ends."""
    from casequote.server import chat as conversation

    talk = conversation.Chat(assistant_of(folder))
    if sys.stdin.isatty():
        click.echo(conversation.HELP + "\n", err=True)
        conversation.run(talk, conversation.typed_lines())
    else:
        conversation.run(talk, iter(sys.stdin))
    return 0


def show(case_id: str, folder: Path | None, as_json: bool) -> int:
    """Prints a case with its fields and documents."""
    library = library_of(folder)
    case = library.case(case_id)
    if as_json:
        _print_json(listings.case_out(library, case))
        return 0
    for document_id in case.records:
        click.echo(library.document(document_id).text)
    for document_id in (*case.records, *case.articles):
        document = library.document(document_id)
        shown = ", ".join(part for part in (document.publisher, document.date) if part)
        click.echo(f"{document.id}: {document.title}" + (f" ({shown})" if shown else ""))
    return 0


def remove(documents: Sequence[str], folder: Path | None) -> int:
    """Takes documents out, from text, terms and vectors alike."""
    settings = read_settings()
    library = Library.open(folder or settings.library)
    library.remove(documents)
    composition.index_of(library, composition.make_encoder(settings))
    click.echo(f"removed {len(documents)}")
    return 0


def evaluate(questions: Path, folder: Path | None, as_json: bool) -> int:
    """Measures answers against expectations."""
    from casequote.server import evaluation

    asked = evaluation.read_questions(questions)
    assistant = assistant_of(folder)
    with terminal.progress_bar() as progress:
        found = evaluation.evaluate(
            assistant, asked, lambda done, total: progress("Asking", done, total)
        )
    if as_json:
        click.echo(json.dumps(found.report(), indent=2))
    else:
        terminal.print_evaluation(found)
    return 0


def serve(folder: Path | None, host: str, port: int) -> int:
    """Serves until it is stopped."""
    import uvicorn

    from casequote.server.app import make_app
    from casequote.server.conversations import Conversations
    from casequote.server.training import make_training

    settings = read_settings()
    assistant = assistant_of(folder, settings)
    training = make_training(assistant)
    threading.Thread(target=_prepare, args=(assistant, training), daemon=True).start()
    assistant.ask("Which agencies took part?")  # so that the first reader does not wait
    app = make_app(assistant, Conversations(settings.conversations), training)
    click.echo(f"CaseQuote: {assistant.library.folder}", err=True)
    click.echo(f"Open http://{host}:{port}/ (Ctrl-C stops)", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)
    return 0


def _prepare(assistant: Assistant, training: Training) -> None:
    """Describes the cases, and what exercises are made from, while nothing waits for it.

    A request tells what is wrong.
    """
    with suppress(CaseQuoteError):
        assistant.similar.prepare()
        training.generator()


def assistant_of(folder: Path | None, settings: Settings | None = None) -> Assistant:
    """The assistant over the library of a folder, or over the default library."""
    settings = settings or read_settings()
    with terminal.progress_bar() as progress:
        return composition.make_assistant(
            settings,
            folder or settings.library,
            bundled=folder is None,
            progress=progress,
        )


def library_of(folder: Path | None) -> Library:
    """The library of a folder, or the default one, made from the bundled corpus if need be."""
    settings = read_settings()
    with terminal.progress_bar() as progress:
        return composition.open_library(
            folder or settings.library, bundled=folder is None, progress=progress
        )


def _print_json(out: Wire) -> None:
    click.echo(out.model_dump_json(indent=2))


def extract(question: str, file: Path, as_json: bool) -> int:
    """Quotes from one file without ingesting it."""
    from casequote.server import extraction

    with terminal.progress_bar() as progress:
        encoder = composition.make_encoder(read_settings(), progress)
    found = extraction.extract_from_file(question, file, encoder)
    if as_json:
        _print_json(found)
    else:
        terminal.print_extracts(found)
    return 0


def extract_lines(lines: Iterable[str], out: TextIO) -> int:
    """Answers each line of {id, question, text}; 1 when a line was not of that form."""
    from casequote.server import extraction

    encoder = composition.make_encoder(read_settings())
    status = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = extraction.extract_from_line(line, encoder)
        except InvalidRequest as error:
            click.echo(f"standard input, line {number}: {error}", err=True)
            status = 1
            continue
        out.write(found.model_dump_json() + "\n")
        out.flush()
    return status


def doctor(folder: Path | None) -> int:
    """Checks library, vectors and encoder; 1 when something is wrong."""
    from casequote.server import health

    settings = read_settings()
    findings = health.examine(settings, folder or settings.library)
    for finding in findings:
        click.echo(f"{'ok   ' if finding.sound else 'WRONG'} {finding.text}")
    return 0 if all(finding.sound for finding in findings) else 1
