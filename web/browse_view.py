"""Library + what is looked for → the cases that fit, with facets, counts and marked passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from casequote.corpus.document import Document, FieldName, Span
from casequote.corpus.library import CaseSummary, Library
from casequote.embeddings import lexical
from casequote.embeddings.terms import content_stems, stems
from casequote.prompts.across import matching_cases
from casequote.prompts.filters import Filters
from casequote.web.links import case_path, document_path

FACETS = {
    "country": FieldName.COUNTRIES,
    "crime_type": FieldName.CRIME_TYPES,
    "agency": FieldName.AGENCIES,
    "keyword": FieldName.KEYWORDS,
}
"""The filters that are offered with counts, and their fields."""
FACET_VALUES = 12
PER_PAGE = 40
PASSAGES = 200
"""Passages that a search looks at; a case shows its best one."""
SORTS = ("relevance", "title", "newest", "oldest", "documents")
SHOWN = 320
"""Characters of a passage that are shown around the first word that was looked for."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    words: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: str = "title"
    page: int = 1

    def path(self, base: str = "/cases") -> str:
        """The page of its results."""
        pairs: list[tuple[str, str]] = [("q", self.words)] if self.words else []
        pairs += [(name, str(value)) for name, value in self.filters.stated().items()]
        pairs += [("sort", self.sort)] if self.sort != "title" else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"{base}?{urlencode(pairs)}" if pairs else base


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a passage with the words that were looked for."""

    text: str
    marks: tuple[tuple[int, int], ...]
    document: Document
    section: str
    path: str
    cut: tuple[bool, bool]
    """Whether the passage goes on before and after."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list."""

    summary: CaseSummary
    path: str
    period: str
    countries: tuple[str, ...]
    crime_types: tuple[str, ...]
    documents: int
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value, the exact number of cases with it, and the list with or without it."""

    value: str
    cases: int
    path: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a filter."""

    name: str
    values: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class BrowseView:
    """A page of the list of cases."""

    wanted: Wanted
    rows: tuple[Row, ...]
    count: int
    total: int
    facets: tuple[Facet, ...]
    chosen: tuple[tuple[str, str, str], ...]
    """Name and value of each filter, and the list without it."""
    pages: int
    before: str | None
    after: str | None
    empty: bool


