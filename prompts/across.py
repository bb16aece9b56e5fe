"""Questions over many cases: exact, from the structured fields; never a sample.

Conditions → the cases that meet them all, each with the item that shows it, and in how many cases
the field that a condition reads is not stated at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casequote.corpus.document import Document, FieldName
from casequote.corpus.library import Library, StatedField
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.evidence import sentence_stems
from casequote.prompts.filters import FIELDS, Filters
from casequote.prompts.findings import Finding, Findings, NotFound, Quote
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.measures import Comparison
from casequote.prompts.synonyms import spelled_out

_FIRST = (FieldName.KEYWORDS, FieldName.CRIME_TYPES, FieldName.TITLE, FieldName.ALIASES)
_NEVER = (FieldName.SOURCES, FieldName.CONFLICTS)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SHOWN_IN_ORDER = 3
"""Cases shown for "the largest", ties with the last one included."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A restriction: the cases that meet it, with the items that show it."""

    met: Mapping[str, list[StatedField]]
    label: str | None = None
    """What it reads, where a case may leave that out."""
    missing: int = 0
    """Cases that do not state it."""


def matching_cases(library: Library, filters: Filters) -> dict[str, list[StatedField]]:
    """Case → an item for each restriction that it meets; cases that miss one are left out."""
    return _shared(_filtered(library, filters, len(library.cases())))


def answer_across(
    asked: Interpretation, library: Library, catalogue: Catalogue
) -> Findings | NotFound:
    """The cases that a question over many cases asks for."""
    count = len(catalogue.cases)
    conditions = _filtered(library, asked.filters, count)
    if left := frozenset(asked.left):
        conditions.append(Condition(_by_words(left, library)))
    sizes: dict[str, float] = {}
    if asked.comparison:
        measured, sizes = _by_size(asked.comparison, library, count)
        conditions.append(measured)
    shared = _shared(conditions)
    if not shared:
        return NotFound("not_in_corpus", "no_case", {"missing": _missing(conditions)})
    order = _in_order(shared, sizes, asked.comparison, catalogue)
    return Findings(
        values=tuple(_finding(library, catalogue, case, shared[case]) for case in order),
        cases=tuple(order),
        notes={
            "cases": len(shared),
            "of": count,
            "missing": _missing(conditions),
            "listed": _listed(asked.comparison, sizes, catalogue),
            "ordered": asked.comparison.label
            if asked.comparison and asked.comparison.order
            else None,
        },
    )


def _shared(conditions: Iterable[Condition]) -> dict[str, list[StatedField]]:
    met = [condition.met for condition in conditions]
    if not met:
        return {}
    shared = set(met[0]).intersection(*met[1:])
    return {case: [item for found in met for item in found[case]] for case in sorted(shared)}


def _listed(
    comparison: Comparison | None, sizes: Mapping[str, float], catalogue: Catalogue
) -> dict[str, int]:
    """Title → how many items the record lists, where that is what is compared."""
    if comparison is None or comparison.type != "number_of_items":
        return {}
    return {catalogue.cases[case].summary.title: int(size) for case, size in sizes.items()}


def _missing(conditions: Iterable[Condition]) -> list[tuple[str, int]]:
    return [(c.label, c.missing) for c in conditions if c.label and c.missing]


def _in_order(
    shared: Mapping[str, object],
    sizes: Mapping[str, float],
    comparison: Comparison | None,
    catalogue: Catalogue,
) -> list[str]:
    """The cases by title and id, or for "the largest" the first ones by size."""
    if comparison is None or comparison.order is None:
        return sorted(
            shared, key=lambda case: (catalogue.cases[case].summary.title.casefold(), case)
        )
    sign = -1 if comparison.order == "most" else 1
    order = sorted(shared, key=lambda case: (sign * sizes[case], case))
    least = sizes[order[:SHOWN_IN_ORDER][-1]]
    return [case for case in order if sign * sizes[case] <= sign * least]


