"""The public sources of a report → RIS, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import rispy
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares.latex_encoding import LatexEncodingMiddleware
from bibtexparser.model import Entry, Field

from casequote.corpus.document import Source
from casequote.web.links import web_address
from casequote.web.report import Report

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def ris(report: Report) -> str:
    """RIS: each source as an electronic document, or a news item where it has a day."""
    entries = []
    for source in report.sources():
        entry: dict[str, Any] = {"type_of_reference": "ELEC", "title": _line(source.title)}
        entry |= {"publisher": _line(source.publisher)} if source.publisher else {}
        if parts := _parts(source):
            entry["year"] = parts[0]
            entry["date"] = "/".join([*parts, *[""] * (4 - len(parts))])
        if url := web_address(source.url):
            entry["urls"] = [_line(url)]
        entries.append(entry)
    return str(rispy.dumps(entries))


def bibtex(report: Report) -> str:
    """BibTeX: each source as `@misc`, with LaTeX's own characters escaped."""
    library = Library()
    for source in report.sources():
        values = {"title": source.title, "publisher": source.publisher}
        values |= {"year": parts[0]} if (parts := _parts(source)) else {}
        fields = [Field(name, _line(value)) for name, value in values.items() if value]
        if url := web_address(source.url):
            fields.append(Field("url", _line(url).replace("{", "%7B").replace("}", "%7D")))
        library.add(Entry("misc", f"source{source.number}", fields))
    encode = LatexEncodingMiddleware(keep_math=False, enclose_urls=False)
    return str(write_string(library, prepend_middleware=[encode]))


def csl(report: Report) -> str:
    """CSL-JSON 1.0, as Zotero and pandoc read it."""
    return (
        json.dumps([_csl(source) for source in report.sources()], ensure_ascii=False, indent=2)
        + "\n"
    )


def _csl(source: Source) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"source{source.number}",
        "type": "webpage",
        "title": source.title,
        "publisher": source.publisher,
    }
    if parts := _parts(source):
        entry["issued"] = {"date-parts": [[int(part) for part in parts]]}
    if url := web_address(source.url):
        entry["URL"] = url
    return entry


def _parts(source: Source) -> list[str]:
    """Year, month and day, as far as they are known."""
    match = _DATE.match(source.date or "")
    return [part for part in match.groups() if part] if match else []


def _line(text: str) -> str:
    return " ".join(text.split())
