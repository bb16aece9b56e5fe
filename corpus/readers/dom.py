"""An HTML page → its visible text as blocks, without menus, footers and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers.blocks import CELL_MARK, Block, BlockKind

_DROPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "nav", "footer", "form", "button"),
        *("select", "option", "input", "textarea", "svg", "math", "iframe", "object", "canvas"),
        *("dialog", "audio", "video", "map"),
    }
)
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHROME = frozenset(
    {
        *("nav", "navbar", "nav-tabs", "menu", "main-menu", "breadcrumb", "breadcrumbs", "footer"),
        *("site-footer", "page-footer", "cookie-banner", "cookie-notice", "cookies", "share"),
        *("sharing", "social", "social-share", "skip-link", "sr-only", "visually-hidden"),
        *("pagination", "language-switcher", "toolbar"),
    }
)
_NEVER_CHROME = frozenset({"html", "body", "main", "article"})
_LANGUAGES = frozenset({"english", "français", "español", "русский", "中文", "عربي", "العربية"})
_LANGUAGE_ID = re.compile(r"[-_](en|fr|es|ru|zh|ar)$|(?<=[a-z])(En|Fr|Es|Ru|Zh|Ar)$")
_SPACE = re.compile(r"[ \t\r\n]+")
_BULLET = re.compile(r"[•●▪·]\s*")

Element = Any
"""An lxml element; the library ships no types."""


def parse(text: str, name: str) -> Element:
    """The root of the page. Raises UnreadableFile when there is no page in the text."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableFile(
            f"{name}: it looks like HTML but holds no page; save the page again from the browser"
        ) from error


def visible_blocks(root: Element) -> Iterator[Block]:
    """The blocks of the page in its order; of language tabs only English, or the active one."""
    from lxml import etree

    other_tabs = set(_other_languages(root))
    writer = _Writer()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            yield from writer.leave(element)
        elif _is_dropped(element) or element in other_tabs:
            walker.skip_subtree()
            yield from writer.skip(element)
        else:
            yield from writer.enter(element)
    yield from writer.flush()


def meta(root: Element, *names: str) -> str | None:
    """The content of the first meta element that has one of the names and is not empty."""
    for wanted in names:
        for element in root.iter("meta"):
            if wanted in (element.get("property"), element.get("name")):
                content = _SPACE.sub(" ", element.get("content") or "").strip()
                if content:
                    return content
    return None


def address(root: Element) -> str | None:
    """The address that the page says it has."""
    for element in root.iter("link"):
        target = (element.get("href") or "").strip()
        if element.get("rel") == "canonical" and target.startswith(("http://", "https://")):
            return target
    stated = meta(root, "og:url")
    return stated if stated and stated.startswith(("http://", "https://")) else None


def text_of(element: Element) -> str:
    """All text of an element in one line."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


class _Writer:
    """Collects the text of the block that is being read."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._skipped: set[Element] = set()
        self._headings: list[int] = []
        self._row: Element | None = None
        self._cells = 0
        self._items = 0
        self._verbatim = 0

    def enter(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag == "br":
            self._pieces.append("\n")
        elif self._row is not None:
            if tag in ("td", "th"):
                self._cells += 1
            self._pieces.append(CELL_MARK if tag in ("td", "th") and self._cells > 1 else "")
        elif tag not in _INLINE:
            yield from self.flush()
            self._count(tag, 1)
            if tag == "tr" and _is_row(element):
                self._row = element
        self._write(element.text)

    def leave(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if element in self._skipped:
            self._skipped.discard(element)
        elif tag not in _INLINE and tag != "br":
            if self._row is None or element is self._row:
                yield from self.flush()
                self._row = None
                self._count(tag, -1)
            else:
                self._write(" ")
        self._write(element.tail)

    def skip(self, element: Element) -> Iterator[Block]:
        """Passes over an element; what it held would have set its neighbours apart."""
        self._skipped.add(element)
        if element.tag not in _INLINE and self._row is None:
            yield from self.flush()

    def flush(self) -> Iterator[Block]:
        """The block as it is so far, if there is any text."""
        text = "\n".join(line.strip(" ") for line in "".join(self._pieces).split("\n"))
        self._pieces.clear()
        self._cells = 0
        for part in re.split(r"\n{2,}", text):
            content = part.strip()
            if content.replace("|", "").strip():
                yield self._block(content)

    def _block(self, content: str) -> Block:
        if self._headings:
            return Block(BlockKind.HEADING, _SPACE.sub(" ", content), self._headings[-1])
        if self._row is not None:
            return Block(BlockKind.ROW, _SPACE.sub(" ", content))
        bullet = _BULLET.match(content)
        if bullet and bullet.end() < len(content):
            return Block(BlockKind.ITEM, content[bullet.end() :])
        return Block(BlockKind.ITEM if self._items else BlockKind.PARAGRAPH, content)

    def _count(self, tag: str, change: int) -> None:
        """Notes that an element was entered (1) or left (-1)."""
        if level := _HEADINGS.get(tag):
            self._headings = [*self._headings, level] if change > 0 else self._headings[:-1]
        self._items += change * (tag == "li")
        self._verbatim += change * (tag == "pre")

    def _write(self, text: str | None) -> None:
        if not text:
            return
        folded = text if self._verbatim else _SPACE.sub(" ", text)
        after_space = not self._pieces or self._pieces[-1].endswith((" ", "\n"))
        if folded != " " or not after_space:
            self._pieces.append(folded)


def _is_row(element: Element) -> bool:
    """Whether a table row holds data; the tables of old pages only place things."""
    cells = element.findall("td") + element.findall("th")
    return len(cells) > 1 and next(element.iter("table", "ul", "ol", *_HEADINGS), None) is None


def _is_dropped(element: Element) -> bool:
    if element.tag in _DROPPED or element.get("hidden") is not None:
        return True
    if element.tag in _NEVER_CHROME:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    chrome = not _CHROME.isdisjoint(names) or element.get("role") in ("navigation", "contentinfo")
    return chrome and element.find(".//h1") is None


def _other_languages(root: Element) -> Iterator[Element]:
    """Tab panes that only repeat a pane in another language."""
    labels = {
        link.get("href", "").lstrip("#"): text_of(link).casefold()
        for link in root.iter("a")
        if link.get("href", "").startswith("#")
    }
    groups: dict[Element, list[Element]] = {}
    for pane in root.iter("div", "section"):
        if "tab-pane" in (pane.get("class") or "").split():
            groups.setdefault(pane.getparent(), []).append(pane)
    for panes in groups.values():
        tongues = [_tongue(pane, labels) for pane in panes]
        if len(panes) < 2 or not any(tongues):
            continue
        active = [p for p in panes if "active" in (p.get("class") or "").split()]
        english = [p for p, tongue in zip(panes, tongues, strict=True) if tongue == "en"]
        kept = (english or active or panes)[0]
        yield from (pane for pane in panes if pane is not kept)


def _tongue(pane: Element, labels: dict[str, str]) -> str | None:
    """The language of a pane as far as its tab or its id tells: a code, or the label itself."""
    label = labels.get(pane.get("id") or "", "")
    if label in _LANGUAGES:
        return "en" if label == "english" else label
    ending = _LANGUAGE_ID.search(pane.get("id") or "")
    return (ending.group(1) or ending.group(2)).lower() if ending else pane.get("lang")
