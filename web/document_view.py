"""Document text → headings, paragraphs and list items, with an extract marked in its place.

Nothing is lost or added: the characters of all blocks and the white space after them, in order,
are the text. What a section or a bullet means is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Literal

from casequote.corpus.document import Document, Source, Span
from casequote.web.links import web_address

BlockKind = Literal["title", "heading", "paragraph", "item", "space"]
"""`title` is a first line that repeats the document's title; `space` is white space before it."""

BULLETS = frozenset("•‣◦▪●∙·*–-")
LONGEST_WRAPPED = 120
"""Lines up to this length may have been wrapped by hand; a longer one is a paragraph of its own."""
DEEPEST = 6

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_VISIBLE = re.compile(r"\S")
_OFFSET = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are marked as a whole or not at all."""

    text: str
    marked: bool
    anchor: bool = False
    """Whether links to the extract lead here: its first visible characters."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or list item, and the white space after it."""

    kind: BlockKind
    level: int
    """Of a heading: 2 to 6, never more than one below the heading before; of others 0."""
    runs: tuple[Run, ...]
    space: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A public source that a record names, and its address if that can be linked."""

    source: Source
    url: str | None


class WrongExtract(ValueError):
    """Offsets that no extract of the document has; `reason` names the wording."""

    def __init__(self, reason: Literal["incomplete", "not_numbers", "outside", "empty"]) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where a block's characters are, without the white space around them."""

    kind: BlockKind
    depth: int
    start: int
    end: int


def blocks(document: Document, mark: Span | None = None) -> list[Block]:
    """The text as blocks; the characters of `mark` are those of the marked runs."""
    text = document.text
    pieces = list(_pieces(document))
    if pieces and text[pieces[0].start : pieces[0].end] == document.title:
        pieces[0] = replace(pieces[0], kind="title")
    anchor = _anchor(text, mark)
    first = pieces[0].start if pieces else len(text)
    found = []
    if first > 0:
        found.append(Block("space", 0, (), _runs(text, Span(0, first), mark, anchor)))
    level = 1
    for piece, following in pairwise([*pieces, _Piece("space", 0, len(text), len(text))]):
        if piece.kind == "heading":
            level = min(piece.depth + 1, level + 1, DEEPEST)
        runs = _runs(text, Span(piece.start, piece.end), mark, anchor)
        space = _runs(text, Span(piece.end, following.start), mark, anchor)
        found.append(Block(piece.kind, level if piece.kind == "heading" else 0, runs, space))
    return found


def grouped(found: Sequence[Block]) -> list[tuple[Block, ...]]:
    """The blocks in order: items that follow one another as one list, any other block alone."""
    groups: list[tuple[Block, ...]] = []
    for is_list, some in groupby(found, key=lambda block: block.kind == "item"):
        run = tuple(some)
        groups += [run] if is_list else [(block,) for block in run]
    return groups


def asked_extract(start: str | None, end: str | None, length: int) -> Span | None:
    """The offsets of an address as a span of a text, None without any. Raises WrongExtract."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise WrongExtract("incomplete")
    if not (_OFFSET.fullmatch(start) and _OFFSET.fullmatch(end)):
        raise WrongExtract("not_numbers")
    span = Span(int(start), int(end))
    if span.start >= span.end:
        raise WrongExtract("empty")
    if span.end > length:
        raise WrongExtract("outside")
    return span


def named_sources(document: Document, span: Span | None = None) -> tuple[NamedSource, ...]:
    """The sources that a record names: all, or those of the characters of `span`."""
    wanted = None if span is None else document.sources_of(span.start, span.end)
    return tuple(
        NamedSource(source, web_address(source.url))
        for source in document.sources
        if wanted is None or source.number in wanted
    )


def _anchor(text: str, mark: Span | None) -> int | None:
    """Where links to the extract lead: its first visible character."""
    if mark is None:
        return None
    visible = _VISIBLE.search(text, mark.start, mark.end)
    return visible.start() if visible else mark.start


def _runs(text: str, span: Span, mark: Span | None, anchor: int | None) -> tuple[Run, ...]:
    """The characters of `span`, cut where the mark begins and ends."""
    begin, finish = span.end, span.end
    if mark is not None:
        begin = min(max(mark.start, span.start), span.end)
        finish = min(max(mark.end, begin), span.end)
    cuts = (
        Run(text[span.start : begin], marked=False),
        Run(text[begin:finish], marked=True, anchor=anchor in range(begin, finish)),
        Run(text[finish : span.end], marked=False),
    )
    return tuple(run for run in cuts if run.text)


def _pieces(document: Document) -> Iterator[_Piece]:
    """Headings where the sections say, and lines of text between them."""
    text = document.text
    position = 0
    for span, depth in _headings(document):
        yield from _between(text, position, span.start)
        yield _Piece("heading", depth, *span)
        position = span.end
    yield from _between(text, position, len(text))


def _headings(document: Document) -> Iterator[tuple[Span, int]]:
    """Where headings are and how deep, in order, none inside another."""
    text = document.text
    stated = sorted(
        (_trimmed(text, section.heading), max(1, len(section.path)))
        for section in document.sections
        if section.heading and 0 <= section.heading.start <= section.heading.end <= len(text)
    )
    position = 0
    for span, depth in stated:
        if position <= span.start < span.end:
            yield span, depth
            position = span.end


def _between(text: str, start: int, end: int) -> Iterator[_Piece]:
    """Paragraphs and items of a part of the text without headings."""
    piece: _Piece | None = None
    last = Span(start, start)
    for match in _LINE.finditer(text, start, end):
        line = _trimmed(text, Span(*match.span()))
        if line.start == line.end:
            continue
        if piece and _goes_on(text, piece, last, line):
            piece = _Piece(piece.kind, 0, piece.start, line.end)
        else:
            if piece:
                yield piece
            piece = _Piece("item" if _is_item(text, line) else "paragraph", 0, *line)
        last = line
    if piece:
        yield piece


def _goes_on(text: str, piece: _Piece, last: Span, line: Span) -> bool:
    """Whether a line belongs to the piece before it, whose last line is `last`."""
    gap = text[last.end : line.start]
    if len(_LINE_END.findall(gap)) > 1 or _is_item(text, line):
        return False
    if piece.kind == "item":
        indented = not gap.endswith(("\n", "\r"))
        return indented or text[line.start].islower()
    return max(last.end - last.start, line.end - line.start) <= LONGEST_WRAPPED


def _is_item(text: str, line: Span) -> bool:
    return (
        text[line.start] in BULLETS and line.start + 1 < line.end and text[line.start + 1].isspace()
    )


def _trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))
