"""Questions over many cases: exact, from the structured fields; never a sample.

Filters → the cases that meet them all, each with the item that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from casequote.corpus.document import Document, FieldName
from casequote.corpus.library import Library, StatedField
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.evidence import sentence_stems
from casequote.prompts.filters import FIELDS, Filters
from casequote.prompts.findings import Finding, Findings, NotFound, Quote
from casequote.prompts.interpretation import Interpretation

_FIRST = (FieldName.KEYWORDS, FieldName.CRIME_TYPES, FieldName.TITLE, FieldName.ALIASES)
_NEVER = (FieldName.SOURCES, FieldName.CONFLICTS)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def matching_cases(library: Library, filters: Filters) -> dict[str, list[StatedField]]:
    """Case → an item for each restriction that it meets; cases that miss one are left out."""
    met: list[dict[str, StatedField]] = []
    for name, value in filters.stated().items():
        if name in FIELDS:
            met.append(_by_value(library, FIELDS[name], str(value)))
    if filters.year_from is not None or filters.year_to is not None:
        met.append(_by_years(library, filters))
    if not met:
        return {}
    shared = set(met[0]).intersection(*met[1:])
    return {case: [found[case] for found in met] for case in sorted(shared)}


def _by_value(library: Library, name: FieldName, value: str) -> dict[str, StatedField]:
    """The first item of each case whose normal form is the value, or a part of it by parentage."""
    found: dict[str, StatedField] = {}
    wanted = fold(value)
    for stated in library.fields(name):
        normal = fold(stated.field.value)
        if (
            normal == wanted
            or (name is FieldName.AGENCIES and _belongs(stated.field.value, value))
            or (name in (FieldName.COURTS, FieldName.PLATFORMS) and wanted in normal)
        ):
            found.setdefault(stated.case, stated)
    return found


def _belongs(body: str, parent: str) -> bool:
    return parent in vocabulary().parents(body)


def _by_years(library: Library, filters: Filters) -> dict[str, StatedField]:
    first, last = filters.year_from or 0, filters.year_to or 9999
    found: dict[str, StatedField] = {}
    for stated in library.fields(FieldName.PERIOD):
        years = [int(year) for year in _YEAR.findall(stated.field.value)]
        if years and min(years) <= last and max(years) >= first:
            found.setdefault(stated.case, stated)
    return found


def answer_across(
    asked: Interpretation, library: Library, catalogue: Catalogue
) -> Findings | NotFound:
    """The cases that a question over many cases asks for."""
    conditions = []
    if asked.filters.stated():
        conditions.append(matching_cases(library, asked.filters))
    if left := frozenset(asked.left):
        by_words = _by_words(left, library)
        if by_words or not conditions:
            conditions.append(by_words)
    shared = set(conditions[0]).intersection(*conditions[1:]) if conditions else set()
    if not shared:
        return NotFound("not_in_corpus", "no_case", {"filters": asked.filters.stated()})
    findings = [
        _finding(library, catalogue, case, [item for met in conditions for item in met[case]])
        for case in shared
    ]
    return Findings(
        values=tuple(sorted(findings, key=lambda f: (f.text.casefold(), f.normal))),
        cases=tuple(sorted(shared)),
        notes={"cases": len(shared), "of": len(catalogue.cases)},
    )


def _by_words(wanted: frozenset[str], library: Library) -> dict[str, list[StatedField]]:
    """Cases with one item that has every wanted word; keywords and titles come first."""
    found: dict[str, list[StatedField]] = {}
    for name in (*_FIRST, *(name for name in FieldName if name not in (*_FIRST, *_NEVER))):
        for stated in library.fields(name):
            text = library.document(stated.document).quote(stated.field)
            if wanted <= sentence_stems(text):
                found.setdefault(stated.case, [stated])
    return found


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
