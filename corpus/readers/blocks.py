"""Headings, paragraphs, list items and table rows → the text of a document with its sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from casequote.corpus.document import Section, Span
from casequote.corpus.normal import fold

BULLET = "• "
CELL_MARK = " | "


class BlockKind(StrEnum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text that stands by itself; `level` is 1 for the highest headings.

    An item of a numbered list has its number.
    """

    kind: BlockKind
    text: str
    level: int = 0
    number: int | None = None

    @property
    def written(self) -> str:
        """The text as it stands in the document."""
        if self.kind is not BlockKind.ITEM:
            return self.text.strip()
        return f"{BULLET if self.number is None else f'{self.number}. '}{self.text.strip()}"


def lay_out(blocks: Iterable[Block], title: str | None = None) -> tuple[str, tuple[Section, ...]]:
    """The text of the blocks, and a section for each heading that is not the document's title.

    Blocks are set apart by a blank line, the items of a list and the rows of a table are not.
    """
    kept = [block for block in blocks if block.text.strip()]
    heads = _title_block(kept, title)
    pieces: list[str] = []
    length = 0
    opened: list[tuple[int, Section]] = []
    sections: list[Section] = []
    before: Block | None = None
    for block in kept:
        gap = _gap(before, block)
        if block.kind is BlockKind.HEADING and block is not heads:
            sections += _closed(opened, block.level, length)
        written = block.written
        start = length + len(gap)
        pieces += (gap, written)
        length = start + len(written)
        if block.kind is BlockKind.HEADING and block is not heads:
            path = (*(opened[-1][1].path if opened else ()), " ".join(written.split()))
            opened.append((block.level, Section(path, length, length, Span(start, length))))
        before = block
    sections += _closed(opened, 0, length)
    text = "".join(pieces)
    return text, tuple(sorted((_trimmed(s, text) for s in sections), key=_place))


def first_title(blocks: Sequence[Block]) -> str | None:
    """The heading that a document begins with, if it begins with one."""
    if blocks and blocks[0].kind is BlockKind.HEADING:
        return " ".join(blocks[0].text.split())
    return None


def _title_block(blocks: Sequence[Block], title: str | None) -> Block | None:
    """The heading that is the title of the document and therefore no section of it."""
    if not blocks or blocks[0].kind is not BlockKind.HEADING:
        return None
    first, rest = blocks[0], blocks[1:]
    is_title = title is not None and fold(first.text) == fold(title)
    alone = not any(b.kind is BlockKind.HEADING and b.level <= first.level for b in rest)
    return first if is_title or alone else None


def _closed(opened: list[tuple[int, Section]], level: int, end: int) -> list[Section]:
    """Takes the sections at or below `level` from those that are open; they end at `end`."""
    closed = []
    while opened and opened[-1][0] >= level:
        section = opened.pop()[1]
        closed.append(replace(section, end=max(section.start, end)))
    return closed


def _trimmed(section: Section, text: str) -> Section:
    """The section from its first character that is not white space."""
    blank = re.compile(r"\s*").match(text, section.start, section.end)
    start = blank.end() if blank and blank.end() < section.end else section.start
    end = section.end if start > section.start else section.start
    return replace(section, start=start, end=max(start, end))


def _place(section: Section) -> tuple[int, int]:
    return (section.heading.start if section.heading else section.start, len(section.path))


def _gap(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    tight = block.kind in (BlockKind.ITEM, BlockKind.ROW) and before.kind is block.kind
    return "\n" if tight else "\n\n"
