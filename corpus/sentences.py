"""Text → sentences: spans of sentences and list items, the smallest things that are quoted.

Sentence ends come from nupunkt (Punkt trained on legal text, so "v.", "No." and "U.S.C." do not end
one); this module adds what layout says: blank lines, bullets and headings end a sentence, the
wrapped lines of a paragraph do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import nupunkt

from casequote.corpus.document import Span

_BULLET = re.compile(r"[ \t]*(?:[•·▪◦‣*–—-]|\(?\d{1,2}[.)])[ \t]+(?=\S)")
_LINE = re.compile(r"[^\n]*\n?")
WRAPPED_AT_LEAST = 45
WRAPPED_AT_MOST = 130
LONGEST = 1_200
"""A "sentence" beyond this many characters is cut at its semicolons, commas or spaces."""


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences and list items of ``text[start:end]``, trimmed, in order."""
    return [span for group in units(text, start, end) for span in group]


def units(text: str, start: int = 0, end: int | None = None) -> Iterator[list[Span]]:
    """The same sentences in groups: those of one list item together, any other alone."""
    for block, is_item in _blocks(text, start, len(text) if end is None else end):
        piece = text[block.start : block.end]
        found: list[Span] = []
        for first, last in nupunkt.sent_spans(piece):
            trimmed = _trimmed(text, block.start + first, block.start + last)
            if trimmed.start < trimmed.end:
                found.extend(_cut(text, trimmed))
        yield from [found] if is_item and found else ([span] for span in found)


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """Runs of lines that belong together: one item, one heading or one wrapped paragraph.

    True with a block that is an item; its bullet is left out.
    """
    lines = [
        Span(start + m.start(), start + m.end())
        for m in _LINE.finditer(text[start:end])
        if m.end() > m.start()
    ]
    opened: int | None = None
    is_item = False
    for number, line in enumerate(lines):
        content = text[line.start : line.end].strip()
        if not content:
            continue
        if opened is None:
            marker = _BULLET.match(text, line.start, line.end)
            opened, is_item = (marker.end(), True) if marker else (line.start, False)
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or not _continues(text, line, following):
            yield Span(opened, line.end), is_item
            opened = None


def _continues(text: str, line: Span, following: Span) -> bool:
    """Whether a line break is only a wrap."""
    here, there = text[line.start : line.end].rstrip(), text[following.start : following.end]
    if not there.strip() or _BULLET.match(there):
        return False
    if len(here) < WRAPPED_AT_LEAST or len(here) > WRAPPED_AT_MOST:
        return False
    return here[-1] not in '.!?:;"”' or there.lstrip()[:1].islower()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """The span itself, or parts of at most `LONGEST` characters."""
    if span.end - span.start <= LONGEST:
        yield span
        return
    cuts = [span.start]
    while span.end - cuts[-1] > LONGEST:
        window = text[cuts[-1] : cuts[-1] + LONGEST]
        at = max((window.rfind(mark, LONGEST // 2) + len(mark) for mark in ("; ", ", ")), default=0)
        if at < LONGEST // 2:
            at = window.rfind(" ", 1) + 1
        cuts.append(cuts[-1] + (at if at > 0 else LONGEST))
    for first, last in pairwise([*cuts, span.end]):
        part = _trimmed(text, first, last)
        if part.start < part.end:
            yield part
