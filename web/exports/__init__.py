"""Report → file: one writer for each format, by its name in an address."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from casequote.web.exports.references import bibtex, csl, ris
from casequote.web.exports.tables import comma_separated, structure
from casequote.web.exports.texts import footnoted, markdown, plain
from casequote.web.exports.word import word
from casequote.web.report import Report


@dataclass(frozen=True, slots=True)
class Export:
    """A format: its media type, the ending of its files, and what writes it."""

    media_type: str
    ending: str
    write: Callable[[Report], bytes]


def _text(write: Callable[[Report], str]) -> Callable[[Report], bytes]:
    return lambda report: write(report).encode()


def _json(report: Report) -> str:
    return json.dumps(structure(report), ensure_ascii=False, indent=2) + "\n"


EXPORTS = {
    "txt": Export("text/plain", "txt", _text(plain)),
    "md": Export("text/markdown", "md", _text(markdown)),
    "footnotes": Export("text/markdown", "md", _text(footnoted)),
    "docx": Export(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", word
    ),
    "csv": Export("text/csv", "csv", _text(comma_separated)),
    "json": Export("application/json", "json", _text(_json)),
    "ris": Export("application/x-research-info-systems", "ris", _text(ris)),
    "bib": Export("application/x-bibtex", "bib", _text(bibtex)),
    "csl": Export("application/vnd.citationstyles.csl+json", "json", _text(csl)),
}
