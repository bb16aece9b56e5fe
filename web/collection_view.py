"""Library → the lists of cases and documents, and questions that the collection can answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casequote.corpus.document import DocumentKind, FieldName
from casequote.corpus.library import CaseSummary, DocumentSummary, Library
from casequote.web.links import case_path, document_path

ASKED_FIELDS = (
    FieldName.AGENCIES,
    FieldName.CONFISCATION,
    FieldName.SENTENCE,
    FieldName.PLATFORMS,
)
"""Fields that an example asks about, one case each."""
MOST_ITEMS = 12
"""An example has no longer answer than this."""
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Example:
    """A question that a record answers: the field it asks for, and the name or value in it."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in a list."""

    summary: DocumentSummary
    path: str


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case in a list."""

    summary: CaseSummary
    path: str

    @property
    def documents(self) -> int:
        """The number of its documents."""
        return len(self.summary.records) + len(self.summary.articles)


@dataclass(frozen=True, slots=True)
class Collection:
    """What the library holds, at one change of it."""

    cases: tuple[CaseEntry, ...]
    unlinked: tuple[DocumentEntry, ...]
    """Documents that belong to no case."""
    documents: int
    titles: dict[str, str]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its documents."""

    summary: CaseSummary
    other_names: tuple[str, ...]
    records: tuple[DocumentEntry, ...]
    articles: tuple[DocumentEntry, ...]


def collection(library: Library) -> Collection:
    """The library as its pages list it."""
    cases = library.cases()
    documents = library.documents()
    return Collection(
        cases=tuple(CaseEntry(case, case_path(case.id)) for case in cases),
        unlinked=tuple(_entry(document) for document in documents if document.case is None),
        documents=len(documents),
        titles={case.id: case.title for case in cases},
        examples=_examples(library, cases),
    )


def case_view(library: Library, case: CaseSummary) -> CaseView:
    """A case with its documents, records first."""
    found = [_entry(document) for document in library.documents() if document.case == case.id]
    return CaseView(
        summary=case,
        other_names=tuple(name for name in case.names if name != case.title),
        records=tuple(e for e in found if e.summary.kind is DocumentKind.RECORD),
        articles=tuple(e for e in found if e.summary.kind is DocumentKind.ARTICLE),
    )


def _entry(document: DocumentSummary) -> DocumentEntry:
    return DocumentEntry(document, document_path(document.id))


def _examples(library: Library, cases: Sequence[CaseSummary]) -> tuple[Example, ...]:
    """For each field the case that states most of it, no case twice; and a country."""
    names = {case.id: name for case in cases if (name := _plain_name(case))}
    examples: list[Example] = []
    for field in ASKED_FIELDS:
        counts = Counter(stated.case for stated in library.fields(field))
        fitting = [
            (-count, len(names[case]), case)
            for case, count in counts.items()
            if case in names and count <= MOST_ITEMS
        ]
        if fitting:
            case = min(fitting)[2]
            examples.append(Example(field.value, names.pop(case)))
    countries = {(s.case, s.field.value) for s in library.fields(FieldName.COUNTRIES)}
    common = [
        (-count, country)
        for country, count in Counter(country for _, country in countries).items()
        if 1 < count <= MOST_ITEMS and country.isalpha()
    ]
    if common:
        examples.append(Example(FieldName.COUNTRIES.value, min(common)[1]))
    return tuple(examples)


def _plain_name(case: CaseSummary) -> str | None:
    """The shortest name of a case that reads well within a question."""
    plain = [
        name
        for name in case.names
        if len(name) <= LONGEST_NAME and " " in name and not set(name) & set('()"“”:;')
    ]
    return min(plain, key=lambda name: (len(name), name), default=None)
