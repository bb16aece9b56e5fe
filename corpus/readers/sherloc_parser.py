"""The lines of a SHERLOC case page → sections and fields with exact offsets.

A line is a heading, a label, an item or prose, by `data/sherloc_headings.yaml` and by where it
stands. What belongs to no heading stays in the text and states nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from casequote.corpus.document import Field, FieldName, Section, Span
from casequote.corpus.normal import normal_form
from casequote.corpus.readers.article_text import date_of
from casequote.corpus.readers.sherloc_headings import Heading, headings
from casequote.corpus.readers.sherloc_lines import Line
from casequote.corpus.vocabulary import vocabulary

LONGEST_ITEM = 300
_LONGEST_LABEL = 60
_WRAPPED = 60
"""Characters from which a line of prose may go on in the next."""
_PERSONAL = frozenset(
    {
        *(FieldName.DEFENDANTS, FieldName.CHARGES, FieldName.PLEA, FieldName.VERDICT),
        *(FieldName.SENTENCE, FieldName.PROVISIONS, FieldName.AMOUNTS, FieldName.CONFISCATION),
    }
)
_PLACES = frozenset({FieldName.COUNTRIES, FieldName.JURISDICTIONS})
_LABELLED = re.compile(r"\s*[:\t]\s*(?=\S)")
_PART = re.compile(r"[^\s,;][^,;]*(?<!\s)")
_SPACE = re.compile(r"\s+")
_SLASH = re.compile(r"(?<=\w)\s*/\s*(?=\w)")
_URL = re.compile(r"https?://[^\s<>\"]+")


@dataclass(slots=True)
class _Open:
    """A section whose end is not reached yet."""

    heading: Heading
    title: Span
    end: int
    start: int | None = None
    bulleted: bool = False


@dataclass(slots=True)
class PageParser:
    """Takes lines in order; `sections` and `fields` are complete after `close`."""

    front: int
    """Number of the first line that is no longer front matter."""
    sections: list[Section] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _label: Heading | None = None
    _awaiting: bool = False
    _person: str | None = None
    _last: Line | None = None
    """The line before, if it was an item."""

    def take(self, lines: Sequence[Line], number: int) -> None:
        """Takes a line; the lines after it tell what it is, but are not taken."""
        line = lines[number]
        following = lines[number + 1] if number + 1 < len(lines) else None
        before, self._last = self._last, None
        if line.bulleted:
            self._content(line, before)
        elif headings().is_noise(line.text):
            self._label = None
        elif self._is_heading(line) or self._is_labelled(line):
            return
        elif not self._is_area(line, number, following):
            if number < self.front and vocabulary().country(line.text):
                self.close()
                self._state(FieldName.JURISDICTIONS, line)
            else:
                self._content(line, before)

    def title(self, line: Line) -> None:
        """Takes the line that is the title."""
        self.close()
        self.fields.append(Field(FieldName.TITLE, line.start, line.end, _folded(line.text)))

    def close(self, depth: int = 0) -> None:
        """Closes the sections that are open below `depth`."""
        if depth == 0:
            self._person = None
        self._label, self._awaiting = None, False
        while len(self._open) > depth:
            path = tuple(opened.heading.heading for opened in self._open)
            last = self._open.pop()
            start = last.title.end if last.start is None else last.start
            self.sections.append(Section(path, start, max(start, last.end), last.title))

    def _grow(self, line: Line) -> None:
        """Lets the open sections reach to the end of a line."""
        for opened in self._open:
            opened.start = line.outset if opened.start is None else opened.start
            opened.end = line.end

    def _is_heading(self, line: Line) -> bool:
        found = headings().find(line.text, tuple(opened.heading for opened in self._open))
        if not found or (self._awaiting and self._is_value(line, found.heading)):
            return False
        if found.is_label:
            self._begin_label(found.heading, line, found.depth)
            self._grow(line)
        else:
            self._begin(found.heading, line, found.depth)
        return True

    def _is_value(self, line: Line, heading: Heading) -> bool:
        """Whether a line that looks like a lesser heading is the value of the label before it."""
        siblings = self._open[-1].heading.labels if self._open else ()
        is_main = headings().main(line.text) is heading
        return not (line.text.endswith(":") or heading in siblings or is_main)

    def _begin(self, heading: Heading, line: Line, depth: int) -> None:
        self.close(depth)
        self._grow(line)
        self._open.append(_Open(heading, Span(line.start, line.end), line.end))

    def _begin_label(self, label: Heading, line: Line, depth: int) -> None:
        self.close(depth)
        self._label, self._awaiting = label, True
        if label.person:
            self._person = line.text.strip(" :")

    def _is_labelled(self, line: Line) -> bool:
        """Takes "Gender: Female" and "Involved Countries: Philippines"."""
        mark = _LABELLED.search(line.text[: _LONGEST_LABEL + 20])
        if not mark or mark.start() > _LONGEST_LABEL:
            return False
        name = replace(line, end=line.start + mark.start(), text=line.text[: mark.start()])
        begin = line.start + mark.end()
        rest = replace(line, outset=begin, start=begin, text=line.text[mark.end() :])
        found = headings().find(name.text, tuple(opened.heading for opened in self._open))
        if not found:
            return False
        if found.is_label:
            self._begin_label(found.heading, name, found.depth)
            self._grow(line)
            self._take_value(found.heading, rest, line.start)
        elif found.heading.field or " " in found.heading.heading:
            self._begin(found.heading, name, found.depth)
            self._content(rest, None)
        else:
            return False
        return True

    def _is_area(self, line: Line, number: int, following: Line | None) -> bool:
        """Takes the name of a crime area, and a list of acts that stands under none."""
        known = headings()
        area = known.area(line.text)
        if area and (number < self.front or (following and known.act(following.text))):
            self._begin(area, line, 0)
            if area.field:
                self._state(area.field, line)
            return True
        act = known.act(line.text) if number < self.front else None
        if act:
            self._begin(act, line, 0)
        return act is not None

    def _content(self, line: Line, before: Line | None) -> None:
        self._grow(line)
        if self._label:
            if line.bulleted or self._awaiting or self._label.many:
                self._take_value(self._label, line, None)
            return
        if not self._open or self._open[-1].heading.field is None:
            return
        opened = self._open[-1]
        name = opened.heading.field
        opened.bulleted = opened.bulleted or line.bulleted
        if before and self._continues(line, before, opened):
            last = self.fields[-1]
            whole = f"{last.value} {line.text}"
            self.fields[-1] = replace(last, end=line.end, value=normal_form(last.name, whole))
            self._last = line
        elif name and _is_item(line, opened):
            self._state(name, line)
            self._last = line

    def _continues(self, line: Line, before: Line, opened: _Open) -> bool:
        """Whether a line is the rest of the item before it."""
        if line.bulleted or line.after_blank:
            return False
        begins_low = line.text[:1].islower()
        if opened.heading.prose:
            return begins_low or before.end - before.start >= _WRAPPED
        return opened.bulleted and (begins_low or line.indent > before.indent)

    def _take_value(self, label: Heading, line: Line, label_start: int | None) -> None:
        self._awaiting = False
        if label.person:
            self._person = _folded(line.text)
        if label.field is None:
            return
        attributes: dict[str, str] = {}
        if label.part:
            attributes["part"] = label.part
        if label.item:
            attributes["label"] = label.item
        if label.event:
            attributes |= {"date": line.text, "event": label.event}
        if self._person and label.field in _PERSONAL:
            attributes["defendant"] = self._person
        self._state(label.field, line, attributes, label_start)

    def _state(
        self,
        name: FieldName,
        line: Line,
        attributes: dict[str, str] | None = None,
        label_start: int | None = None,
    ) -> None:
        parts = _countries(line) if name in _PLACES else [Span(line.start, line.end)]
        for start, end in parts:
            written = _folded(line.text[start - line.start : end - line.start])
            value = normal_form(name, _SLASH.sub("/", written))
            if name is FieldName.DATES:
                value = date_of(written) or value
            labelled = label_start is not None and len(parts) == 1
            self.fields.append(
                Field(
                    name,
                    label_start if labelled and label_start is not None else start,
                    end,
                    value,
                    stated=Span(start, end) if labelled else None,
                    attributes=(attributes or {}) | _known_of(name, written, value),
                )
            )


def _is_item(line: Line, opened: _Open) -> bool:
    """Whether a line is an item of its section; where items have bullets, others are not."""
    short = opened.heading.prose or line.end - line.start <= LONGEST_ITEM
    return short and (line.bulleted or not opened.bulleted)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text)


def _countries(line: Line) -> list[Span]:
    """The parts of "Philippines, Malaysia"; the whole line unless each part is a country."""
    known = vocabulary()
    parts = [Span(line.start + m.start(), line.start + m.end()) for m in _PART.finditer(line.text)]
    names = [known.country(line.text[a - line.start : b - line.start]) for a, b in parts]
    if len(parts) > 1 and all(names) and not known.country(line.text):
        return parts
    return [Span(line.start, line.end)]


def _known_of(name: FieldName, written: str, value: str) -> dict[str, str]:
    """What the vocabulary or the item itself says beyond its value."""
    if name is FieldName.AGENCIES:
        countries = set(_countries_of(written, value))
        return {"country": countries.pop()} if len(countries) == 1 else {}
    if name is FieldName.SOURCES:
        url = _URL.search(written)
        return {"url": url.group().rstrip(".,;)") if url else ""}
    return {}


def _countries_of(written: str, value: str) -> Iterator[str]:
    """The countries of the bodies that an agency may be."""
    called = [body for body in vocabulary().bodies_called(written) if body.name == value]
    for body in called or vocabulary().bodies:
        if body.name == value:
            yield body.country
