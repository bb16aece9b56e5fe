"""What a case states → the sentence or list item that is quoted for it.

A sentence that names a victim is never quoted; the words that state something may still be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from casequote.corpus.document import Document, FieldName, Span
from casequote.corpus.sentences import sentences
from casequote.embeddings.likeness.description import Element
from casequote.embeddings.likeness.protection import Protected, names_one
from casequote.prompts.answer import Extract
from casequote.prompts.findings import Quote

MOST_CHARACTERS = 320
"""Beyond this length only the words themselves are quoted, with those around them."""
_AROUND = 100
_WORD = re.compile(r"\S+")
_CACHED = 2_048
_LAST = 3
_TERSE = frozenset({FieldName.KEYWORDS, FieldName.ALIASES})
_TELLING = frozenset({FieldName.MODUS_OPERANDI})


class Quoter:
    """Quotes from the documents of one state of a library, and from one narrative."""

    def __init__(
        self,
        document: Callable[[str], Document],
        protected: Iterable[tuple[Iterable[str], Protected]],
    ) -> None:
        """`protected` are the ids of the documents of each case, with the names it protects."""
        own = [(tuple(ids), names) for ids, names in protected]
        self._document = document
        self._own = {i: names.words for ids, names in own for i in ids}
        self._everywhere = frozenset().union(*(names.surnames for _, names in own))

    def of(self, elements: Sequence[Element]) -> Quote | None:
        """The most telling and shortest place where one of the elements is stated."""
        places = [place for element in elements for place in self._places(element)]
        best = min(places, key=lambda place: place[0], default=None)
        return best[1] if best else None

    def span(self, document_id: str, span: Span) -> Quote | None:
        """A span itself, unless it names a protected person."""
        document = self._document(document_id)
        return None if self._is_protected(document, span) else Quote(document, *span)

    def sentences(self, document_id: str, span: Span) -> tuple[Span, ...]:
        """The sentences and list items within a span of a document."""
        return _split(self._document(document_id).text, span.start, span.end)

    def _places(self, element: Element) -> Iterable[tuple[tuple[int, int, str, int], Quote]]:
        document = self._document(element.document)
        unit, rank = self._unit(document, element)
        if self._is_protected(document, unit):
            unit, rank = self._between_names(document, unit, element), _LAST
        if not self._is_protected(document, unit):
            yield (rank, unit.end - unit.start, document.id, unit.start), Quote(document, *unit)

    def _unit(self, document: Document, element: Element) -> tuple[Span, int]:
        """The item or sentence around an element, and how little it tells."""
        for item in document.fields:
            if item.start <= element.start and element.end <= item.end:
                rank = 0 if item.name in _TELLING else 2 if item.name in _TERSE else 1
                return self._short(Span(item.start, item.end), element), rank
        section = document.section_at(element.start)
        start, end = (section.start, section.end) if section else (0, len(document.text))
        for sentence in self.sentences(document.id, Span(start, end)):
            if sentence.start <= element.start and element.end <= sentence.end:
                return self._short(sentence, element), 1
        return Span(element.start, element.end), 1

    def _short(self, unit: Span, element: Element) -> Span:
        """The unit, or as much of a long one as stands around the element, in whole words."""
        if unit.end - unit.start <= MOST_CHARACTERS:
            return unit
        text = self._document(element.document).text
        start = max(unit.start, element.start - _AROUND)
        end = min(unit.end, element.end + _AROUND)
        while unit.start < start < element.start and not text[start - 1].isspace():
            start += 1
        while element.end < end < unit.end and not text[end].isspace():
            end -= 1
        return Span(start, end)

    def _between_names(self, document: Document, unit: Span, element: Element) -> Span:
        """As much of a unit around an element as has no protected name."""
        words = [Span(*m.span()) for m in _WORD.finditer(document.text, *unit)]
        start, end = element.start, element.end
        for word in reversed([w for w in words if w.end <= element.start]):
            if self._is_protected(document, word):
                break
            start = word.start
        for word in [w for w in words if w.start >= element.end]:
            if self._is_protected(document, word):
                break
            end = word.end
        return Span(start, end)

    def _is_protected(self, document: Document, span: Span) -> bool:
        names = self._own.get(document.id, frozenset()) | self._everywhere
        return names_one(document.text[span.start : span.end], names)


@lru_cache(maxsize=_CACHED)
def _split(text: str, start: int, end: int) -> tuple[Span, ...]:
    return tuple(sentences(text, start, end))


class Numbering:
    """Gives each quoted span of one result one number, in the order of first use."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, int], Extract] = {}

    def extract(self, quote: Quote) -> Extract:
        """The extract of a quote."""
        key = (quote.document.id, quote.start, quote.end)
        if key not in self._found:
            section = quote.document.section_at(quote.start)
            self._found[key] = Extract(
                number=len(self._found) + 1,
                document=quote.document,
                start=quote.start,
                end=quote.end,
                section=section.label if section else "",
            )
        return self._found[key]
