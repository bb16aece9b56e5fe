"""An HTML page → an article, its headings as sections; a saved SHERLOC case page → a record."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers.article_text import article, date_in
from casequote.corpus.readers.blocks import CELL_MARK, Block, BlockKind, first_title, lay_out
from casequote.corpus.readers.dom import Element, address, meta, parse, text_of, visible_blocks
from casequote.corpus.readers.reading import Reading
from casequote.corpus.readers.sherloc_html import read_sherloc_page
from casequote.corpus.readers.sherloc_lines import is_sherloc

_LEAST_SHARE = 0.25
"""Share of the visible text under which the extraction of the main text is not believed."""
_KINDS = {"p": BlockKind.PARAGRAPH, "quote": BlockKind.PARAGRAPH, "code": BlockKind.PARAGRAPH}

# Without a handler Python prints the libraries' warnings, and a bad page is reported anyway.
for _library in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def read_html(text: str, name: str) -> Reading:
    """The article or SHERLOC case of a page. Raises UnreadableFile when it holds no text."""
    root = parse(text, name)
    blocks = list(visible_blocks(root))
    layout, _ = lay_out(blocks)
    if not layout:
        raise UnreadableFile(
            f"{name}: the page holds no text; if it shows some in the browser, select and copy it "
            "into a text file"
        )
    if is_sherloc(layout):
        return read_sherloc_page(root, layout, name)
    return _read_article(text, root, blocks, name)


def _read_article(text: str, root: Element, blocks: list[Block], name: str) -> Reading:
    found = _main_text(text)
    main = list(_blocks(found.body)) if found is not None else []
    if _length(main) < _LEAST_SHARE * _length(blocks):
        main = blocks
    stated = found.title if found is not None else None
    title = stated or meta(root, "og:title") or first_title(main) or _title_element(root)
    body, sections = lay_out(main, title)
    return Reading(
        (
            article(
                body,
                name,
                title=title,
                sections=sections,
                stated_date=found.date if found is not None else None,
                url=address(root),
                publisher=meta(root, "og:site_name", "application-name"),
            ),
        )
    )
