"""Answers, cases, lists and dossiers → one form that every export writes: parts, items, references.

What is quoted is numbered through the whole report; each number leads to a document and offsets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casequote.corpus.document import Document, Source, Span
from casequote.prompts.answer import Answer, Extract
from casequote.web.document_view import named_sources


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered extract and where it stands."""

    number: int
    document: Document
    span: Span
    case: str | None = None
    """The title of its case."""

    @property
    def text(self) -> str:
        """The characters of the document."""
        return self.document.text[self.span.start : self.span.end]

    @property
    def section(self) -> str:
        """The section in which it stands."""
        found = self.document.section_at(self.span.start)
        return found.label if found else ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a report and the numbers of what it rests on."""

    text: str
    citations: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a report."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What an export writes."""

    title: str
    parts: tuple[Part, ...]
    references: tuple[Reference, ...] = ()
    note: str = ""
    documents: tuple[Document, ...] = ()
    """Documents beside those that are quoted whose sources belong to it."""

    def sources(self) -> tuple[Source, ...]:
        """The public sources it rests on, numbered, each once."""
        found: dict[tuple[str, str], Source] = {}
        for reference in self.references:
            for source in _sources(reference.document, reference.span):
                found.setdefault((source.url or "", source.title), source)
        for document in self.documents:
            for source in _sources(document, None):
                found.setdefault((source.url or "", source.title), source)
        return tuple(
            Source(number, s.publisher, s.title, s.url, s.date, s.official)
            for number, s in enumerate(found.values(), start=1)
        )


@dataclass(slots=True)
class References:
    """Numbers spans in the order in which they are first cited."""

    titles: Mapping[str, str]
    found: dict[tuple[str, Span], Reference] = field(default_factory=dict)

    def number(self, document: Document, start: int, end: int) -> int:
        """The number of a span."""
        key = (document.id, Span(start, end))
        if key not in self.found:
            case = self.titles.get(document.case or "", document.case)
            self.found[key] = Reference(len(self.found) + 1, document, key[1], case)
        return self.found[key].number

    def all(self) -> tuple[Reference, ...]:
        """Every reference, by number."""
        return tuple(self.found.values())


def answer_report(answer: Answer, titles: Mapping[str, str]) -> Report:
    """An answer: its values or quotes, its disagreements; or why there is none."""
    question = answer.interpretation.question
    if answer.refusal:
        nearest = tuple(_reference(e, titles) for e in answer.refusal.nearest)
        said = Part("No answer", (Item(answer.refusal.message),))
        near = Part("Nearest passages", tuple(Item(f"“{r.text}”", (r.number,)) for r in nearest))
        return Report(question, (said, near) if nearest else (said,), nearest)
    parts = []
    if answer.values:
        items = tuple(Item(_about(v.about, v.text), v.citations) for v in answer.values)
        parts.append(Part("Answer", items))
    else:
        quotes = tuple(Item(f"“{e.text}”", (e.number,)) for e in answer.extracts)
        parts.append(Part("Answer", quotes))
    for conflict in answer.conflicts:
        items = tuple(Item(_about(v.about, v.text), v.citations) for v in conflict.values)
        parts.append(Part(f"The sources disagree: {conflict.item}", items))
    references = tuple(_reference(extract, titles) for extract in answer.extracts)
    return Report(question, tuple(parts), references)


def case_report(title: str, documents: Sequence[Document], titles: Mapping[str, str]) -> Report:
    """A case: what its records state, section by section."""
    references = References(titles)
    parts: dict[str, list[Item]] = {}
    for document in documents:
        for stated in document.fields:
            section = document.section_at(stated.start)
            if section is None or stated.name in ("title", "sources"):
                continue
            number = references.number(document, stated.start, stated.end)
            parts.setdefault(section.label, []).append(Item(document.quote(stated), (number,)))
    return Report(
        title,
        tuple(Part(heading, tuple(items)) for heading, items in parts.items()),
        references.all(),
        documents=tuple(documents),
    )


def document_report(document: Document, titles: Mapping[str, str]) -> Report:
    """A whole document, quoted as one."""
    references = References(titles)
    number = references.number(document, 0, len(document.text)) if document.text else 0
    items = (Item(document.text, (number,)),) if number else ()
    return Report(document.title or document.id, (Part("Text", items),), references.all())


def passages_report(
    words: str, found: Sequence[tuple[Document, int, int]], titles: Mapping[str, str]
) -> Report:
    """Passages that a search found, the best first; each is a document and where it stands."""
    references = References(titles)
    items = tuple(
        Item(f"“{document.text[start:end]}”", (references.number(document, start, end),))
        for document, start, end in found
    )
    return Report(words, (Part("Passages", items),), references.all())


def _reference(extract: Extract, titles: Mapping[str, str]) -> Reference:
    document = extract.document
    case = titles.get(document.case or "", document.case)
    return Reference(extract.number, document, Span(extract.start, extract.end), case)


def _about(about: str | None, text: str) -> str:
    return f"{about}: {text}" if about and about != text else text


def _sources(document: Document, span: Span | None) -> list[Source]:
    named = [named.source for named in named_sources(document, span)]
    if named or not (document.publisher or document.url):
        return named
    publisher = document.publisher or ""
    return [Source(1, publisher, document.title, document.url, document.date, document.official)]
