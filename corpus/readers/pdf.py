"""A PDF → an article: its paragraphs, with headings where larger letters mark them.

Only the text layer is read; pictures of pages need text recognition first.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from math import hypot
from typing import TYPE_CHECKING, Any

from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers.article_text import article, date_in
from casequote.corpus.readers.blocks import Block, BlockKind, first_title, lay_out
from casequote.corpus.readers.decode import clean
from casequote.corpus.readers.page_lines import Page, PageLine, blocks_of, without_running_heads
from casequote.corpus.readers.reading import Problem, Reading
from casequote.corpus.readers.sherloc_headings import headings
from casequote.corpus.readers.sherloc_lines import is_sherloc
from casequote.corpus.readers.sherloc_text import sherloc_record

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_NO_TITLE = re.compile(
    r"microsoft .*|untitled.*|\(?anonymous\)?|document\s*\d*|title|.*\.(?:docx?|pdf|indd|rtf|odt)",
    re.IGNORECASE,
)
_DAMAGED = (
    "the PDF is damaged; open it in a PDF reader and print it into a new PDF, or download it again"
)
_END_WITHIN = 2_048
_LINE_APART = 0.8
"""Share of the letters' size by which text must stand lower or higher to be another line."""

# Without a handler Python prints the library's warnings, and a bad file is reported anyway.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


def read_pdf(data: bytes, name: str) -> Reading:
    """The article or SHERLOC case of a PDF; pages that cannot be read are problems.

    Raises UnreadableFile when it is protected, damaged throughout or has no text layer.
    """
    reader = _opened(data, name)
    pages, problems = _pages(reader, data, name)
    if not any(pages):
        raise UnreadableFile(_no_text(name, problems))
    pages = without_running_heads(pages)
    plain = "\n".join(line.text for page in pages for line in page)
    if is_sherloc(plain):
        layout, _ = lay_out(_as_lines(blocks_of(pages, headings().is_known)))
        return Reading((sherloc_record(layout, name),), tuple(problems))
    blocks = blocks_of(pages)
    title = _title(reader) or _first_line(blocks)
    text, sections = lay_out(blocks, title)
    written_on = date_in(text) or _created(reader)
    document = article(text, name, title=title, sections=sections, stated_date=written_on)
    return Reading((document,), tuple(problems))


def _failures() -> tuple[type[Exception], ...]:
    """What pypdf raises on damaged files; its documentation says that it is not only its own."""
    from pypdf.errors import DependencyError, PyPdfError

    return (
        *(PyPdfError, DependencyError, ValueError, LookupError, TypeError, AttributeError),
        *(AssertionError, ArithmeticError, RecursionError, NotImplementedError, EOFError, OSError),
        *(zlib.error, struct.error),
    )


def _opened(data: bytes, name: str) -> PdfReader:
    from pypdf import PasswordType, PdfReader

    # Where the end is missing, pypdf looks for the objects of the file only if it sees an end.
    end = b"" if _is_complete(data) else b"\nstartxref\n0\n%%EOF\n"
    try:
        reader = PdfReader(BytesIO(data + end))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise UnreadableFile(
                f"{name}: the PDF is protected by a password; open it with the password, print it "
                "into a new PDF without one and give that"
            )
        len(reader.pages)
    except _failures() as error:
        raise UnreadableFile(f"{name}: {_DAMAGED}") from error
    return reader


def _pages(reader: PdfReader, data: bytes, name: str) -> tuple[list[Page], list[Problem]]:
    """The lines of each page, and a problem for each page that could not be read."""
    pages: list[Page] = []
    problems: list[Problem] = []
    for number in range(len(reader.pages)):
        try:
            pages.append(list(_lines(reader.pages[number])))
        except _failures():
            pages.append([])
            problems.append(
                Problem(
                    f"{name}, page {number + 1}",
                    "the page is damaged and was left out; open the file in a PDF reader and "
                    "print it into a new PDF",
                )
            )
    if not _is_complete(data):
        problems.append(
            Problem(
                name,
                "the file breaks off before its end, so pages may be missing; copy or download it "
                "again",
            )
        )
    without_text = [number for number, page in enumerate(pages, 1) if not page]
    if not problems and 2 * len(without_text) > len(pages) and len(without_text) < len(pages):
        listed = ", ".join(map(str, without_text))
        problems.append(
            Problem(
                f"{name}, pages {listed}",
                "they have no text layer; run text recognition (OCR) on the file and give the "
                "result",
            )
        )
    return pages, problems


def _is_complete(data: bytes) -> bool:
    return b"%%EOF" in data[-_END_WITHIN:]


def _no_text(name: str, problems: list[Problem]) -> str:
    if problems:
        return f"{name}: {_DAMAGED}"
    return (
        f"{name}: the PDF has no text layer: it is made of pictures of pages, or is damaged; run "
        "text recognition (OCR) on it and give the result"
    )


def _lines(page: PageObject) -> Iterator[PageLine]:
    """The lines of a page in the order of the file."""
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
        pieces.append((text, height, size * scale))

    page.extract_text(visitor_text=visit)
    words: list[str] = []
    place: tuple[float, float] | None = None
    for text, height, size in [*pieces, ("\n", 0.0, 0.0)]:
        for number, part in enumerate(text.split("\n")):
            lower = place is not None and part.strip() and _is_apart(place, height, size)
            if number or lower:
                yield from _line(words, place)
                words, place = [], None
            if part.strip():
                place = place or (height, size)
            words.append(part)


def _is_apart(place: tuple[float, float], height: float, size: float) -> bool:
    """Whether text at a height stands on another line than text at `place`."""
    return abs(place[0] - height) > _LINE_APART * min(place[1], size)


def _line(words: list[str], place: tuple[float, float] | None) -> Iterator[PageLine]:
    text = clean(" ".join("".join(words).split()).replace("\x7f", "•"))
    if text and place:
        yield PageLine(text, *place)


def _as_lines(blocks: list[Block]) -> Iterator[Block]:
    """The same blocks without their own ranks: a case page's headings are known by their words."""
    for block in blocks:
        is_item = block.kind is BlockKind.ITEM
        yield block if is_item else Block(BlockKind.PARAGRAPH, block.text)


def _title(reader: PdfReader) -> str | None:
    """The title in the file's properties, unless a program put it there."""
    try:
        stated = reader.metadata.title if reader.metadata else None
    except _failures():
        return None
    title = " ".join(clean(stated or "").split())
    return title if title and not _NO_TITLE.fullmatch(title) else None


def _first_line(blocks: list[Block]) -> str | None:
    """The heading of the largest letters among the first few blocks."""
    top = [block for block in blocks[:5] if block.kind is BlockKind.HEADING]
    return min(top, key=lambda block: block.level).text if top else first_title(blocks)


def _created(reader: PdfReader) -> str | None:
    """The day on which the PDF was made, as its properties say."""
    try:
        made = reader.metadata.creation_date if reader.metadata else None
    except _failures():
        return None
    return made.date().isoformat() if made else None
