"""Text under construction: headings, prose and items in, text with spans out.

Every append returns the span it wrote, so a renderer never computes an offset itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from casequote.corpus.document import Attribution, Field, FieldName, Section, Span
from casequote.corpus.markers import CleanText, strip_markers
from casequote.corpus.normal import normal_form

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")
_WRAP = re.compile(r"\s*\n\s*")
BULLET = "• "


class TextBuilder:
    """Collects text and spans; `sources` are the numbers that markers may use."""

    def __init__(self, sources: Collection[int] = ()) -> None:
        self._numbers = frozenset(sources)
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[tuple[str, ...]] = []
        self.sections: list[Section] = []
        self.fields: list[Field] = []
        self.attributions: list[Attribution] = []

    @property
    def text(self) -> str:
        """Everything written so far."""
        return "".join(self._pieces)

    def _write(self, text: str) -> Span:
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return Span(start, self._length)

    def title(self, title: str) -> None:
        """The first line of the document."""
        self.field(FieldName.TITLE, self._write(title), title)
        self._write("\n")

    @contextmanager
    def section(self, heading: str) -> Iterator[None]:
        """A section with its heading on a line of its own; sections nest."""
        self._write("\n")
        title = self._write(heading)
        self._write("\n\n")
        path = (*(self._open[-1] if self._open else ()), heading)
        start = self._length
        self._open.append(path)
        yield
        self._open.pop()
        self.sections.append(Section(path, start, max(start, self._length - 1), title))

    def clean(self, text: str) -> CleanText:
        """`text` without markers and without the line breaks of the editor."""
        return strip_markers(_WRAP.sub(" ", text.strip()), self._numbers)

    def prose(self, text: str, name: FieldName | None = None) -> None:
        """Paragraphs; with a name, the whole prose is also a field."""
        spans = []
        cleaned = []
        sources: dict[int, None] = {}
        for number, paragraph in enumerate(_PARAGRAPH_END.split(text.strip())):
            if number:
                self._write("\n")
            clean = self.clean(paragraph)
            cleaned.append(clean.text)
            sources.update(dict.fromkeys(clean.sources))
            spans.append(self._attributed(clean))
            self._write("\n")
        if name:
            span = Span(spans[0].start, spans[-1].end)
            self.field(name, span, "\n".join(cleaned), sources=tuple(sources))

    def item(
        self,
        name: FieldName,
        text: str,
        *,
        label: str = "",
        detail: str = "",
        sources: Collection[int] = (),
        attributes: Mapping[str, str] | None = None,
        value: str | None = None,
    ) -> None:
        """One bulleted line "label: text, detail"; label and text are the field's span.

        `detail` is written after the item and not quoted with it.
        """
        self._write(BULLET)
        start = self._length
        if label:
            self._write(f"{label}: ")
        clean = self.clean(text)
        stated = self._attributed(clean)
        if detail:
            self._write(f", {detail}")
        self._write("\n")
        self.field(
            name,
            Span(start, stated.end),
            value if value is not None else clean.text,
            stated=stated if label else None,
            sources=tuple(dict.fromkeys((*clean.sources, *sources))),
            attributes=attributes,
        )

    def field(
        self,
        name: FieldName,
        span: Span,
        value: str,
        *,
        stated: Span | None = None,
        sources: tuple[int, ...] = (),
        attributes: Mapping[str, str] | None = None,
    ) -> None:
        """Records a field over characters that are already written."""
        self.fields.append(
            Field(
                name,
                span.start,
                span.end,
                value=normal_form(name, value, (attributes or {}).get("country")),
                stated=stated,
                sources=sources,
                attributes=dict(attributes or {}),
            )
        )

    def _attributed(self, clean: CleanText) -> Span:
        span = self._write(clean.text)
        self.attributions += [
            Attribution(span.start + a.start, span.start + a.end, a.sources)
            for a in clean.attributions
        ]
        return span
