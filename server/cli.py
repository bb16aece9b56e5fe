"""The command line of the contract. Each command: settings → parts → one call → output."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from casequote.corpus.errors import CaseQuoteError
from casequote.server import commands, patterns_cli, similar_cli
from casequote.server.training_cli import train

_LIBRARY = click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the library; default $CASEQUOTE_LIBRARY, else the user's data folder.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="casequote", message="%(version)s")
def cli() -> None:
    """Answers from case records and articles, cited to the exact characters."""


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_LIBRARY
@_JSON
def ingest(paths: tuple[Path, ...], library: Path | None, as_json: bool) -> int:
    """Read files and folders into a library, which is made if it does not exist."""
    return commands.ingest(paths, library, as_json)


@cli.command()
@click.argument("question")
@click.option("--after", multiple=True, help="An earlier question of the conversation.")
@click.option("--case", "cases", multiple=True, help="Id of a case to which to keep.")
@_LIBRARY
@_JSON
def ask(
    question: str,
    after: tuple[str, ...],
    cases: tuple[str, ...],
    library: Path | None,
    as_json: bool,
) -> int:
    """Answer a question with values and extracts, each cited."""
    return commands.ask(question, after, cases, library, as_json)


@cli.command()
@_LIBRARY
def chat(library: Path | None) -> int:
    """Ask in a conversation; numbers open citations in their documents."""
    return commands.chat(library)


@cli.command()
@click.argument("query")
@click.option("-k", type=click.IntRange(1, 100), default=10, show_default=True)
@_LIBRARY
@_JSON
def search(query: str, k: int, library: Path | None, as_json: bool) -> int:
    """Ranked passages, nothing composed."""
    return commands.search(query, k, library, as_json)


@cli.command()
@_LIBRARY
@_JSON
def cases(library: Path | None, as_json: bool) -> int:
    """List the cases."""
    return commands.cases(library, as_json)


@cli.command()
@click.argument("case")
@_LIBRARY
@_JSON
def show(case: str, library: Path | None, as_json: bool) -> int:
    """Show one case with its fields and documents."""
    return commands.show(case, library, as_json)


@cli.command()
@click.argument("documents", nargs=-1, required=True)
@_LIBRARY
def remove(documents: tuple[str, ...], library: Path | None) -> int:
    """Take documents out of the library."""
    return commands.remove(documents, library)


@cli.command()
@click.argument("questions", type=click.Path(dir_okay=False, path_type=Path))
@_LIBRARY
@_JSON
def evaluate(questions: Path, library: Path | None, as_json: bool) -> int:
    """Measure answers against a file of questions with expectations."""
    return commands.evaluate(questions, library, as_json)


@cli.command()
@_LIBRARY
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True)
def serve(library: Path | None, host: str, port: int) -> int:
    """Serve the web page and the API."""
    return commands.serve(library, host, port)


@cli.command()
@click.argument("question", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help="Read {id, question, text} lines from standard input.")
@_JSON
def extract(question: str | None, file: Path | None, jsonl: bool, as_json: bool) -> int:
    """Quote from one file, or from lines of standard input, without a library."""
    if jsonl:
        if question or file:
            raise click.UsageError("--jsonl takes no QUESTION and no FILE; it reads standard input")
        return commands.extract_lines(sys.stdin, sys.stdout)
    if not question or not file:
        raise click.UsageError("give QUESTION and FILE, or --jsonl with lines on standard input")
    return commands.extract(question, file, as_json)


@cli.command()
@_LIBRARY
def doctor(library: Path | None) -> int:
    """Check the library and say what is wrong and how to mend it."""
    return commands.doctor(library)


for _command in (similar_cli.similar, similar_cli.compare, patterns_cli.patterns, train):
    cli.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script: runs a command and exits with its status."""
    try:
        status = cli.main(args=arguments, standalone_mode=False)
    except click.exceptions.Exit as done:
        status = done.exit_code
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; what was stored is kept", err=True)
        status = 130
    except CaseQuoteError as error:
        click.echo(str(error), err=True)
        status = 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nothing more can be said
        status = 1
    sys.exit(status if isinstance(status, int) else 0)
