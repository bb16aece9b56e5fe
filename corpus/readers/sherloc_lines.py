"""The text of a SHERLOC case page → its lines, and which of them is the title.

Tells such a text from others; what the lines state is for `sherloc_parser`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casequote.corpus.normal import fold
from casequote.corpus.readers.sherloc_headings import Heading, headings
from casequote.corpus.vocabulary import vocabulary

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[•●▪◦‣∙·\uf0b7]\s*(?=\S)|(?:[*–—-]|o(?=[\t\xa0])|\d{1,2}[.)])[^\S\n]+(?=\S)")
_BLANK = " \t\u00a0\u200b\u200c\u200d\u2060\ufeff"
_DATE_ONLY = re.compile(r"[\d\s./,:-]{4,}|\D{0,12}\b(?:19|20)\d\d(?:-\d\d){0,2}")
_SIGNATURE = re.compile(
    r"fact\s+summary|commentary\s+and\s+significant\s+features|cross-?\s?cutting\s+issues",
    re.IGNORECASE,
)
FACT_SUMMARY = "fact summary"
_ENOUGH = 3
_ENOUGH_WITHOUT_FACTS = 4
_MENU = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: the span of its content, without bullet and white space."""

    outset: int
    """Where its bullet stands, or else its content."""
    start: int
    end: int
    text: str
    bulleted: bool
    after_blank: bool
    indent: int


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    return list(_lines(text))


def is_sherloc(text: str) -> bool:
    """Whether a text is a SHERLOC case page: several of its headings are lines of their own."""
    if not _SIGNATURE.search(text):
        return False
    known = headings()
    found = set()
    for line in _lines(text):
        heading = None if line.bulleted else known.main(line.text.split(":")[0])
        if heading:
            found.add(heading.heading)
    with_facts = any(fold(heading) == FACT_SUMMARY for heading in found)
    return len(found) >= (_ENOUGH if with_facts else _ENOUGH_WITHOUT_FACTS)


def menu_of(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines that only list the headings that come later."""
    mains = [None if line.text == "" else headings().main(line.text) for line in lines]
    menu: set[int] = set()
    run: list[int] = []
    for number, heading in enumerate([*mains, None]):
        if heading and heading in mains[number + 1 :]:
            run.append(number)
            continue
        if len(run) >= _MENU:
            menu.update(run)
        run = []
    return frozenset(menu)


def first_main(lines: Sequence[Line], menu: frozenset[int]) -> int:
    """Number of the first line that is the heading of a main section; all before are the front."""
    known = headings()
    for number, line in enumerate(lines):
        if number in menu or line.bulleted or known.act(line.text):
            continue
        if known.main(line.text) or known.main(line.text.partition(":")[0]):
            return number
    return len(lines)


def title_of(lines: Sequence[Line], front: int, hint: str | None) -> int | None:
    """Number of the line in the front that is the title: the hint's, else the last that may be."""
    if hint:
        wanted = fold(hint)
        stated = [n for n in range(front) if fold(lines[n].text) == wanted]
        return stated[0] if stated else None
    found = None
    after_label = False
    for number, line in enumerate(lines[:front]):
        heading = _known(line)
        if not heading and not after_label and not _is_no_title(line):
            found = number
        after_label = heading is not None and heading in headings().top_labels
    return found


def _known(line: Line) -> Heading | None:
    """The heading, area or label that a line of the front is."""
    known = headings()
    found = known.find(line.text, ()) or known.find(line.text.partition(":")[0], ())
    return found.heading if found else known.area(line.text) or known.act(line.text)


def _is_no_title(line: Line) -> bool:
    return (
        line.bulleted
        or headings().is_noise(line.text)
        or line.text.endswith(":")
        or bool(_DATE_ONLY.fullmatch(line.text))
        or vocabulary().country(line.text) is not None
    )


def _lines(text: str) -> Iterator[Line]:
    last = None
    for match in _LINE.finditer(text):
        content = match.group().rstrip().rstrip(_BLANK).rstrip()
        indent = len(content) - len(content.lstrip().lstrip(_BLANK).lstrip())
        if indent == len(content):
            continue
        start = match.start() + indent
        bullet = _BULLET.match(text, start, match.start() + len(content))
        begin = bullet.end() if bullet else start
        end = match.start() + len(content)
        yield Line(
            outset=start,
            start=begin,
            end=end,
            text=text[begin:end],
            bulleted=bullet is not None,
            after_blank=last is None or text.count("\n", last, start) > 1,
            indent=indent,
        )
        last = end
