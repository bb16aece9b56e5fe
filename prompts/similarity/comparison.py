"""Two to five cases → a table that compares them field by field, every cell quoted.

What a case does not state has an empty cell ("not stated"); what its sources state differently
stands beside the cell. The rows are data (`data/comparison.yaml`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from casequote.corpus.document import Document, FieldName, Span
from casequote.corpus.document import Field as DocumentField
from casequote.corpus.errors import InvalidDocument, InvalidRequest
from casequote.corpus.library import CaseSummary, Library
from casequote.corpus.normal import fold
from casequote.corpus.sentences import sentences
from casequote.embeddings.likeness.collection import describing
from casequote.embeddings.likeness.description import fact_spans
from casequote.embeddings.likeness.protection import Protected, published_names
from casequote.embeddings.terms import content_stems, stems
from casequote.prompts.answer import Extract
from casequote.prompts.findings import Quote
from casequote.prompts.similarity.quoting import Numbering, Quoter

LEAST, MOST = 2, 5
NOT_STATED = "not stated"
FILE = "prompts/similarity/data/comparison.yaml"
_FACT_SENTENCES = 3
_NAMED_VICTIM = "publicly_named"


@dataclass(frozen=True, slots=True)
class CellItem:
    """One quoted item of a cell."""

    text: str
    about: str | None
    """What it belongs to: a defendant, the label of a sum, a date."""
    extract: Extract
    shared: bool
    """Whether another of the compared cases states the same value."""


@dataclass(frozen=True, slots=True)
class CellConflict:
    """Something about a cell that the sources of the case state differently."""

    item: str
    values: tuple[CellItem, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one case states in one row; no items where it states nothing."""

    items: tuple[CellItem, ...]
    conflicts: tuple[CellConflict, ...]

    @property
    def stated(self) -> bool:
        """Whether the case states anything here."""
        return bool(self.items or self.conflicts)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a cell for each case, in the order of the cases."""

    name: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Cases side by side. Rows that no case states are left out."""

    cases: tuple[CaseSummary, ...]
    rows: tuple[Row, ...]


class _RowFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    label: str
    fields: tuple[FieldName, ...] = ()
    parts: frozenset[str] = frozenset()
    facts: bool = False
    words: frozenset[str] = frozenset()

    @model_validator(mode="after")
    def _has_something(self) -> _RowFile:
        if bool(self.fields) is self.facts:
            raise ValueError(f"{self.name}: give either fields or facts")
        return self

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for word in self.words for stem in stems(word))


class _RowsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: Annotated[tuple[_RowFile, ...], Field(min_length=1)]


def compare(library: Library, case_ids: Sequence[str]) -> Comparison:
    """The cases side by side, in the order given.

    Raises InvalidRequest for fewer than two, more than five or one case twice, and NotInLibrary
    for a case that the library does not have.
    """
    if len(case_ids) > MOST:
        raise InvalidRequest(f"compare: {len(case_ids)} cases were given; name at most {MOST}")
    twice = [case for case, count in Counter(case_ids).items() if count > 1]
    if twice:
        raise InvalidRequest(
            f"compare: {twice[0]!r} is named {case_ids.count(twice[0])} times; a case is compared "
            "with other cases only"
        )
    if len(case_ids) < LEAST:
        raise InvalidRequest(f"compare: name {LEAST} to {MOST} cases; {len(case_ids)} was given")
    with library.reading():
        cases = tuple(library.case(case_id) for case_id in case_ids)
        columns = [[library.document(i) for i in describing(case)] for case in cases]
        rows = _Table(library, columns).rows()
    return Comparison(cases, tuple(rows))


