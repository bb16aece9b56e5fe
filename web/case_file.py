"""Case → its page: facts at a glance, timeline, agencies by country, text by section, sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casequote.corpus.document import Document, Field, FieldName, Span
from casequote.corpus.library import CaseSummary, Library
from casequote.web.collection_view import CaseView, case_view
from casequote.web.document_view import Block, NamedSource, blocks, grouped, named_sources
from casequote.web.links import document_path
from casequote.web.source_panel import SourcePanel, source_panel
from casequote.web.victims import may_be_listed

GLANCE = (
    FieldName.PERIOD,
    FieldName.STATUS,
    FieldName.JURISDICTIONS,
    FieldName.COURTS,
    FieldName.CRIME_TYPES,
    FieldName.ARRESTS,
    FieldName.VICTIMS,
    FieldName.AMOUNTS,
    FieldName.SENTENCE,
    FieldName.OUTCOME,
)
"""Fields at a glance, in order."""
MOST_EACH = 4
_DATE = re.compile(r"\d{4}(-\d\d)?(-\d\d)?")


@dataclass(frozen=True, slots=True)
class Stated:
    """Characters of a document that state something, and where they stand."""

    text: str
    path: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field and what is stated for it."""

    name: str
    items: tuple[Stated, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event."""

    date: str
    stated: Stated


@dataclass(frozen=True, slots=True)
class RecordText:
    """A record's text by section."""

    document: Document
    groups: tuple[tuple[Block, ...], ...]
    sources: tuple[NamedSource, ...]
    path: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything that the page of a case shows."""

    listed: CaseView
    glance: tuple[Fact, ...]
    events: tuple[Event, ...]
    agencies: tuple[tuple[str, tuple[Stated, ...]], ...]
    """Country (empty where none is stated) and its agencies."""
    countries: tuple[Stated, ...]
    records: tuple[RecordText, ...]
    panel: SourcePanel
    documents: tuple[Document, ...]


def case_file(library: Library, case: CaseSummary) -> CaseFile:
    """The page of a case."""
    with library.reading():
        records = [library.document(i) for i in case.records]
        articles = [library.document(i) for i in case.articles]
        return CaseFile(
            listed=case_view(library, case),
            glance=tuple(fact for name in GLANCE if (fact := _fact(records, name)).items),
            events=_events(records),
            agencies=_agencies(records),
            countries=_all(records, FieldName.COUNTRIES),
            records=tuple(_text(record) for record in records),
            panel=source_panel(records, articles),
            documents=(*records, *articles),
        )


def _fact(records: Sequence[Document], name: FieldName) -> Fact:
    items = _all(records, name)
    return Fact(name.value, items[:MOST_EACH], max(0, len(items) - MOST_EACH))


def _all(records: Sequence[Document], name: FieldName) -> tuple[Stated, ...]:
    """What the records state of a field, each wording once; victims are not named."""
    found: dict[str, Stated] = {}
    for record in records:
        for item in filter(may_be_listed, record.items(name)):
            about = item.attributes.get("defendant") or item.attributes.get("label") or ""
            if name is FieldName.VICTIMS:
                about = item.attributes.get("part", "").replace("_", " ")
            stated = _stated(record, item, about)
            found.setdefault(f"{about}:{stated.text.casefold()}", stated)
    return tuple(found.values())


def _stated(document: Document, item: Field, about: str = "") -> Stated:
    text = document.text[slice(*item.value_span)]
    return Stated(text, document_path(document.id, Span(item.start, item.end)), about)


def _events(records: Sequence[Document]) -> tuple[Event, ...]:
    found = [
        Event(match.group(), _stated(record, item))
        for record in records
        for item in record.items(FieldName.DATES)
        if (match := _DATE.match(item.attributes.get("date", "")))
    ]
    return tuple(sorted(found, key=lambda event: event.date))


def _agencies(records: Sequence[Document]) -> tuple[tuple[str, tuple[Stated, ...]], ...]:
    grouped_by: dict[str, dict[str, Stated]] = {}
    for record in records:
        for item in record.items(FieldName.AGENCIES):
            country = item.attributes.get("country", "")
            grouped_by.setdefault(country, {}).setdefault(item.value, _stated(record, item))
    return tuple(
        (country, tuple(grouped_by[country].values()))
        for country in sorted(grouped_by, key=lambda name: (not name, name))
    )


def _text(record: Document) -> RecordText:
    return RecordText(
        record,
        tuple(grouped(blocks(record))),
        named_sources(record),
        document_path(record.id),
    )
