"""A SHERLOC case page saved as HTML → a record, laid out and read like the copied text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casequote.corpus.readers.blocks import Block, BlockKind, lay_out
from casequote.corpus.readers.dom import Element, address, meta, text_of
from casequote.corpus.readers.reading import Reading
from casequote.corpus.readers.sherloc_headings import headings
from casequote.corpus.readers.sherloc_lines import first_main, lines_of, menu_of, title_of
from casequote.corpus.readers.sherloc_text import sherloc_record

_SITE = re.compile(r"\s*(?:[|–—-]|::)\s*(?:UNODC|SHERLOC|United Nations).*$", re.IGNORECASE)


def read_sherloc_page(root: Element, blocks: Iterable[Block], name: str) -> Reading:
    """The record of a page that shows `blocks`."""
    layout, _ = lay_out(block for block in blocks if not _is_noise(block))
    lines = lines_of(layout)
    front = first_main(lines, menu_of(lines))
    titles = list(dict.fromkeys(_titles(root)))
    title = next((t for t in titles if title_of(lines, front, t) is not None), None)
    if title is None and titles:
        title = titles[0]
        layout = f"{title}\n\n{layout}"
    return Reading((sherloc_record(layout, name, title=title, url=address(root)),))


def _is_noise(block: Block) -> bool:
    return block.kind is not BlockKind.ITEM and headings().is_noise(block.text)


def _titles(root: Element) -> Iterator[str]:
    """What the page calls itself, the likeliest first."""
    stated = [meta(root, "og:title")]
    stated += [text_of(element) for element in (*root.iter("title"), *root.iter("h1"))]
    for text in stated:
        title = _SITE.sub("", text or "").strip()
        if title and not headings().is_noise(title) and not headings().main(title):
            yield title
