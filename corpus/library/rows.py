"""Documents ↔ rows of the library's tables. No decisions, no transactions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from casequote.corpus.document import (
    Attribution,
    Document,
    DocumentKind,
    Field,
    FieldName,
    Link,
    Section,
    Source,
    Span,
)
from casequote.corpus.passages import Passage


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage in the library, with the number by which vectors and terms refer to it."""

    id: int
    document: str
    start: int
    end: int
    section: tuple[str, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a stored document was read from; the hashes tell whether it must be read again.

    `content_hash` is that of the document as read, before it was linked to a case.
    """

    origin: str
    file_hash: str
    content_hash: str


def insert_document(db: sqlite3.Connection, doc: Document, provenance: Provenance) -> None:
    """Writes a document with its sections, fields, attributions and sources."""
    link = doc.link
    db.execute(
        "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            doc.id,
            doc.kind.value,
            doc.case,
            link.confidence if link else None,
            link.reason if link else None,
            doc.title,
            doc.text,
            doc.publisher,
            doc.date,
            doc.url,
            doc.official,
            json.dumps(doc.names),
            provenance.content_hash,
            provenance.origin,
            provenance.file_hash,
        ),
    )
    db.executemany(
        "INSERT INTO sections VALUES (?,?,?,?,?,?,?)",
        (
            (doc.id, n, json.dumps(s.path), s.start, s.end, *(s.heading or (None, None)))
            for n, s in enumerate(doc.sections)
        ),
    )
    db.executemany(
        "INSERT INTO fields VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            (
                doc.id,
                n,
                f.name.value,
                f.value,
                f.start,
                f.end,
                *(f.stated or (None, None)),
                json.dumps(f.sources),
                json.dumps(dict(f.attributes)),
            )
            for n, f in enumerate(doc.fields)
        ),
    )
    db.executemany(
        "INSERT INTO attributions VALUES (?,?,?,?,?)",
        (
            (doc.id, n, a.start, a.end, json.dumps(a.sources))
            for n, a in enumerate(doc.attributions)
        ),
    )
    db.executemany(
        "INSERT INTO sources VALUES (?,?,?,?,?,?,?)",
        ((doc.id, s.number, s.publisher, s.title, s.url, s.date, s.official) for s in doc.sources),
    )


def insert_passages(
    db: sqlite3.Connection, doc: Document, found: Iterable[Passage], context: str
) -> None:
    """Writes passages and their terms; `context` is searched with the body, never quoted."""
    for passage in found:
        cursor = db.execute(
            "INSERT INTO passages (document_id, start, end, section, sentences) VALUES (?,?,?,?,?)",
            (
                doc.id,
                passage.start,
                passage.end,
                json.dumps(passage.section),
                json.dumps(passage.sentences),
            ),
        )
        body = doc.text[passage.start : passage.end]
        db.execute(
            "INSERT INTO passage_terms (rowid, body, context) VALUES (?,?,?)",
            (cursor.lastrowid, body, " ".join((context, *passage.section))),
        )


def delete_document(db: sqlite3.Connection, document_id: str) -> bool:
    """Removes every trace of a document; says whether it was there."""
    db.execute(
        "DELETE FROM passage_terms WHERE rowid IN (SELECT id FROM passages WHERE document_id = ?)",
        (document_id,),
    )
    return db.execute("DELETE FROM documents WHERE id = ?", (document_id,)).rowcount > 0


def update_provenance(db: sqlite3.Connection, document_id: str, provenance: Provenance) -> None:
    """Replaces where a document was read from."""
    db.execute(
        "UPDATE documents SET origin = ?, file_hash = ?, content_hash = ? WHERE id = ?",
        (provenance.origin, provenance.file_hash, provenance.content_hash, document_id),
    )


def load_document(db: sqlite3.Connection, document_id: str) -> Document | None:
    """The document as it was stored, or None."""
    row = db.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        return None
    link = None
    if row["link_confidence"] is not None:
        link = Link(row["link_confidence"], row["link_reason"])

    def each(table: str, order: str = "ordinal") -> sqlite3.Cursor:
        return db.execute(
            f"SELECT * FROM {table} WHERE document_id = ? ORDER BY {order}", (document_id,)
        )

    return Document(
        id=row["id"],
        kind=DocumentKind(row["kind"]),
        case=row["case_id"],
        link=link,
        title=row["title"],
        text=row["text"],
        publisher=row["publisher"],
        date=row["date"],
        url=row["url"],
        official=bool(row["official"]),
        names=tuple(json.loads(row["names"])),
        sections=tuple(
            Section(
                tuple(json.loads(r["path"])),
                r["start"],
                r["end"],
                _span(r["heading_start"], r["heading_end"]),
            )
            for r in each("sections")
        ),
        fields=tuple(field_of(r) for r in each("fields")),
        attributions=tuple(
            Attribution(r["start"], r["end"], tuple(json.loads(r["sources"])))
            for r in each("attributions")
        ),
        sources=tuple(
            Source(
                r["number"], r["publisher"], r["title"], r["url"], r["date"], bool(r["official"])
            )
            for r in each("sources", "number")
        ),
    )


def stored_passage(row: sqlite3.Row) -> StoredPassage:
    """A row of `passages`."""
    return StoredPassage(
        id=row["id"],
        document=row["document_id"],
        start=row["start"],
        end=row["end"],
        section=tuple(json.loads(row["section"])),
        sentences=tuple(Span(*pair) for pair in json.loads(row["sentences"])),
    )


def field_of(row: sqlite3.Row) -> Field:
    """A row of `fields`."""
    return Field(
        name=FieldName(row["name"]),
        start=row["start"],
        end=row["end"],
        value=row["value"],
        stated=_span(row["stated_start"], row["stated_end"]),
        sources=_numbers(row["sources"]),
        attributes=_attributes(row["attributes"]),
    )


@lru_cache(maxsize=10_000)
def _numbers(text: str) -> tuple[int, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=10_000)
def _attributes(text: str) -> Mapping[str, str]:
    """Shared between fields, so it cannot be changed."""
    return MappingProxyType(json.loads(text))


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)
