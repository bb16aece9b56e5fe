"""Document → passages: the pieces that are embedded and ranked, with their sentences.

A passage holds whole sentences and list items of one section, up to a number of words that fits
the encoder; an item that alone is longer is cut between its sentences. The sources of a record are
not indexed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from casequote.corpus.document import Document, FieldName, Section, Span
from casequote.corpus.sentences import units

MOST_WORDS = 130
NOT_INDEXED = frozenset({FieldName.SOURCES})


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences or items of one section; `section` is the path, empty without headings."""

    start: int
    end: int
    section: tuple[str, ...]
    sentences: tuple[Span, ...]


def passages(document: Document, most_words: int = MOST_WORDS) -> list[Passage]:
    """The passages of a document in the order of its text."""
    skipped = [f for f in document.fields if f.name in NOT_INDEXED]
    found: list[Passage] = []
    for section, span in _regions(document):
        path = section.path if section else ()
        indexed = [
            unit
            for unit in units(document.text, span.start, span.end)
            if not any(f.start < unit[-1].end and unit[0].start < f.end for f in skipped)
        ]
        found += [
            Passage(group[0].start, group[-1].end, path, tuple(group))
            for group in _packed(document.text, indexed, most_words)
        ]
    return found


def _regions(document: Document) -> Iterator[tuple[Section | None, Span]]:
    """Stretches of text with one innermost section; headings are left out."""
    borders = {0, len(document.text)}
    headings = [section.heading for section in document.sections if section.heading]
    bodies = [Span(section.start, section.end) for section in document.sections]
    for span in (*bodies, *headings):
        borders |= {span.start, span.end}
    for start, end in pairwise(sorted(borders)):
        if not any(heading.start <= start < heading.end for heading in headings):
            yield document.section_at(start), Span(start, end)


def _packed(text: str, indexed: list[list[Span]], most_words: int) -> Iterator[list[Span]]:
    """Sentences in order, in groups of at most `most_words` words (one alone may exceed it)."""
    group: list[Span] = []
    words = 0
    for unit in indexed:
        whole = _words(text, unit) <= most_words
        for part in [unit] if whole else ([sentence] for sentence in unit):
            length = _words(text, part)
            if group and words + length > most_words:
                yield group
                group, words = [], 0
            group.extend(part)
            words += length
    if group:
        yield group


def _words(text: str, spans: list[Span]) -> int:
    return sum(len(text[span.start : span.end].split()) for span in spans)
