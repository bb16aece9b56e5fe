"""What is listed of documents, cases and fields, from rows of the library's tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from casequote.corpus.document import DocumentKind, Field, Link


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """What is listed of a document."""

    id: str
    kind: DocumentKind
    case: str | None
    title: str
    publisher: str | None
    date: str | None
    official: bool
    link: Link | None


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case: its title, its names and the ids of its documents, records first."""

    id: str
    title: str
    names: tuple[str, ...]
    records: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedField:
    """A field with the case and document that state it."""

    case: str
    document: str
    field: Field


def document_summary(row: sqlite3.Row) -> DocumentSummary:
    """A row of `documents`."""
    confidence = row["link_confidence"]
    return DocumentSummary(
        id=row["id"],
        kind=DocumentKind(row["kind"]),
        case=row["case_id"],
        title=row["title"],
        publisher=row["publisher"],
        date=row["date"],
        official=bool(row["official"]),
        link=None if confidence is None else Link(confidence, row["link_reason"]),
    )


def case_summary(case: str, found: Sequence[sqlite3.Row]) -> CaseSummary:
    """The rows of `documents` that belong to one case, records first."""
    records = [row for row in found if row["kind"] == DocumentKind.RECORD]
    names = [name for row in records for name in json.loads(row["names"])]
    return CaseSummary(
        id=case,
        title=found[0]["title"],
        names=tuple(dict.fromkeys(names)),
        records=tuple(row["id"] for row in records),
        articles=tuple(row["id"] for row in found if row["kind"] == DocumentKind.ARTICLE),
    )
