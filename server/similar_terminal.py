"""What `casequote similar` prints for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from casequote.prompts.answer import Extract
from casequote.prompts.similarity.results import Similar, SimilarCase


def print_similar(found: Similar) -> None:
    """The cases with their reasons and differences, then the weights in force."""
    click.echo(f"Like: {found.title}")
    if found.recognised:
        names = dict.fromkeys(name.name for name in found.recognised)
        click.echo(f"Recognised: {', '.join(names)}")
    if not found.results:
        limited = bool(found.constraints.stated())
        why = "meets the constraints" if limited else "is there to compare with"
        click.echo(f"\nNo other case of the library {why}.")
    for result in found.results:
        click.echo("")
        for line in _result(result):
            click.echo(line)
    weights = ", ".join(f"{view} {weight:g}" for view, weight in found.weights.items())
    click.echo(f"\nOf {found.compared} cases. Weights: {weights}")
    if stated := found.constraints.stated():
        click.echo("Constraints: " + ", ".join(f"{k} {v}" for k, v in stated.items()))


def _result(result: SimilarCase) -> Iterator[str]:
    yield f"{result.rank:>3}. {result.title}  ({result.case}, {result.score:.2f})"
    for reason in result.reasons:
        yield f"     + {reason.text}"
        yield from _quotes(reason.extracts)
    for difference in result.differences:
        yield f"     - {difference.text}"
    if result.repeats:
        yield f"     repeats the text of {result.repeats}: no witness of its own"


def _quotes(extracts: Sequence[Extract]) -> Iterator[str]:
    for extract in extracts:
        text = " ".join(extract.text.split())
        yield f"         “{text}”"
        yield f"         {extract.document.id}, characters {extract.start}–{extract.end}"
