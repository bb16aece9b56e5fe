"""Field of records → its values, with the cases that state each and where they do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Literal, get_args

from casequote.corpus.document import Document, FieldName
from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.corpus.library import Library, StatedField
from casequote.corpus.normal import fold, normal_form
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.likeness.marks import mark_index, tokens_of
from casequote.prompts.across import matching_cases
from casequote.prompts.filters import Filters
from casequote.prompts.findings import Quote

Kind = Literal[
    "country", "agency", "crime_type", "keyword", "year", "platform", "measure", "outcome"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
_FIELDS = {
    "country": FieldName.COUNTRIES,
    "agency": FieldName.AGENCIES,
    "crime_type": FieldName.CRIME_TYPES,
    "keyword": FieldName.KEYWORDS,
    "year": FieldName.PERIOD,
    "platform": FieldName.PLATFORMS,
    "measure": FieldName.MEASURES,
    "outcome": FieldName.OUTCOME,
}
_MARKED = {"measure": "measures", "outcome": "outcome"}
"""Kinds that are counted by what a reader notes, because each record words them anew."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STATUS = {
    "concluded": "concluded by a court",
    "pending": "pending",
    "operation": "law enforcement operation",
    "unknown": "result not known",
}

Values = dict[str, dict[str, Quote]]
"""Value → case → the first place where the case states it."""


def values_of(library: Library, kind: str, cases: Collection[str] | None = None) -> Values:
    """The values of a kind over the cases, or over some of them. Raises InvalidRequest."""
    if kind not in _FIELDS:
        raise InvalidRequest(f"patterns: {kind!r} is no kind of value; use {', '.join(KINDS)}")
    found: Values = {}
    names = [_FIELDS[kind]] + ([FieldName.STATUS] if kind == "outcome" else [])
    for name in names:
        for stated in library.fields(name):
            if cases is not None and stated.case not in cases:
                continue
            document = library.document(stated.document)
            quote = Quote(document, *stated.field.value_span)
            for value in _values(kind, stated, document):
                found.setdefault(value, {}).setdefault(stated.case, quote)
    return found


def chosen_cases(library: Library, filters: Filters) -> frozenset[str] | None:
    """Ids of the cases that meet the filters; None, for all, where there is none."""
    return frozenset(matching_cases(library, filters)) if filters.stated() else None


def _values(kind: str, stated: StatedField, document: Document) -> Iterator[str]:
    text = document.text[slice(*stated.field.value_span)]
    if stated.field.name is FieldName.STATUS:
        yield _STATUS.get(stated.field.value, stated.field.value)
    elif kind == "year":
        years = [int(year) for year in _YEAR.findall(text)]
        yield from (str(y) for y in range(min(years), max(years) + 1)) if years else ()
    elif kind in _MARKED:
        hits = mark_index().find(tokens_of(text))
        yield from dict.fromkeys(h.mark.label for h in hits if h.mark.view == _MARKED[kind])
    elif kind == "platform":
        named = [m.name for m in vocabulary().mentions(text) if m.kind == "platform"]
        yield from dict.fromkeys(named or [stated.field.value])
    else:
        yield stated.field.value


def known_value(library: Library, kind: str, text: str) -> str:
    """The value of a kind that a text stands for, as the library has it.

    Raises NotInLibrary with near values, so that a mistyped name never counts as none.
    """
    values = values_of(library, kind)
    wanted = {fold(text), fold(normal_form(_FIELDS[kind], text))}
    for value in sorted(values):
        if fold(value) in wanted:
            return value
    near = get_close_matches(text, sorted(values), n=3, cutoff=0.4)
    hint = f"; near: {', '.join(near)}" if near else ""
    raise NotInLibrary(f"patterns: no case has the {kind} {text!r}{hint}")
