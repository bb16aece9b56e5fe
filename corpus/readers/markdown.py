"""Markdown → an article: plain text without marks, its headings as sections.

A block of `key: value` lines between `---` at the top gives title, date, address and publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
    blocks = list(_Writer().blocks(parser.parse(text[front.end() :] if front else text)))
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


class _Writer:
    """Turns the tokens of the parser into blocks."""

    def __init__(self) -> None:
        self._level = 0
        self._lists: list[int | None] = []
        self._fresh_item = False
        self._row: list[str] | None = None

    def blocks(self, tokens: Iterable[Token]) -> Iterator[Block]:
        for token in tokens:
            self._place(token)
            if token.type == "tr_close":
                yield Block(BlockKind.ROW, CELL_MARK.join(cell for cell in self._row or () if cell))
                self._row = None
            elif token.type == "html_block":
                yield Block(BlockKind.PARAGRAPH, _text_of_html(token.content))
            elif token.type in ("inline", "fence", "code_block"):
                yield from self._text(_plain(token))

    def _place(self, token: Token) -> None:
        """Notes what the tokens after this one stand in."""
        match token.type:
            case "heading_open":
                self._level = int(token.tag[1:])
            case "heading_close":
                self._level = 0
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._fresh_item = True
            case "list_item_close":
                number = self._lists[-1]
                self._lists[-1] = None if number is None else number + 1
            case "tr_open":
                self._row = []

    def _text(self, text: str) -> Iterator[Block]:
        if self._row is not None:
            self._row.append(text)
        elif self._level:
            yield Block(BlockKind.HEADING, " ".join(text.split()), self._level)
        elif self._fresh_item:
            yield Block(BlockKind.ITEM, text, number=self._lists[-1])
            self._fresh_item = False
        else:
            yield Block(BlockKind.PARAGRAPH, text)


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
