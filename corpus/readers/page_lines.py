"""Lines of pages → paragraphs, list items and headings, as their place and size on the page say.

Wraps and hyphens at line ends are undone; running heads and page numbers go, where they are plain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from casequote.corpus.readers.blocks import Block, BlockKind

_EDGE = 2
"""How many lines at the top and at the bottom of a page may be running heads."""
_LEAST_PAGES = 3
_OFTEN = 0.6
_FULL = 0.7
"""Share of the usual length of lines from which a line is full, so that its text may go on."""
_HALF = 0.5
_SAME_SIZE = 0.6
_LARGE = 1.15
_WIDE_GAP = 1.35
_LONGEST_HEADING = 160
_PAGE = re.compile(
    r"\W*(?:page\s+)?\d{1,4}\s*(?:of|/)\s*\d{1,4}\W*|\W*page\s+\d{1,4}\W*", re.IGNORECASE
)
_BARE_NUMBER = re.compile(r"\W*(\d{1,4})\W*")
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")
_LONE_BULLET = re.compile(r"[•●▪◦‣∙·\uf0b7\x7f]")
_BULLET = re.compile(r"[•●▪◦‣∙·\uf0b7\x7f]\s*(?=\S)|[*–—-]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s+\S")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_CUT_WORD = re.compile(r"(\w+)[-\u2010\u00ad]$")
_WORD = re.compile(r"\w+")
_COMPOUND = re.compile(r"\w+(?:-\w+)+")
_COMPOUNDING = frozenset({"cross", "self", "well", "long", "half"})
"""First parts that keep their hyphen: "cross-border"."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page; `height` above the foot of the page and `size` of its letters in points."""

    text: str
    height: float
    size: float


Page = Sequence[PageLine]


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without lines that most of them have at an edge, and without page numbers."""
    edges = [_edges(page) for page in pages]
    filled = sum(bool(edge) for edge in edges)
    counts = Counter(form for edge in edges for form in {_form(page[1]) for page in edge})
    least = max(_LEAST_PAGES, _OFTEN * filled)
    often = {form for form, count in counts.items() if form and count >= least}
    offset = _numbering(edges)
    cleaned: list[Page] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        dropped = {
            place
            for place, text in edge
            if _form(text) in often or _PAGE.fullmatch(text) or _is_number(text, number, offset)
        }
        cleaned.append([line for place, line in enumerate(page) if place not in dropped])
    return cleaned


def blocks_of(
    pages: Sequence[Page], stands_alone: Callable[[str], bool] = lambda _: False
) -> list[Block]:
    """The blocks of the pages; lines of which `stands_alone` holds are not joined to others."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    rule = _Rule(lines)
    words = _Words(line.text for line in lines)
    groups: list[list[PageLine]] = []
    for page in pages:
        fresh = True
        for line in _with_bullets(page):
            before = groups[-1][-1] if groups else None
            apart = before is None or stands_alone(line.text) or stands_alone(before.text)
            if before is not None and not apart and rule.goes_on(before, line, new_page=fresh):
                groups[-1].append(line)
            else:
                groups.append([line])
            fresh = False
    return [rule.block(group, words) for group in groups]


def _with_bullets(page: Page) -> Iterator[PageLine]:
    """The lines of a page; a bullet that is a line by itself goes to the line after it."""
    bullet = False
    for line in page:
        if _LONE_BULLET.fullmatch(line.text):
            bullet = True
            continue
        yield PageLine(f"• {line.text}", line.height, line.size) if bullet else line
        bullet = False


def _edges(page: Page) -> list[tuple[int, str]]:
    """The first and last lines of a page, with their places."""
    numbered = [(place, line.text) for place, line in enumerate(page)]
    return numbered if len(page) <= 2 * _EDGE else numbered[:_EDGE] + numbered[-_EDGE:]


def _form(text: str) -> str:
    """A line in which numbers make no difference; empty for a line without words."""
    return _DIGITS.sub("#", text) if _LETTER.search(text) else ""


