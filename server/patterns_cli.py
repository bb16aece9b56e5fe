"""`casequote patterns …`: options → facets, timelines and networks → output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from casequote.corpus.library import Library
from casequote.prompts.filters import Filters, checked_filters
from casequote.prompts.patterns.facets import facets as facets_of
from casequote.prompts.patterns.network import LINKED, co_occurrence
from casequote.prompts.patterns.network import network as network_of
from casequote.prompts.patterns.timeline import timeline as timeline_of
from casequote.prompts.patterns.values import KINDS, known_value
from casequote.server import commands, patterns_wire
from casequote.server.similar_cli import JSON, LIBRARY
from casequote.server.wire import Wire

_FILTERS = ("country", "agency", "crime_type", "keyword", "platform", "year_from", "year_to")
_SHOWN = 15
"""Values of a facet that are printed for people."""


def _filtered(command: Callable[..., int]) -> Callable[..., int]:
    """The options that choose cases."""
    for name in reversed(_FILTERS):
        kind = click.IntRange(1900, 2100) if name.startswith("year") else str
        command = click.option("--" + name.replace("_", "-"), type=kind)(command)
    return LIBRARY(JSON(command))


@click.group()
def patterns() -> None:
    """Facets, timelines and networks over the whole collection."""


@patterns.command()
@_filtered
def facets(library: Path | None, as_json: bool, **given: Any) -> int:
    """In how many cases each country, agency, offence, platform … is stated."""
    opened = commands.library_of(library)
    filters = _checked(opened, given)
    found = facets_of(opened, filters)
    if as_json:
        return _print_json(patterns_wire.facets_out(found, filters.stated()))
    for kind, values in found.facets.items():
        click.echo(f"{kind} ({len(values)} values in {found.cases} cases)")
        for value in values[:_SHOWN]:
            click.echo(f"{len(value.cases):>6}  {value.value}")
    return 0


@patterns.command()
@click.option("--case", help="Keep to one case.")
@_filtered
def timeline(case: str | None, library: Path | None, as_json: bool, **given: Any) -> int:
    """The dated events of one case or of the collection."""
    opened = commands.library_of(library)
    filters = _checked(opened, given)
    found = timeline_of(opened, filters, case)
    if as_json:
        return _print_json(patterns_wire.timeline_out(found, case, filters.stated()))
    for event in found.events:
        text = " ".join(event.quote.text.split())
        click.echo(f"{event.date:<22} {text}  ({event.case})")
    return 0


@patterns.command()
@click.option("--kind", type=click.Choice([*LINKED, "both"]), default="agency", show_default=True)
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Cases.")
@click.option("-k", type=click.IntRange(1, 1_000), default=30, show_default=True)
@_filtered
def network(
    kind: str, least: int, k: int, library: Path | None, as_json: bool, **given: Any
) -> int:
    """Agencies and countries that are named for the same cases."""
    opened = commands.library_of(library)
    filters = _checked(opened, given)
    kinds = LINKED if kind == "both" else (kind,)
    found = network_of(opened, filters, kinds=kinds, least=least, most=k)
    if as_json:
        return _print_json(patterns_wire.network_out(found, filters.stated()))
    names = {node.id: node.name for node in found.nodes}
    for edge in found.edges:
        click.echo(f"{len(edge.cases):>4}  {names[edge.first]} – {names[edge.second]}")
    if found.left_out:
        click.echo(f"{found.left_out} lighter edges are left out")
    return 0


@patterns.command()
@click.argument("value")
@click.option("--kind", type=click.Choice(KINDS), default="agency", show_default=True)
@click.option("--of", "beside_kind", type=click.Choice(KINDS), default="agency", show_default=True)
@click.option("-k", type=click.IntRange(1, 1_000), default=20, show_default=True)
@_filtered
def beside(
    value: str,
    kind: str,
    beside_kind: str,
    k: int,
    library: Path | None,
    as_json: bool,
    **given: Any,
) -> int:
    """What is named most often beside VALUE, such as agencies beside Europol."""
    opened = commands.library_of(library)
    filters = _checked(opened, given)
    known = known_value(opened, kind, value)
    found = co_occurrence(opened, kind, known, beside=beside_kind, filters=filters, most=k)
    if as_json:
        return _print_json(patterns_wire.co_occurrence_out(found, filters.stated()))
    click.echo(f"{found.value}: {found.cases} cases")
    for other in found.beside:
        click.echo(f"{len(other.cases):>4} of {other.of_its_cases:<4} {other.value}")
    return 0


def _checked(library: Library, given: dict[str, Any]) -> Filters:
    stated = {name: value for name, value in given.items() if value is not None}
    return checked_filters(library, stated) if stated else Filters()


def _print_json(out: Wire) -> int:
    click.echo(out.model_dump_json(indent=2))
    return 0
