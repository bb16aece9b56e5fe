"""Cases, documents and search results as they are sent, for HTTP and `--json` alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from casequote.corpus.document import Document, FieldName
from casequote.corpus.ingest import IngestReport
from casequote.corpus.library import CaseSummary, Library
from casequote.embeddings.retriever import RankedPassage
from casequote.prompts.across import matching_cases
from casequote.prompts.filters import Filters
from casequote.server.wire import Wire

FACETS = (FieldName.COUNTRIES, FieldName.AGENCIES, FieldName.CRIME_TYPES, FieldName.KEYWORDS)


class SearchResult(Wire):
    """A passage that a search found."""

    rank: int
    score: float
    document: str
    case: str | None
    title: str
    section: str
    start: int
    end: int
    text: str


class SearchOut(Wire):
    """Ranked passages, nothing composed."""

    query: str
    results: list[SearchResult]


class CaseOut(Wire):
    """A case in a listing."""

    id: str
    title: str
    names: list[str]
    records: list[str]
    articles: list[str]


class FacetValue(Wire):
    """A value and the exact number of cases that have it."""

    value: str
    cases: int


class CasesOut(Wire):
    """The cases that meet the filters, and the facets over them."""

    count: int
    filters: dict[str, str | int]
    cases: list[CaseOut]
    facets: dict[str, list[FacetValue]]


class FieldOut(Wire):
    """A stated item: ``document_text[start:end] == text``."""

    name: str
    text: str
    value: str
    document: str
    section: str
    start: int
    end: int
    sources: list[int]
    attributes: dict[str, str]


class SourceOut(Wire):
    """A public source that a record names."""

    number: int
    publisher: str
    title: str
    url: str | None
    date: str | None
    official: bool


class LinkOut(Wire):
    """How sure it is that a document belongs to its case, and why."""

    confidence: float
    reason: str


class DocumentOut(Wire):
    """A document without its text."""

    id: str
    kind: str
    case: str | None
    title: str
    publisher: str | None
    date: str | None
    url: str | None
    official: bool
    link: LinkOut | None


class SectionOut(Wire):
    """A titled part of a document; the span is its body."""

    path: list[str]
    start: int
    end: int


class DocumentTextOut(DocumentOut):
    """A document with the exact text that offsets refer to."""

    text: str
    sections: list[SectionOut]
    fields: list[FieldOut]
    sources: list[SourceOut]


class CaseDetailOut(CaseOut):
    """A case with what its records state and the documents it has."""

    fields: list[FieldOut]
    documents: list[DocumentOut]
    sources: list[SourceOut]


def search_out(library: Library, query: str, found: Sequence[RankedPassage]) -> SearchOut:
    """Search results as they are sent."""
    results = []
    for ranked in found:
        passage = ranked.passage
        document = library.document(passage.document)
        results.append(
            SearchResult(
                rank=ranked.rank,
                score=round(ranked.score, 6),
                document=document.id,
                case=document.case,
                title=document.title,
                section=" > ".join(passage.section),
                start=passage.start,
                end=passage.end,
                text=document.text[passage.start : passage.end],
            )
        )
    return SearchOut(query=query, results=results)


def cases_out(library: Library, filters: Filters) -> CasesOut:
    """The cases that meet the filters (all without one), with exact facet counts."""
    cases = library.cases()
    if filters.stated():
        matching = matching_cases(library, filters)
        cases = [case for case in cases if case.id in matching]
    return CasesOut(
        count=len(cases),
        filters=filters.stated(),
        cases=[_case(case) for case in cases],
        facets={name.value: _facet(library, name, cases) for name in FACETS},
    )


def case_out(library: Library, case: CaseSummary) -> CaseDetailOut:
    """A case with its fields and documents."""
    documents = [library.document(i) for i in (*case.records, *case.articles)]
    return CaseDetailOut(
        **_case(case).model_dump(),
        fields=[field for document in documents for field in _fields(document)],
        documents=[document_out(document) for document in documents],
        sources=[source for document in documents for source in _sources(document)],
    )


def document_out(document: Document) -> DocumentOut:
    """What is listed of a document."""
    link = document.link
    return DocumentOut(
        id=document.id,
        kind=document.kind.value,
        case=document.case,
        title=document.title,
        publisher=document.publisher,
        date=document.date,
        url=document.url,
        official=document.official,
        link=LinkOut(confidence=link.confidence, reason=link.reason) if link else None,
    )


def document_text_out(document: Document) -> DocumentTextOut:
    """A document with its text, sections, fields and sources."""
    return DocumentTextOut(
        **document_out(document).model_dump(),
        text=document.text,
        sections=[
            SectionOut(path=list(s.path), start=s.start, end=s.end) for s in document.sections
        ],
        fields=_fields(document),
        sources=_sources(document),
    )


def _case(case: CaseSummary) -> CaseOut:
    return CaseOut(
        id=case.id,
        title=case.title,
        names=list(case.names),
        records=list(case.records),
        articles=list(case.articles),
    )


def _facet(library: Library, name: FieldName, cases: Iterable[CaseSummary]) -> list[FacetValue]:
    stated = {
        (item.case, item.field.value)
        for item in library.fields(name, cases=[case.id for case in cases])
    }
    counts = Counter(value for _, value in stated)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [FacetValue(value=value, cases=count) for value, count in ordered]


def _fields(document: Document) -> list[FieldOut]:
    found = []
    for item in document.fields:
        section = document.section_at(item.start)
        found.append(
            FieldOut(
                name=item.name.value,
                text=document.quote(item),
                value=item.value,
                document=document.id,
                section=section.label if section else "",
                start=item.start,
                end=item.end,
                sources=list(item.sources),
                attributes=dict(item.attributes),
            )
        )
    return found


def _sources(document: Document) -> list[SourceOut]:
    return [
        SourceOut(
            number=s.number,
            publisher=s.publisher,
            title=s.title,
            url=s.url,
            date=s.date,
            official=s.official,
        )
        for s in document.sources
    ]


class IngestFileOut(Wire):
    """What became of one file."""

    path: str
    outcome: str
    documents: list[str]
    problems: list[str]


class LinkedOut(Wire):
    """A document that was linked to a case by its content."""

    document: str
    case: str | None
    confidence: float
    reason: str


class IngestOut(Wire):
    """What became of every file of a run."""

    complete: bool
    files: list[IngestFileOut]
    linked: list[LinkedOut]


def ingest_out(report: IngestReport) -> IngestOut:
    """A report as it is sent."""
    return IngestOut(
        complete=report.complete,
        files=[
            IngestFileOut(
                path=file.path,
                outcome=file.outcome.value,
                documents=list(file.documents),
                problems=list(file.problems),
            )
            for file in report.files
        ],
        linked=[
            LinkedOut(
                document=document.id,
                case=document.case,
                confidence=document.link.confidence,
                reason=document.link.reason,
            )
            for document in report.linked
            if document.link
        ],
    )
