"""Report → plain text, Markdown, and Markdown with footnotes."""

from __future__ import annotations

import re

from casequote.web.report import Item, Part, Reference, Report

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def plain(report: Report) -> str:
    """Plain text: items with [n], then the extracts by number."""
    lines = [report.title, *([report.note] if report.note else [])]
    for part in report.parts:
        lines += ["", part.heading, *(f"- {_item(item)}" for item in part.items)]
    if report.references:
        lines += ["", "Extracts"]
        lines += [f"[{r.number}] “{r.text}” – {place(r)}" for r in report.references]
    return "\n".join(lines) + "\n"


def _markdown_items(part: Part, mark: str) -> list[str]:
    return [
        f"- {_escaped(item.text)}{''.join(mark.format(n) for n in item.citations)}"
        + (f" ({_escaped(item.note)})" if item.note else "")
        for item in part.items
    ]


def markdown(report: Report) -> str:
    """Markdown (CommonMark): what is quoted is escaped, and reads as it stands in the document."""
    lines = [f"# {_escaped(report.title)}", *(["", _escaped(report.note)] if report.note else [])]
    for part in report.parts:
        lines += ["", f"## {_escaped(part.heading)}", ""]
        lines += _markdown_items(part, r" \[{}\]")
    if report.references:
        lines += ["", "## Extracts", ""]
        for r in report.references:
            lines += [f"{r.number}. “{_escaped(r.text)}” – {_escaped(place(r))}"]
    return "\n".join(lines) + "\n"


def footnoted(report: Report) -> str:
    """Markdown whose citations are footnotes, as Pandoc and GitHub read them."""
    lines = [f"# {_escaped(report.title)}", *(["", _escaped(report.note)] if report.note else [])]
    for part in report.parts:
        lines += ["", f"## {_escaped(part.heading)}", ""]
        lines += _markdown_items(part, "[^{}]")
    lines += [""]
    lines += [
        f"[^{r.number}]: “{_escaped(r.text)}” – {_escaped(place(r))}" for r in report.references
    ]
    return "\n".join(lines) + "\n"


def place(reference: Reference) -> str:
    """Where an extract stands: case, document, section, publisher, date, offsets, address."""
    document = reference.document
    parts = [
        reference.case,
        document.title if document.title != reference.case else None,
        reference.section,
        document.publisher,
        document.date,
        f"{document.id}, characters {reference.span.start}–{reference.span.end}",
        document.url,
    ]
    return "; ".join(" ".join(part.split()) for part in parts if part)


def _item(item: Item) -> str:
    marks = "".join(f"[{number}]" for number in item.citations)
    return " ".join(
        part for part in (item.text, marks, f"({item.note})" if item.note else "") if part
    )


def _escaped(text: str) -> str:
    """One line of text in which nothing is markup."""
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