def _numbering(edges: list[list[tuple[int, str]]]) -> int | None:
    """By how much the bare numbers at the edges exceed the pages' places, if most agree."""
    offsets = Counter(
        int(match[1]) - number
        for number, edge in enumerate(edges)
        for _, text in edge
        if (match := _BARE_NUMBER.fullmatch(text))
    )
    if not offsets:
        return None
    offset, count = offsets.most_common(1)[0]
    return offset if count >= max(2, _OFTEN * sum(map(bool, edges))) else None


def _is_number(text: str, number: int, offset: int | None) -> bool:
    match = _BARE_NUMBER.fullmatch(text)
    return match is not None and offset is not None and int(match[1]) - number == offset


class _Rule:
    """What is usual in a document, and from that which lines belong together."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        self._size = sizes.most_common(1)[0][0]
        larger = {round(line.size, 1) for line in lines if self._is_large(line)}
        self._levels = {size: level for level, size in enumerate(sorted(larger, reverse=True), 1)}
        lengths = sorted(len(line.text) for line in lines)
        self._length = lengths[int(0.9 * (len(lengths) - 1))]
        gaps = [
            a.height - b.height
            for a, b in pairwise(lines)
            if a.height > b.height and abs(a.size - b.size) < _SAME_SIZE
        ]
        self._gap = median(gaps) if gaps else 0.0

    def goes_on(self, before: PageLine, line: PageLine, *, new_page: bool) -> bool:
        """Whether a line only continues the one before it."""
        gap = before.height - line.height
        if abs(before.size - line.size) >= _SAME_SIZE or _BULLET.match(line.text):
            return False
        if not new_page and self._gap and gap > _WIDE_GAP * max(self._gap, before.size * 1.1):
            return False
        if self._is_large(line):
            return not new_page and len(before.text) + len(line.text) <= _LONGEST_HEADING
        ended = _SENTENCE_END.search(before.text) is not None
        if _NUMBERED.match(line.text) and (ended or len(before.text) < _FULL * self._length):
            return False
        if line.text[:1].islower() and not ended:
            return len(before.text) >= _HALF * self._length
        least = 0.9 if ended else _FULL
        return len(before.text) >= least * self._length and not (new_page and ended)

    def block(self, group: list[PageLine], words: _Words) -> Block:
        """The block that lines form."""
        text = words.joined([line.text for line in group])
        bullet = _BULLET.match(text)
        if bullet:
            return Block(BlockKind.ITEM, text[bullet.end() :])
        large = self._is_large(group[0]) and len(text) <= _LONGEST_HEADING
        if large and _LETTER.search(text) and not text.endswith((".", ",", ";")):
            return Block(BlockKind.HEADING, text, self._levels[round(group[0].size, 1)])
        return Block(BlockKind.PARAGRAPH, text)

    def _is_large(self, line: PageLine) -> bool:
        return line.size >= _LARGE * self._size


class _Words:
    """The words of a document, to tell whether a hyphen at a line's end belongs to the word."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._compounds: set[str] = set()
        for text in texts:
            self._words.update(word.casefold() for word in _WORD.findall(text))
            self._compounds.update(word.casefold() for word in _COMPOUND.findall(text))

    def joined(self, texts: list[str]) -> str:
        """The lines as one; a word that was cut is made whole."""
        whole = texts[0]
        for text in texts[1:]:
            cut, rest = _CUT_WORD.search(whole), _WORD.match(text)
            if cut is None or rest is None:
                whole = f"{whole} {text}"
            elif self._is_compound(cut[1], rest[0]):
                whole += text
            else:
                whole = whole[: cut.end(1)] + text
        return whole

    def _is_compound(self, first: str, second: str) -> bool:
        if not second[0].islower() or not first[-1].isalpha():
            return True
        if f"{first}{second}".casefold() in self._words:
            return False
        if f"{first}-{second}".casefold() in self._compounds:
            return True
        return first.casefold() in _COMPOUNDING and len(second) > 3