class _Table:
    """Fills the rows from the documents of each case."""

    def __init__(self, library: Library, columns: Sequence[Sequence[Document]]) -> None:
        self._columns = columns
        self._numbering = Numbering()
        self._quoter = Quoter(
            library.document,
            (
                ([d.id for d in column], reduce(Protected.together, map(published_names, column)))
                for column in columns
                if column
            ),
        )

    def rows(self) -> Iterator[Row]:
        placed: list[set[str]] = [set() for _ in self._columns]
        for row in _rows():
            quotes = [list(self._quotes(row, column)) for column in self._columns]
            values = Counter(value for own in quotes for value in {q[2] for q in own})
            cells = []
            for column, own, done in zip(self._columns, quotes, placed, strict=True):
                items = tuple(self._item(q, a, values[value] > 1) for q, a, value in own)
                found = tuple(self._conflicts(row, column, done)) if items else ()
                cells.append(Cell(items, found))
            if any(cell.stated for cell in cells):
                yield Row(row.name, row.label, tuple(cells))
        cells = [
            Cell((), tuple(self._conflicts(None, column, done)))
            for column, done in zip(self._columns, placed, strict=True)
        ]
        if any(cell.stated for cell in cells):
            yield Row("conflicts", "Other disagreements between sources", tuple(cells))

    def _quotes(
        self, row: _RowFile, column: Sequence[Document]
    ) -> Iterator[tuple[Quote, str | None, str]]:
        """Each item of a cell: what is quoted, what it belongs to, its value for comparison."""
        for document in column:
            if row.facts:
                yield from self._facts(document)
            for item in document.fields:
                part = item.attributes.get("part", "")
                wanted = item.name in row.fields and (not row.parts or part in row.parts)
                if not wanted or part == _NAMED_VICTIM:
                    continue
                quote = self._quoter.span(document.id, Span(*item.value_span))
                if quote:
                    yield quote, _about(item), fold(item.value)

    def _facts(self, document: Document) -> Iterator[tuple[Quote, str | None, str]]:
        found = [s for span in fact_spans(document) for s in sentences(document.text, *span)]
        quotes = (self._quoter.span(document.id, span) for span in found)
        for quote in [q for q in quotes if q][:_FACT_SENTENCES]:
            yield quote, None, f"{document.id}:{quote.start}"

    def _conflicts(
        self, row: _RowFile | None, column: Sequence[Document], done: set[str]
    ) -> Iterator[CellConflict]:
        """Disagreements that belong to a row and have no place yet; all others without a row."""
        groups: dict[str, list[CellItem]] = {}
        for document in column:
            for item in document.items(FieldName.CONFLICTS):
                label = item.attributes.get("item", "")
                if label in done or (row and not row.stems & set(content_stems(label))):
                    continue
                quote = self._quoter.span(document.id, Span(*item.value_span))
                if quote:
                    groups.setdefault(label, []).append(self._item(quote, label, False))
        done.update(groups)
        for label, items in groups.items():
            yield CellConflict(label, tuple(items))

    def _item(self, quote: Quote, about: str | None, shared: bool) -> CellItem:
        text = " ".join(quote.text.split())
        return CellItem(text, about, self._numbering.extract(quote), shared)


def _about(item: DocumentField) -> str | None:
    found = item.attributes
    if item.name is FieldName.DEFENDANTS and "part" not in found:
        return None
    for key in ("defendant", "label", "date", "country"):
        if found.get(key):
            return (
                f"{found[key]}, {found['part']}"
                if key == "defendant" and "part" in found
                else (found[key])
            )
    return found.get("part")


@cache
def _rows() -> tuple[_RowFile, ...]:
    return read_rows(
        files("casequote.prompts").joinpath("similarity/data/comparison.yaml").read_text("utf-8")
    )


def read_rows(text: str) -> tuple[_RowFile, ...]:
    """The rows of a file's text. Raises InvalidDocument with the place of the first fault."""
    try:
        return _RowsFile.model_validate(yaml.safe_load(text)).rows
    except yaml.YAMLError as error:
        raise InvalidDocument(f"{FILE}: is no YAML ({error}); correct it") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidDocument(f"{FILE}, {place}: {first['msg']}; correct it") from error
