"""Library → what exercises are made from, at one state of it: cases, their items and their words.

Everything is read once and kept; a changed library needs a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from casequote.corpus.document import Document, DocumentKind, Field, FieldName
from casequote.corpus.errors import NotInLibrary
from casequote.corpus.library import Library
from casequote.corpus.sentences import sentences
from casequote.prompts.exercises import care
from casequote.prompts.exercises.care import Names

LONGEST_ITEM = 220
"""Characters of an item that may be an option or a point."""
LONGEST_SENTENCE = 420
_IN_WORDS = frozenset(
    {
        FieldName.DATES,
        FieldName.MODUS_OPERANDI,
        FieldName.MEASURES,
        FieldName.COOPERATION,
        FieldName.CONFISCATION,
        FieldName.OUTCOME,
        FieldName.CONFLICTS,
        FieldName.AMOUNTS,
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """A stated item of a record: its field and the document it stands in."""

    document: Document
    field: Field

    @property
    def text(self) -> str:
        """The value as written."""
        return self.document.text[slice(*self.field.value_span)]

    @property
    def quoted(self) -> str:
        """The whole item as written, with its label."""
        return self.document.quote(self.field)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters of the document."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, eq=False)
class CaseFile:
    """A case with all its documents."""

    id: str
    title: str
    records: tuple[Document, ...]
    articles: tuple[Document, ...]
    names: Names = field(repr=False)
    called: tuple[str, ...] = ()
    """Title and other names of the case."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """Records first."""
        return (*self.records, *self.articles)

    @cached_property
    def crime_types(self) -> frozenset[str]:
        """Values of the records."""
        return frozenset(item.field.value for item in self.items(FieldName.CRIME_TYPES))

    @cached_property
    def defendants(self) -> tuple[str, ...]:
        """Names of the convicted, as written."""
        items = self.items(FieldName.DEFENDANTS)
        named = (i.field.attributes.get("defendant", i.text) for i in items)
        return tuple(dict.fromkeys(named))

    def items(self, name: FieldName) -> list[Item]:
        """Items of the records under one name, in order, whatever they say."""
        return [Item(d, f) for d in self.records for f in d.items(name)]

    def fit_items(self, name: FieldName) -> list[Item]:
        """The items that may be shown."""
        return [
            item
            for item in self.items(name)
            if item.field.attributes.get("part") is None
            and len(item.text) <= LONGEST_ITEM
            and self._may_show(item)
        ]

    def _may_show(self, item: Item) -> bool:
        """Items in words are held to what prose is; names of bodies and places are no persons."""
        if item.field.name in _IN_WORDS:
            return care.is_fit_prose(item.quoted, self.names)
        return care.is_fit(item.quoted, self.names)

    def facts(self) -> tuple[Document, int, int] | None:
        """The fact summary of the record: its document and span."""
        for document in self.records:
            for section in document.sections:
                if "fact" in section.path[-1].casefold() and section.end > section.start:
                    return document, section.start, section.end
        return None

    def fit_sentences(
        self, document: Document, start: int = 0, end: int | None = None
    ) -> list[Sentence]:
        """Sentences of a document that may be shown, in order."""
        found = (Sentence(document, *span) for span in sentences(document.text, start, end))
        return [
            s
            for s in found
            if 30 <= s.end - s.start <= LONGEST_SENTENCE and care.is_fit_prose(s.text, self.names)
        ]


class Collection:
    """The cases of a library that have a record, and what is common among them."""

    def __init__(self, library: Library) -> None:
        self.change = library.change
        grouped: list[tuple[str, str, tuple[str, ...], list[Document], list[Document]]] = []
        for case in library.cases():
            records = [library.document(i) for i in case.records]
            articles = [library.document(i) for i in case.articles]
            if records:
                grouped.append((case.id, case.title, case.names, records, articles))
        victims = [n for *_, records, _ in grouped for n in care.victim_names(records)]
        self.cases = {
            case: _case_file(case, title, names, records, articles, victims)
            for case, title, names, records, articles in grouped
        }

    @cached_property
    def texts(self) -> dict[str, str]:
        """Document id → its text."""
        return {d.id: d.text for case in self.cases.values() for d in case.documents}

    def case(self, case_id: str) -> CaseFile:
        """The case with that id. Raises NotInLibrary."""
        if case_id not in self.cases:
            raise NotInLibrary(
                f"case {case_id!r} has no record in the library, and exercises are made from "
                "records; `casequote cases` lists the cases"
            )
        return self.cases[case_id]

    @cached_property
    def _pools(self) -> dict[FieldName, Counter[str]]:
        return {}

    def common(self, name: FieldName) -> Counter[str]:
        """Normal value of a field → number of cases that have it."""
        if name not in self._pools:
            self._pools[name] = Counter(
                value
                for case in self.cases.values()
                for value in {item.field.value for item in case.items(name)}
            )
        return self._pools[name]

    def others(self, case: CaseFile) -> Iterable[CaseFile]:
        """Every other case, by id."""
        return (self.cases[i] for i in sorted(self.cases) if i != case.id)

    @cached_property
    def _fit(self) -> dict[FieldName, tuple[tuple[CaseFile, Item], ...]]:
        return {}

    def fit_items(self, name: FieldName) -> tuple[tuple[CaseFile, Item], ...]:
        """Every item under a name that may be shown, with its case, by case."""
        if name not in self._fit:
            self._fit[name] = tuple(
                (case, item)
                for case_id, case in sorted(self.cases.items())
                for item in case.fit_items(name)
            )
        return self._fit[name]


def _case_file(
    case: str,
    title: str,
    names: tuple[str, ...],
    records: list[Document],
    articles: list[Document],
    victims: list[str],
) -> CaseFile:
    convicted = [
        item.attributes.get("defendant") or document.text[slice(*item.value_span)]
        for document in records
        for item in document.items(FieldName.DEFENDANTS)
    ]
    allowed = care.names_of([*records], victims, convicted)
    fit = [name for name in (title, *names) if care.is_fit(name, allowed)]
    return CaseFile(
        id=case,
        title=fit[0] if fit else case,
        records=tuple(d for d in records if d.kind is DocumentKind.RECORD),
        articles=tuple(articles),
        names=allowed,
        called=(title, *names),
    )