def browse(library: Library, wanted: Wanted) -> BrowseView:
    """The cases that meet the filters and have the words, facets counted over all of them."""
    with library.reading():
        cases = library.cases()
        total = len(cases)
        if wanted.filters.stated():
            matching = matching_cases(library, wanted.filters)
            cases = [case for case in cases if case.id in matching]
        excerpts: dict[str, Excerpt] = {}
        if wanted.words.strip():
            excerpts = _excerpts(library, wanted.words, [case.id for case in cases])
            cases = [case for case in cases if case.id in excerpts]
        facts = _Facts(library, [case.id for case in cases])
        ordered = _ordered(cases, wanted, facts, list(excerpts))
        pages = max(1, -(-len(ordered) // PER_PAGE))
        page = min(max(1, wanted.page), pages)
        shown = ordered[(page - 1) * PER_PAGE : page * PER_PAGE]
        stated = wanted.filters.stated()
        return BrowseView(
            wanted=wanted,
            rows=tuple(_row(case, facts, excerpts.get(case.id)) for case in shown),
            count=len(ordered),
            total=total,
            facets=tuple(_facet(name, wanted, facts) for name in FACETS),
            chosen=tuple(
                (name, str(value), _without(wanted, name).path()) for name, value in stated.items()
            ),
            pages=pages,
            before=replace(wanted, page=page - 1).path() if page > 1 else None,
            after=replace(wanted, page=page + 1).path() if page < pages else None,
            empty=total == 0,
        )


def excerpt_of(document: Document, span: Span, words: str, section: str = "") -> Excerpt:
    """The part of a passage around the words that were looked for, all of them marked."""
    looked_for = set(content_stems(words)) or set(stems(words))
    text = document.text
    found = [
        (m.start(), m.end())
        for m in _WORD.finditer(text, span.start, span.end)
        if looked_for & set(stems(m.group()))
    ]
    first = found[0][0] if found else span.start
    start = _at_word(text, max(span.start, first - SHOWN // 4), span.start)
    end = min(span.end, start + SHOWN)
    marks = tuple((a - start, b - start) for a, b in found if b <= end)
    return Excerpt(
        text=text[start:end],
        marks=marks,
        document=document,
        section=section,
        path=document_path(document.id, span),
        cut=(start > span.start, end < span.end),
    )


class _Facts:
    """What the records of some cases state, by case."""

    def __init__(self, library: Library, cases: Sequence[str]) -> None:
        everything = _stated(library, library.change)
        self.by_filter = {
            name: {case: everything[name][case] for case in cases if case in everything[name]}
            for name in FACETS
        }
        self.periods = everything["period"]

    def years(self, case: str) -> tuple[int, int] | None:
        """First and last year of a case's events."""
        stated = " ".join(self.periods.get(case, ()))
        found = [int(year) for year in _YEAR.findall(stated)]
        return (min(found), max(found)) if found else None

    def values(self, name: str, case: str) -> tuple[str, ...]:
        """What a case has of a filter."""
        return self.by_filter[name].get(case, ())


@lru_cache(maxsize=2)
def _stated(library: Library, change: int) -> dict[str, dict[str, tuple[str, ...]]]:
    """Filter, or `period` → case → its values, in the order of its records."""
    del change  # part of the key only
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, stating in (*FACETS.items(), ("period", FieldName.PERIOD)):
        values: dict[str, dict[str, None]] = {}
        for stated in library.fields(stating):
            values.setdefault(stated.case, {})[stated.field.value] = None
        found[name] = {case: tuple(some) for case, some in values.items()}
    return found


def _excerpts(library: Library, words: str, cases: Sequence[str]) -> dict[str, Excerpt]:
    """Case → its best passage with the words, best case first."""
    ids = library.passage_ids(cases=cases)
    found: dict[str, Excerpt] = {}
    ranked = lexical.search(library, words, PASSAGES, ids)
    for passage in library.passages([i for i, _ in ranked]):
        document = library.document(passage.document)
        if document.case and document.case not in found:
            section = " > ".join(passage.section)
            span = Span(passage.start, passage.end)
            found[document.case] = excerpt_of(document, span, words, section)
    return found


def _ordered(
    cases: Sequence[CaseSummary], wanted: Wanted, facts: _Facts, by_relevance: Sequence[str]
) -> list[CaseSummary]:
    place = {case: rank for rank, case in enumerate(by_relevance)}
    years = {case.id: facts.years(case.id) for case in cases}
    keys: dict[str, Callable[[CaseSummary], tuple[int, ...]]] = {
        "relevance": lambda case: (place.get(case.id, 0),),
        "title": lambda _: (),
        "newest": lambda case: (-(years[case.id] or (0, 0))[1],),
        "oldest": lambda case: ((years[case.id] or (9999, 9999))[0],),
        "documents": lambda case: (-len(case.records) - len(case.articles),),
    }
    return sorted(cases, key=keys.get(wanted.sort, keys["title"]))


def _row(case: CaseSummary, facts: _Facts, excerpt: Excerpt | None) -> Row:
    years = facts.years(case.id)
    return Row(
        summary=case,
        path=case_path(case.id),
        period="" if years is None else "–".join(map(str, dict.fromkeys(years))),
        countries=facts.values("country", case.id),
        crime_types=facts.values("crime_type", case.id),
        documents=len(case.records) + len(case.articles),
        excerpt=excerpt,
    )


def _facet(name: str, wanted: Wanted, facts: _Facts) -> Facet:
    counts = Counter(value for values in facts.by_filter[name].values() for value in values)
    chosen = wanted.filters.stated().get(name)
    ordered = sorted(counts, key=lambda value: (value != chosen, -counts[value], value))
    values = [
        FacetValue(
            value=value,
            cases=counts[value],
            path=(_without(wanted, name) if value == chosen else _with(wanted, name, value)).path(),
            chosen=value == chosen,
        )
        for value in ordered[: 5 * FACET_VALUES]
    ]
    return Facet(name, tuple(values[:FACET_VALUES]), tuple(values[FACET_VALUES:]))


def _with(wanted: Wanted, name: str, value: str | None) -> Wanted:
    changed: dict[str, Any] = {name: value}
    return replace(wanted, filters=replace(wanted.filters, **changed), page=1)


def _without(wanted: Wanted, name: str) -> Wanted:
    return _with(wanted, name, None)


def _at_word(text: str, position: int, least: int) -> int:
    """The beginning of the word at a position."""
    while position > least and not text[position - 1].isspace():
        position -= 1
    return position
