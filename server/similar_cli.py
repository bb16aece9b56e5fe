"""`casequote similar` and `casequote compare`: options → one call → output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from casequote.corpus.document import Document, DocumentKind
from casequote.corpus.errors import InvalidRequest, UnreadableFile
from casequote.corpus.readers import MOST_BYTES, read_bytes
from casequote.corpus.readers.decode import decode_text
from casequote.corpus.readers.sniff import Format, binary_format, text_format
from casequote.embeddings.likeness.views import views
from casequote.prompts.filters import Filters, checked_filters
from casequote.prompts.similarity.comparison import compare as compare_cases
from casequote.prompts.similarity.finder import MOST_RESULTS, Wanted
from casequote.prompts.similarity.narrative import narrative
from casequote.prompts.similarity.results import Constraints
from casequote.server import commands, comparison_files, similar_terminal
from casequote.server.similar_routes import parsed_weights
from casequote.server.similar_wire import similar_out

LIBRARY = click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the library; default $CASEQUOTE_LIBRARY, else the user's data folder.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_FILTERS = ("country", "agency", "crime_type", "keyword", "platform", "year_from", "year_to")


def _restrictions(command: Callable[..., int]) -> Callable[..., int]:
    """The options that restrict and weigh."""
    options = (
        click.option("-k", type=click.IntRange(1, MOST_RESULTS), default=5, show_default=True),
        click.option("--preset", type=click.Choice(sorted(views().presets)), help="Named weights."),
        click.option(
            "--weight",
            multiple=True,
            metavar="VIEW=NUMBER",
            help=f"How much a view counts, from 0; views: {', '.join(views().defaults())}.",
        ),
        click.option(
            "--jurisdiction",
            type=click.Choice(["any", "other", "same"]),
            default="any",
            help="Keep to other jurisdictions than the case's, or to the same.",
        ),
        click.option("--concluded", is_flag=True, help="Only cases that a court has concluded."),
        click.option("--country"),
        click.option("--agency"),
        click.option("--crime-type"),
        click.option("--keyword"),
        click.option("--platform"),
        click.option("--year-from", type=click.IntRange(1900, 2100)),
        click.option("--year-to", type=click.IntRange(1900, 2100)),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("case", required=False)
@click.option(
    "--text",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    help="A narrative, as a file; - reads standard input.",
)
@_restrictions
@LIBRARY
@JSON
def similar(
    case: str | None,
    file: Path | None,
    library: Path | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Cases like a case, or like a narrative, with reasons."""
    if (case is None) is (file is None):
        raise click.UsageError("give either CASE or --text FILE")
    asked = _document(file) if file else None
    assistant = commands.assistant_of(library)
    given = {name: options[name] for name in _FILTERS if options[name] is not None}
    filters = checked_filters(assistant.library, given) if given else Filters()
    wanted = Wanted(
        k=options["k"],
        weights=parsed_weights(options["weight"], "="),
        preset=options["preset"],
        constraints=Constraints(options["jurisdiction"], options["concluded"], filters),
    )
    if asked is not None:
        found = assistant.similar.like_document(asked, wanted)
    else:
        found = assistant.similar.like(case or "", wanted)
    if as_json:
        click.echo(similar_out(found).model_dump_json(indent=2))
    else:
        similar_terminal.print_similar(found)
    return 0


@click.command()
@click.argument("cases", nargs=-1, required=True, metavar="CASE CASE...")
@LIBRARY
@JSON
@click.option("--markdown", "form", flag_value="markdown", help="Print a Markdown table.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV, one line for each row.")
@click.option("--docx", "form", flag_value="docx", help="Write a Word file.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file."
)
def compare(
    cases: tuple[str, ...],
    library: Path | None,
    as_json: bool,
    form: str | None,
    output: Path | None,
) -> int:
    """Compare two to five cases field by field."""
    if as_json and form:
        raise click.UsageError("give one of --json, --markdown, --csv and --docx")
    if form == "docx" and output is None and sys.stdout.isatty():
        raise click.UsageError("a Word file cannot be shown on a terminal; give --output FILE")
    comparison = compare_cases(commands.library_of(library), cases)
    written = comparison_files.written(comparison, "json" if as_json else form or "text")
    if output is None:
        click.echo(written, nl=False)
        return 0
    try:
        output.write_bytes(written)
    except OSError as error:
        raise InvalidRequest(
            f"{output}: cannot be written ({error.strerror}); give a file in a folder that can"
        ) from error
    return 0


def _document(path: Path) -> Document:
    """What a file says: a record as it is, anything else as a narrative."""
    name = "standard input" if str(path) == "-" else str(path)
    data = sys.stdin.buffer.read() if str(path) == "-" else _bytes_of(path)
    if not data.strip():
        return narrative("")
    if binary_format(data, name) is None:
        text = decode_text(data, name)
        if text_format(text, name) in (Format.TEXT, Format.MARKDOWN):
            return narrative(text)
    documents = read_bytes(data, name).documents
    records = [d for d in documents if d.kind is DocumentKind.RECORD]
    return records[0] if records else narrative("\n\n".join(d.text for d in documents))


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(
            f"{path}: cannot be read ({error.strerror}); check the path and its permissions"
        ) from error
