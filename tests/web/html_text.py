"""HTML → the texts and attributes that a test asks for, read as a browser reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass
class Element:
    """An element with the text of everything in it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    within: list[Element] = field(default_factory=list)
    """The elements around it, outermost first."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs), within=list(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def elements(html: str) -> list[Element]:
    """Every element in order; fails if one is not closed where it must be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"not closed: {[element.tag for element in reader.open]}"
    return reader.elements


def all_of(html: str, tag: str, **attributes: str) -> list[Element]:
    """The elements of a tag with those attributes; `class_` and `for_` as Python spells them."""
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return [
        element
        for element in elements(html)
        if element.tag == tag and wanted.items() <= element.attributes.items()
    ]


def one(html: str, tag: str, **attributes: str) -> Element:
    """The only such element."""
    found = all_of(html, tag, **attributes)
    assert len(found) == 1, f"{len(found)} of <{tag}> with {attributes}"
    return found[0]
