"""A PDF → an article: its paragraphs, with headings where larger letters mark them.

Only the text layer is read; pictures of pages need text recognition first.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from math import hypot
from struct import error as StructError
from typing import TYPE_CHECKING, Any

from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers.article_text import article, date_in
from casequote.corpus.readers.blocks import Block, BlockKind, first_title, lay_out
from casequote.corpus.readers.decode import clean
from casequote.corpus.readers.page_lines import PageLine, blocks_of, without_running_heads
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
_END_WITHIN = 2_048

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
