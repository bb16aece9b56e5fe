"""Report → DOCX: headings, items with raised numbers, and the extracts as a numbered list."""

from __future__ import annotations

import io
import re

import docx

from casequote.web.exports.texts import place
from casequote.web.report import Report

# XML 1.0 has no such characters, and python-docx refuses them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def word(report: Report) -> bytes:
    """The bytes of a DOCX file."""
    made = docx.Document()
    made.core_properties.title = _clean(report.title)[:255]
    made.add_heading(_clean(report.title), level=0)
    if report.note:
        made.add_paragraph(_clean(report.note))
    for part in report.parts:
        made.add_heading(_clean(part.heading), level=1)
        for item in part.items:
            paragraph = made.add_paragraph(_clean(item.text), style="List Bullet")
            for number in item.citations:
                paragraph.add_run(f" [{number}]").font.superscript = True
            if item.note:
                paragraph.add_run(f" {_clean(item.note)}").italic = True
    if report.references:
        made.add_heading("Extracts", level=1)
    for reference in report.references:
        paragraph = made.add_paragraph(f"[{reference.number}] ")
        paragraph.add_run(f"“{_clean(reference.text)}”").italic = True
        paragraph.add_run(f" – {_clean(place(reference))}")
    if sources := report.sources():
        made.add_heading("Sources", level=1)
    for source in sources:
        parts = (source.publisher, source.title, source.date, source.url)
        made.add_paragraph(_clean(", ".join(part for part in parts if part)), style="List Number")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
