"""The document: exact text, and what is known about spans of it.

Everything a reader produces and everything the library stores is a `Document`. Offsets are code
points into `Document.text`, end exclusive. Nothing here reads files or decides what a text means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, NamedTuple

from casequote.corpus.errors import InvalidDocument


class DocumentKind(StrEnum):
    """A record is the structured document about a case; an article reports on one."""

    RECORD = "record"
    ARTICLE = "article"


class FieldName(StrEnum):
    """What a field of a record states. The values are part of the stored library."""

    TITLE = "title"
    ALIASES = "aliases"
    CRIME_TYPES = "crime_types"
    KEYWORDS = "keywords"
    PERIOD = "period"
    STATUS = "status"
    LEGAL_SYSTEM = "legal_system"
    JURISDICTIONS = "jurisdictions"
    COURTS = "courts"
    CASE_NUMBERS = "case_numbers"
    DATES = "dates"
    LIABILITY = "liability"
    OFFENDING = "offending"
    MODUS_OPERANDI = "modus_operandi"
    PLATFORMS = "platforms"
    AMOUNTS = "amounts"
    COUNTRIES = "countries"
    AGENCIES = "agencies"
    CONFISCATION = "confiscation"
    MEASURES = "investigative_measures"
    ARRESTS = "arrests"
    COOPERATION = "cooperation"
    VICTIMS = "victims"
    DEFENDANTS = "defendants"
    ACCUSED = "accused"
    CHARGES = "charges"
    PLEA = "plea"
    VERDICT = "verdict"
    SENTENCE = "sentence"
    PROVISIONS = "legal_provisions"
    OUTCOME = "outcome"
    CONFLICTS = "conflicts"
    SOURCES = "sources"


class Span(NamedTuple):
    """Characters from `start` up to `end`, end exclusive, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A public source that a record names, by the number its markers use."""

    number: int
    publisher: str
    title: str
    url: str | None = None
    date: str | None = None
    official: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a document; the span is its body, `heading` the characters of its title.

    The body of a section holds those of the sections below it, with their headings.
    """

    path: tuple[str, ...]
    start: int
    end: int
    heading: Span | None = None

    @property
    def label(self) -> str:
        """The path as people read it: ``Investigation Procedure > Involved Agencies``."""
        return " > ".join(self.path)


@dataclass(frozen=True, slots=True)
class Field:
    """A stated item: the span that states it, and its value in normal form for queries.

    `stated` is the span of the value itself where the item says more than that ("Plea: guilty"
    states "guilty"). `attributes` says what the item is about (the country of an agency, the
    defendant a sentence belongs to, the label of a sum).
    """

    name: FieldName
    start: int
    end: int
    value: str
    stated: Span | None = None
    sources: tuple[int, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def value_span(self) -> Span:
        """The characters of the value as written."""
        return self.stated or Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A span of prose and the numbers of the sources it was marked with."""

    start: int
    end: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """How sure it is that a document belongs to its case, and why."""

    confidence: float
    reason: str


STATED = Link(confidence=1.0, reason="stated in the file")


@dataclass(frozen=True, slots=True)
class Document:
    """One record or article, as stored text with its sections, fields and sources."""

    id: str
    kind: DocumentKind
    title: str
    text: str
    case: str | None = None
    link: Link | None = None
    sections: tuple[Section, ...] = ()
    fields: tuple[Field, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    sources: tuple[Source, ...] = ()
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    official: bool = False
    names: tuple[str, ...] = ()
    """Names under which people would look for the case of a record (title and aliases)."""

    def __post_init__(self) -> None:
        try:
            self.text.encode()
        except UnicodeEncodeError as error:
            raise InvalidDocument(
                f"{self.id!r}: character {error.start} of the text is half of a surrogate pair; "
                "this is a defect of the reader, please report it with the file"
            ) from error
        for span in self.spans():
            inner = span.value_span if isinstance(span, Field) else span
            if not 0 <= span.start <= inner.start <= inner.end <= span.end <= len(self.text):
                raise InvalidDocument(
                    f"{self.id}: {span} lies outside the text of {len(self.text)} characters; "
                    "this is a defect of the reader, please report it with the file"
                )

    def spans(self) -> Iterator[Section | Field | Attribution]:
        """Every span of the document, in no particular order."""
        yield from self.sections
        yield from self.fields
        yield from self.attributions

    def quote(self, span: Section | Field | Attribution) -> str:
        """The characters that a span covers."""
        return self.text[span.start : span.end]

    def items(self, name: FieldName) -> tuple[Field, ...]:
        """The fields of one name, in the order of the text."""
        return tuple(item for item in self.fields if item.name is name)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section whose span holds `offset`, or None."""
        holding = [s for s in self.sections if s.start <= offset < s.end]
        return max(holding, key=lambda s: (len(s.path), s.start), default=None)

    def sources_of(self, start: int, end: int) -> tuple[int, ...]:
        """Numbers of the sources that the characters from `start` to `end` were taken from."""
        numbers: dict[int, None] = {}
        spans: list[Attribution | Field] = [*self.attributions, *self.fields]
        for span in spans:
            if span.start < end and start < span.end:
                numbers.update(dict.fromkeys(span.sources))
        return tuple(numbers)

    def assigned(self, case: str, link: Link) -> Document:
        """The same document as part of `case`."""
        return replace(self, case=case, link=link)

    @property
    def content_hash(self) -> str:
        """sha256 over everything the document says; equal hashes need no re-ingest."""
        digest = hashlib.sha256()
        for attribute in fields(self):
            digest.update(attribute.name.encode())
            digest.update(_canonical(getattr(self, attribute.name)).encode())
        return digest.hexdigest()


def _canonical(value: Any) -> str:
    """A text that is equal for equal values, whatever the order of mappings."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{k!r}:{value[k]!r}" for k in sorted(value)) + "}"
    if isinstance(value, Field):
        return (
            f"{value.name}|{value.start}|{value.end}|{value.value!r}|{value.stated}|"
            f"{value.sources}|{_canonical(value.attributes)}"
        )
    if isinstance(value, tuple):
        return "(" + ",".join(_canonical(item) for item in value) + ")"
    return repr(value)
