"""The copied text of a SHERLOC case page → a record; its offsets refer to the text as copied."""

from __future__ import annotations

from pathlib import PurePath

from casequote.corpus.document import Document, DocumentKind, FieldName, Link, Section
from casequote.corpus.readers.identifiers import case_id
from casequote.corpus.readers.reading import Reading
from casequote.corpus.readers.sherloc_lines import first_main, lines_of, menu_of, title_of
from casequote.corpus.readers.sherloc_parser import PageParser

OWN_TITLE = Link(confidence=1.0, reason="the case is named after the title of its record")


def read_sherloc_text(text: str, name: str) -> Reading:
    """The record of a page that was copied as text."""
    return Reading((sherloc_record(text, name),))


def sherloc_record(
    text: str, name: str, *, title: str | None = None, url: str | None = None
) -> Document:
    """The record that `text` lays out; `title` says which line is the title, where that is known.

    Without a line that may be the title, the file's name takes its place.
    """
    lines = lines_of(text)
    menu = menu_of(lines)
    front = first_main(lines, menu)
    title_line = title_of(lines, front, title)
    parser = PageParser(front)
    for number, line in enumerate(lines):
        if number == title_line:
            parser.title(line)
        elif number not in menu:
            parser.take(lines, number)
    parser.close()
    stated = next((f.value for f in parser.fields if f.name is FieldName.TITLE), None)
    named = stated or title or PurePath(name).stem.replace("_", " ").replace("-", " ")
    case = case_id(named)
    return Document(
        id=f"{case}--record",
        kind=DocumentKind.RECORD,
        case=case,
        link=OWN_TITLE,
        title=named,
        text=text,
        sections=tuple(sorted(parser.sections, key=_place)),
        fields=tuple(parser.fields),
        url=url,
        names=(named,),
    )


def _place(section: Section) -> tuple[int, int]:
    return (section.heading.start if section.heading else section.start, len(section.path))