def _filtered(library: Library, filters: Filters, count: int) -> list[Condition]:
    found = []
    for name, value in filters.stated().items():
        if name in FIELDS:
            stated = {field.case for field in library.fields(FIELDS[name])}
            met = _by_value(library, FIELDS[name], str(value))
            label = FIELDS[name].value.replace("_", " ")
            found.append(Condition(met, label, count - len(stated)))
    if filters.year_from is not None or filters.year_to is not None:
        stated = {field.case for field in library.fields(FieldName.PERIOD)}
        found.append(Condition(_by_years(library, filters), "period", count - len(stated)))
    return found


def _by_value(library: Library, name: FieldName, value: str) -> dict[str, list[StatedField]]:
    """The first item of each case whose normal form is the value, or a part of it by parentage."""
    found: dict[str, list[StatedField]] = {}
    wanted = fold(value)
    for stated in library.fields(name):
        normal = fold(stated.field.value)
        if (
            normal == wanted
            or (name is FieldName.AGENCIES and _belongs(stated.field.value, value))
            or (name in (FieldName.COURTS, FieldName.PLATFORMS) and wanted in normal)
        ):
            found.setdefault(stated.case, [stated])
    return found


def _belongs(body: str, parent: str) -> bool:
    return parent in vocabulary().parents(body)


def _by_years(library: Library, filters: Filters) -> dict[str, list[StatedField]]:
    first, last = filters.year_from or 0, filters.year_to or 9999
    found: dict[str, list[StatedField]] = {}
    for stated in library.fields(FieldName.PERIOD):
        years = [int(year) for year in _YEAR.findall(stated.field.value)]
        if years and min(years) <= last and max(years) >= first:
            found.setdefault(stated.case, [stated])
    return found


def _by_words(wanted: frozenset[str], library: Library) -> dict[str, list[StatedField]]:
    """Cases with one item that has every wanted word; keywords and titles come first."""
    forms = [spelled_out(stem) for stem in sorted(wanted)]
    found: dict[str, list[StatedField]] = {}
    for name in (*_FIRST, *(name for name in FieldName if name not in (*_FIRST, *_NEVER))):
        for stated in library.fields(name):
            text = sentence_stems(library.document(stated.document).quote(stated.field))
            if all(any(form <= text for form in alternatives) for alternatives in forms):
                found.setdefault(stated.case, [stated])
    return found


def _by_size(asked: Comparison, library: Library, count: int) -> tuple[Condition, dict[str, float]]:
    """Cases whose items state a size within the bound, with the size that decides."""
    if asked.type == "number_of_items":
        return _by_number(asked, library, count)
    items: dict[str, list[StatedField]] = {}
    sizes: dict[str, float] = {}
    stated_in: set[str] = set()
    for name in asked.fields:
        for stated in library.fields(name):
            if asked.part and stated.field.attributes.get("part") != asked.part:
                continue
            size = asked.size(library.document(stated.document).quote(stated.field))
            if size is None:
                continue
            stated_in.add(stated.case)
            known = sizes.get(stated.case, math.inf if asked.smallest else -math.inf)
            if asked.admits(size) and (size < known if asked.smallest else size > known):
                items[stated.case], sizes[stated.case] = [stated], size
    return Condition(items, asked.label, count - len(stated_in)), sizes


def _by_number(
    asked: Comparison, library: Library, count: int
) -> tuple[Condition, dict[str, float]]:
    """The same for the number of items: defendants, agencies, countries."""
    items: dict[str, list[StatedField]] = {}
    for stated in library.fields(asked.fields[0]):
        if stated.field.attributes.get("part", "name") == (asked.part or "name"):
            items.setdefault(stated.case, []).append(stated)
    sizes = {case: float(len(found)) for case, found in items.items()}
    met = {case: found for case, found in items.items() if asked.admits(sizes[case])}
    return Condition(met, asked.label, count - len(items)), sizes


def _finding(
    library: Library, catalogue: Catalogue, case: str, items: Iterable[StatedField]
) -> Finding:
    title = catalogue.cases[case].summary.title
    quotes = [_title_quote(library.document(catalogue.cases[case].summary.records[0]))]
    for stated in items:
        document = library.document(stated.document)
        quotes.append(Quote(document, stated.field.start, stated.field.end))
    return Finding(title, case, tuple(quotes))


def _title_quote(document: Document) -> Quote:
    (field,) = document.items(FieldName.TITLE)[:1]
    return Quote(document, field.start, field.end)
