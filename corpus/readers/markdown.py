"""Markdown → an article: plain text without marks, its headings as sections.

A block of `key: value` lines between `---` at the top gives title, date, address and publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers.article_text import article, date_in
from casequote.corpus.readers.blocks import CELL_MARK, Block, BlockKind, first_title, lay_out
from casequote.corpus.readers.dom import parse, text_of
from casequote.corpus.readers.reading import Reading

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>(?:[^\n]*\n){1,40}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_PAIR = re.compile(r"^(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"""^(["'])(.*)\1$""")
_ISO_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_TAG = re.compile(r"</?[A-Za-z][^>]*>")


def read_markdown(text: str, name: str) -> Reading:
    """The article that a Markdown text is. Raises UnreadableFile when it holds only marks."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    stated = _pairs(front["lines"]) if front else {}
    parser = MarkdownIt("commonmark").enable("table")
    blocks = list(_blocks(parser.parse(text[front.end() :] if front else text)))
    title = stated.get("title") or first_title(blocks)
    body, sections = lay_out(blocks, title)
    if not body:
        raise UnreadableFile(f"{name}: it holds no text, only Markdown marks; add the text")
    written_on = _ISO_DATE.match(stated.get("date", ""))
    return Reading(
        (
            article(
                body,
                name,
                title=title,
                sections=sections,
                stated_date=written_on.group() if written_on else date_in(body),
                url=stated.get("url") or stated.get("source_url"),
                publisher=stated.get("publisher"),
            ),
        )
    )


def _pairs(lines: str) -> dict[str, str]:
    return {m["key"].lower(): _QUOTED.sub(r"\2", m["value"]) for m in _PAIR.finditer(lines)}


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    level = 0
    lists: list[int | None] = []
    fresh_item = False
    row: list[str] | None = None
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
            case "heading_close":
                level = 0
            case "bullet_list_open" | "ordered_list_open":
                start = int(token.attrGet("start") or 1)
                lists.append(start if token.type.startswith("ordered") else None)
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                fresh_item = True
            case "list_item_close":
                number = lists[-1]
                lists[-1] = None if number is None else number + 1
            case "tr_open":
                row = []
            case "tr_close":
                yield Block(BlockKind.ROW, CELL_MARK.join(cell for cell in row or () if cell))
                row = None
            case "inline" if row is not None:
                row.append(_plain(token))
            case "inline" if level:
                yield Block(BlockKind.HEADING, " ".join(_plain(token).split()), level)
            case "inline" if fresh_item:
                yield Block(BlockKind.ITEM, _plain(token), number=lists[-1])
                fresh_item = False
            case "inline" | "fence" | "code_block":
                yield Block(BlockKind.PARAGRAPH, _plain(token))
            case "html_block":
                yield Block(BlockKind.PARAGRAPH, _text_of_html(token.content))


def _plain(token: Token) -> str:
    """The text of a token without marks and tags; a wrapped line is joined by a space."""
    if token.children is None:
        return token.content.rstrip("\n")
    pieces = {"softbreak": " ", "hardbreak": "\n", "html_inline": ""}
    return "".join(pieces.get(child.type, child.content) for child in token.children).strip()


def _text_of_html(markup: str) -> str:
    if not _TAG.sub("", markup).strip():
        return ""
    root = parse(f"<div>{markup}</div>", "")
    for dropped in list(root.iter("script", "style")):
        dropped.drop_tree()
    return text_of(root)
