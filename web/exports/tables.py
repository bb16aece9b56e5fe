"""Report → rows for a spreadsheet, and the structure for JSON."""

from __future__ import annotations

import csv
import io
from typing import Any

from casequote.web.report import Reference, Report

COLUMNS = (
    "part",
    "item",
    "note",
    "number",
    "extract",
    "case",
    "document",
    "title",
    "section",
    "publisher",
    "date",
    "url",
    "start",
    "end",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def comma_separated(report: Report) -> str:
    """CSV (RFC 4180) with a row for each citation; begins with a byte order mark, for Excel.

    A cell that a spreadsheet would run as a formula is preceded by an apostrophe (OWASP).
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    references = {reference.number: reference for reference in report.references}
    for part in report.parts:
        for item in part.items:
            start = {"part": part.heading, "item": item.text, "note": item.note}
            cited = [_reference(references[n]) for n in item.citations] or [{}]
            for row in cited:
                values = start | row
                writer.writerow(_safe(values.get(column, "")) for column in COLUMNS)
    return "\ufeff" + out.getvalue()


def structure(report: Report) -> dict[str, Any]:
    """Everything a report says; ``text[start:end]`` of a document is the extract."""
    return {
        "title": report.title,
        "note": report.note,
        "parts": [
            {
                "heading": part.heading,
                "items": [
                    {"text": i.text, "citations": list(i.citations), "note": i.note}
                    for i in part.items
                ],
            }
            for part in report.parts
        ],
        "extracts": [_reference(reference) for reference in report.references],
        "sources": [
            {
                "number": s.number,
                "publisher": s.publisher,
                "title": s.title,
                "url": s.url,
                "date": s.date,
                "official": s.official,
            }
            for s in report.sources()
        ],
    }


def _reference(reference: Reference) -> dict[str, Any]:
    document = reference.document
    return {
        "number": reference.number,
        "extract": reference.text,
        "case": reference.case,
        "document": document.id,
        "title": document.title,
        "section": reference.section,
        "publisher": document.publisher,
        "date": document.date,
        "url": document.url,
        "start": reference.span.start,
        "end": reference.span.end,
    }


def _safe(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
