"""An HTML page → an article, its headings as sections; a saved SHERLOC case page → a record."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers.article_text import article
from casequote.corpus.readers.blocks import CELL_MARK, Block, BlockKind, first_title, lay_out
from casequote.corpus.readers.dom import Element, address, meta, parse, text_of, visible_blocks
from casequote.corpus.readers.reading import Reading
from casequote.corpus.readers.sherloc_html import read_sherloc_page
from casequote.corpus.readers.sherloc_lines import is_sherloc

_SHORT = 600
"""Characters of visible text under which a page is read whole."""
_LEAST_SHARE = 0.25
"""Share of the visible text under which the extraction of the main text is not believed."""

# Without a handler Python prints the libraries' warnings, and a bad page is reported anyway.
for _library in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


def read_html(text: str, name: str) -> Reading:
    """The article or SHERLOC case of a page. Raises UnreadableFile when it holds no text."""
    root = parse(text, name)
    blocks = list(visible_blocks(root))
    layout, _ = lay_out(blocks)
    if not layout.strip():
        raise UnreadableFile(
            f"{name}: the page holds no text; if it shows some in the browser, select and copy it "
            "into a text file"
        )
    if is_sherloc(layout):
        return read_sherloc_page(root, blocks, name)
    return _read_article(text, root, blocks, name)


def _read_article(text: str, root: Element, blocks: list[Block], name: str) -> Reading:
    found = _main_text(text)
    main = list(_blocks(found.body)) if found is not None else []
    if _length(blocks) < _SHORT or _length(main) < _LEAST_SHARE * _length(blocks):
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


def _main_text(text: str) -> Any:
    """What trafilatura takes for the main text, with title, date and body; None without any.

    Only dates that the page marks as such count, whatever the day on which it is read.
    """
    from trafilatura import bare_extraction

    return bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "outputformat": "%Y-%m-%d",
            "max_date": "2100-01-01",
        },
    )


def _blocks(element: Element) -> Iterator[Block]:
    """The blocks of the tree that trafilatura gives: head, p, list, quote, table."""
    for child in element:
        if child.tag == "head":
            level = (child.get("rend") or "h2").lstrip("h")
            yield Block(BlockKind.HEADING, text_of(child), int(level) if level.isdecimal() else 2)
        elif child.tag == "item":
            yield Block(BlockKind.ITEM, text_of(child))
        elif child.tag == "row":
            cells = [text_of(cell) for cell in child]
            yield Block(BlockKind.ROW, CELL_MARK.join(cell for cell in cells if cell))
        elif child.tag in ("list", "table", "div"):
            yield from _blocks(child)
        else:
            yield Block(BlockKind.PARAGRAPH, _with_breaks(child))


def _with_breaks(element: Element) -> str:
    """The text of an element, with its line breaks."""
    for line_break in element.iter("lb"):
        line_break.tail = f"\n{line_break.tail or ''}"
    lines = "".join(element.itertext()).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _length(blocks: list[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _title_element(root: Element) -> str | None:
    return next((text_of(element) for element in root.iter("title") if text_of(element)), None)
