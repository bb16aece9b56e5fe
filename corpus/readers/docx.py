"""A Word document (DOCX) → an article: headings as sections, list items and table rows as lines.

Deleted text, comments, notes and text boxes are not read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers.article_text import article, date_in
from casequote.corpus.readers.blocks import CELL_MARK, Block, BlockKind, lay_out
from casequote.corpus.readers.decode import clean
from casequote.corpus.readers.reading import Reading
from casequote.corpus.readers.sherloc_lines import is_sherloc
from casequote.corpus.readers.sherloc_text import read_sherloc_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes that all parts of a document may have when unpacked."""
_MOST_PARTS = 10_000
_HEADING = re.compile(r"^heading (\d)$", re.IGNORECASE)
_LIST = re.compile(r"^list (?:bullet|number)", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:microsoft )?word(?: document| -.*)?|(?:document|untitled|title)\s*\d*|.*\.docx?",
    re.IGNORECASE,
)
_PIECES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_SKIPPED = frozenset({"del", "moveFrom", "txbxContent", "instrText", "delText", "Fallback"})
_CONTAINERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


def read_docx(data: bytes, name: str) -> Reading:
    """The article that a document is. Raises UnreadableFile when it is damaged or holds no text."""
    document = _opened(data, name)
    with _damage_reported(name):
        blocks = list(_Writer(document).blocks(document.element.body))
        title = _title(document, blocks)
        written_on = _created(document)
    text, sections = lay_out(blocks, title)
    if not text:
        raise UnreadableFile(
            f"{name}: the document holds no text; if it consists of pictures of pages, run text "
            "recognition (OCR) and save the result"
        )
    if is_sherloc(text):
        return read_sherloc_text(text, name)
    stated_date = date_in(text) or written_on
    return Reading((article(text, name, title=title, sections=sections, stated_date=stated_date),))


def _failures() -> tuple[type[Exception], ...]:
    """What zipfile, lxml and python-docx raise on damaged documents."""
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    return (
        *(zipfile.BadZipFile, zlib.error, OpcError, LxmlError, LookupError, ValueError, OSError),
        *(EOFError, NotImplementedError, RuntimeError, AttributeError, TypeError),
    )


def _opened(data: bytes, name: str) -> WordDocument:
    import docx

    with _damage_reported(name):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_size(archive, name)
        return docx.Document(BytesIO(data))


@contextmanager
def _damage_reported(name: str) -> Iterator[None]:
    try:
        yield
    except _failures() as error:
        raise UnreadableFile(
            f"{name}: the Word document is damaged; open it in Word and save it again as DOCX"
        ) from error


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    """Refuses archives that unpack to far more than a text can be."""
    parts = archive.infolist()
    size = sum(part.file_size for part in parts)
    if size > MOST_UNPACKED or len(parts) > _MOST_PARTS:
        raise UnreadableFile(
            f"{name}: unpacked, its {len(parts)} parts have {size:,} bytes, and at most "
            f"{MOST_UNPACKED:,} are read; save the text alone as DOCX"
        )


class _Writer:
    """Turns elements of the document's body into blocks."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._kinds: dict[str | None, tuple[BlockKind, int]] = {}

    def blocks(self, container: Any) -> Iterator[Block]:
        for element in container.iterchildren():
            match _tag(element):
                case "p":
                    text = _text(element)
                    kind, level = self._kind(element)
                    if kind is BlockKind.HEADING:
                        text = " ".join(text.split())
                    yield Block(kind, text, level)
                case "tbl":
                    yield from self._rows(element)
                case tag if tag in _CONTAINERS:
                    yield from self.blocks(element)

    def _rows(self, table: Any) -> Iterator[Block]:
        for row in table.iterchildren():
            if _tag(row) == "tr":
                cells = (" ".join(self._cell(cell)) for cell in row if _tag(cell) in ("tc", "sdt"))
                yield Block(BlockKind.ROW, CELL_MARK.join(cell for cell in cells if cell))
            elif _tag(row) in _CONTAINERS:
                yield from self._rows(row)

    def _cell(self, cell: Any) -> Iterator[str]:
        """The words of a cell, with those of tables in it."""
        for block in self.blocks(cell):
            yield from block.text.split()

    def _kind(self, paragraph: Any) -> tuple[BlockKind, int]:
        style = paragraph.style
        if style not in self._kinds:
            self._kinds[style] = self._kind_of(style)
        kind, level = self._kinds[style]
        properties = paragraph.pPr
        numbered = properties is not None and properties.numPr is not None
        return (BlockKind.ITEM, 0) if numbered and kind is BlockKind.PARAGRAPH else (kind, level)

    def _kind_of(self, style: str | None) -> tuple[BlockKind, int]:
        """What a paragraph of a style is, by the style's name in English."""
        from docx.enum.style import WD_STYLE_TYPE

        name = self._document.styles.get_by_id(style, WD_STYLE_TYPE.PARAGRAPH).name or ""
        if heading := _HEADING.match(name):
            return BlockKind.HEADING, int(heading[1]) + 1
        if name.lower() == "title":
            return BlockKind.HEADING, 1
        return (BlockKind.ITEM if _LIST.match(name) else BlockKind.PARAGRAPH), 0


def _text(paragraph: Any) -> str:
    """The text of a paragraph as it stands: with what was inserted, without what was deleted."""
    from lxml import etree

    pieces: list[str] = []
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, element in walker:
        tag = _tag(element)
        if tag in _SKIPPED:
            walker.skip_subtree()
        elif tag == "t":
            pieces.append(element.text or "")
        else:
            pieces.append(_PIECES.get(tag, ""))
    return clean("".join(pieces)).strip()


def _tag(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _title(document: WordDocument, blocks: list[Block]) -> str | None:
    """The title of the text, else that of the file's properties, else its first heading."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    for block in headings:
        if block.level == 1 and block.text:
            return block.text
    stated = " ".join(str(document.core_properties.title or "").split())
    if stated and not _NO_TITLE.fullmatch(stated):
        return stated
    first = next((block for block in blocks if block.text), None)
    return str(first.text) if first and first in headings else None


def _created(document: WordDocument) -> str | None:
    """The day on which the document was begun, as its properties say."""
    properties = document.core_properties
    created: datetime | None = properties.created
    if created is None or properties.author == "python-docx":
        return None  # documents made by that library keep the date of its template
    return created.date().isoformat()
