"""What the command line prints: answers, listings and progress for people."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from casequote.corpus.ingest import IngestReport, Outcome
from casequote.corpus.library import Library
from casequote.embeddings.retriever import RankedPassage
from casequote.prompts.answer import Answer, Extract
from casequote.server.composition import Progress
from casequote.server.evaluation import Evaluation
from casequote.server.extraction import FileOut

_QUIET_SECONDS = 0.5
"""A step that is done before this is not worth a bar."""


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on standard error, drawn only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    started = time.monotonic()
    with Bar(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, object] = {}

        def show(name: str, done: int, total: int) -> None:
            if name not in tasks:
                if time.monotonic() - started < _QUIET_SECONDS and done == total:
                    return
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done, total=total)  # type: ignore[arg-type]

        yield show


def print_answer(answer: Answer) -> None:
    """The frame, then every extract with its place."""
    click.echo(answer.text)
    extracts = answer.refusal.nearest if answer.refusal else answer.extracts
    if answer.refusal and extracts:
        click.echo("\nNearest passages:")
    if extracts:
        click.echo()
    for extract in extracts:
        click.echo(_cited(extract))


def _cited(extract: Extract) -> str:
    document = extract.document
    place = ", ".join(
        part
        for part in (document.title, document.publisher, document.date, extract.section)
        if part
    )
    text = " ".join(extract.text.split())
    return (
        f"[{extract.number}] “{text}”\n"
        f"    {place}\n    {document.id}, characters {extract.start}–{extract.end}"
    )


def print_results(library: Library, found: Sequence[RankedPassage]) -> None:
    """Ranked passages."""
    for ranked in found:
        passage = ranked.passage
        document = library.document(passage.document)
        text = " ".join(document.text[passage.start : passage.end].split())
        place = " > ".join((document.title, *passage.section))
        click.echo(f"{ranked.rank:>3}. {place}\n     {text}")
        click.echo(f"     {document.id}, characters {passage.start}–{passage.end}")


def print_report(report: IngestReport) -> None:
    """What became of the files; problems go to standard error."""
    counts = [f"{report.count(o)} {o.value}" for o in Outcome if report.count(o)]
    click.echo(", ".join(counts) if counts else "no files found")
    for document in report.linked:
        link = document.link
        if link:
            click.echo(
                f"{document.id}: belongs to case {document.case} "
                f"(confidence {link.confidence:.2f}: {link.reason})"
            )
    for file in report.files:
        for fault in file.problems:
            click.echo(fault, err=True)


def print_evaluation(evaluation: Evaluation) -> None:
    """The measures as a table, and the questions that went wrong."""
    report = evaluation.report()
    click.echo(f"{'kind':<14}{'asked':>7}{'right':>7}{'wrong':>7}{'refused':>9}{'share':>8}")
    rows = [*evaluation.by_kind().items()]
    for kind, m in rows:
        click.echo(
            f"{kind:<14}{m.questions:>7}{m.right:>7}{m.wrong:>7}{m.refused:>9}{m.share:>8.3f}"
        )
    total = report["all"]
    click.echo(f"all: {total}")
    for name in (
        "refusal",
        "extracts",
        "offsets_hold",
        "values",
        "values_supported",
        "median_characters_quoted",
        "latency_ms",
    ):
        click.echo(f"{name.replace('_', ' ')}: {report[name]}")
    click.echo(f"wrong: {', '.join(map(str, report['wrong'])) or 'none'}")  # type: ignore[call-overload]


def print_extracts(found: FileOut) -> None:
    """Extracts of a file, or that it does not say."""
    if not found.extracts:
        click.echo(f"{found.file} does not say this.")
    for number, span in enumerate(found.extracts, start=1):
        text = " ".join(span.text.split())
        click.echo(f"[{number}] “{text}”")
        place = ", ".join(part for part in (span.document, span.section) if part)
        click.echo(f"    {place}, characters {span.start}–{span.end}")
