"""The library as the rest of the program sees it: documents, cases, fields, passages, terms.

Writing goes through `add` and `remove`; each is one transaction. Vectors live elsewhere and are
derived from the passages here.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from casequote.corpus.document import Document, FieldName
from casequote.corpus.errors import LibraryDamaged, LibraryError, NotInLibrary
from casequote.corpus.library import rows
from casequote.corpus.library.database import Database
from casequote.corpus.library.rows import Provenance, StoredPassage
from casequote.corpus.library.summaries import (
    CaseSummary,
    DocumentSummary,
    StatedField,
    case_summary,
    document_summary,
)
from casequote.corpus.passages import passages

CACHED_DOCUMENTS = 4_096
MOST_KEPT = 20_000
"""Fields of one name that are kept in memory; more are read each time."""


class Library:
    """Everything stored in one folder."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self._database = database
        self._seen = threading.local()
        self._kept_fields: dict[FieldName, tuple[int, list[StatedField]]] = {}
        self._cached = lru_cache(maxsize=CACHED_DOCUMENTS)(self._load)

    @classmethod
    def create(cls, folder: Path) -> Library:
        """A new empty library in `folder`. Raises LibraryError."""
        return cls(folder, Database.create(folder))

    @classmethod
    def open(cls, folder: Path) -> Library:
        """The library in `folder`. Raises LibraryMissing, LibraryDamaged or LibraryError."""
        return cls(folder, Database.open(folder))

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a library in `folder`, sound or not."""
        database = Database(folder)
        try:
            return database.is_made()
        except LibraryError:
            return True  # opening it says what is wrong
        finally:
            database.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()

    @property
    def _db(self) -> sqlite3.Connection:
        return self._database.connection

    @property
    def change(self) -> int:
        """A number that grows with every change of the library."""
        if self._database.is_reading and (seen := getattr(self._seen, "change", None)) is not None:
            return int(seen)
        return int(self._database.meta("change") or 0)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read in this thread within comes from one state of the library."""
        if self._database.is_reading:
            yield
            return
        with self._database.reading():
            self._seen.change = self.change
            try:
                yield
            finally:
                self._seen.change = None

    @property
    def linked(self) -> bool:
        """Whether documents have been linked to cases since the last change."""
        return self._database.meta("linked") == str(self.change)

    # writing

    def add(self, document: Document, provenance: Provenance) -> None:
        """Stores a document, in place of the one with its id."""
        self.add_all([(document, provenance)])

    def add_all(self, documents: Iterable[tuple[Document, Provenance]]) -> None:
        """Stores documents in place of those with their ids: all of them or, if killed, none."""
        with self._database.transaction() as db:
            for document, provenance in documents:
                context = " ".join(dict.fromkeys((self._context(document), document.title)))
                rows.delete_document(db, document.id)
                rows.insert_document(db, document, provenance)
                rows.insert_passages(db, document, passages(document), context)
            _count_change(db)

    def set_provenance(self, document_id: str, provenance: Provenance) -> None:
        """Notes that a document is now read from elsewhere; this is no change of the library."""
        with self._database.transaction() as db:
            rows.update_provenance(db, document_id, provenance)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Takes documents out; raises NotInLibrary and changes nothing if one is not there."""
        with self._database.transaction() as db:
            for document_id in document_ids:
                if not rows.delete_document(db, document_id):
                    raise NotInLibrary(
                        f"document {document_id!r} is not in the library {self.folder}; "
                        "`casequote cases` and `casequote show CASE` list what is"
                    )
            db.execute("INSERT INTO passage_terms (passage_terms) VALUES ('optimize')")
            _count_change(db)
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def mark_linked(self) -> None:
        """Notes that the documents are linked to their cases as the library is now."""
        with self._database.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO meta SELECT 'linked', value FROM meta WHERE key = 'change'"
            )

    def _context(self, document: Document) -> str:
        """Title of the document's case, to be searched with its passages."""
        if document.case is None:
            return document.title
        row = self._db.execute(
            "SELECT title FROM documents WHERE case_id = ? AND kind = 'record' ORDER BY id LIMIT 1",
            (document.case,),
        ).fetchone()
        return str(row["title"]) if row else document.title

    # documents

    def document(self, document_id: str) -> Document:
        """The document with that id. Raises NotInLibrary."""
        return self._cached(document_id, self.change)

    def _load(self, document_id: str, change: int) -> Document:
        del change  # part of the cache key only
        document = rows.load_document(self._db, document_id)
        if document is None:
            near = _near(document_id, self.provenance())
            raise NotInLibrary(
                f"document {document_id!r} is not in the library {self.folder}{near}; "
                "`casequote show CASE` lists the documents of a case"
            )
        return document

    def documents(self) -> list[DocumentSummary]:
        """All documents, by case, records before articles."""
        found = self._db.execute(
            "SELECT id, kind, case_id, title, publisher, date, official, link_confidence, "
            "link_reason FROM documents ORDER BY case_id, kind DESC, id"
        )
        return [document_summary(row) for row in found]

    def provenance(self) -> dict[str, Provenance]:
        """Where each document was read from, by document id."""
        found = self._db.execute("SELECT id, origin, file_hash, content_hash FROM documents")
        return {r["id"]: Provenance(r["origin"], r["file_hash"], r["content_hash"]) for r in found}

    def publishers(self) -> list[str]:
        """Publishers of documents and of the sources that records name, without repetition."""
        found = self._db.execute(
            "SELECT publisher FROM documents WHERE publisher IS NOT NULL "
            "UNION SELECT publisher FROM sources ORDER BY publisher"
        )
        return [row["publisher"] for row in found]

    # cases

    def cases(self) -> list[CaseSummary]:
        """All cases, by title."""
        grouped: dict[str, list[sqlite3.Row]] = {}
        for row in self._db.execute(
            "SELECT id, kind, case_id, title, names, link_confidence FROM documents "
            "WHERE case_id IS NOT NULL ORDER BY case_id, kind DESC, link_confidence DESC, id"
        ):
            grouped.setdefault(row["case_id"], []).append(row)
        return sorted(
            (case_summary(case, found) for case, found in grouped.items()),
            key=lambda case: (case.title.casefold(), case.id),
        )

    def case(self, case_id: str) -> CaseSummary:
        """The case with that id. Raises NotInLibrary with the nearest ids."""
        found = {case.id: case for case in self.cases()}
        if case_id not in found:
            raise NotInLibrary(
                f"case {case_id!r} is not in the library {self.folder}{_near(case_id, found)}; "
                "`casequote cases` lists all"
            )
        return found[case_id]

    def fields(
        self,
        name: FieldName,
        *,
        cases: Sequence[str] | None = None,
        value: str | None = None,
    ) -> list[StatedField]:
        """Fields of one name over all cases or some, by case and place; exact, never a sample."""
        if cases is None and value is None and self._database.is_reading:
            return self._all_fields(name)
        return self._read_fields(name, cases, value)

    def _all_fields(self, name: FieldName) -> list[StatedField]:
        """The fields of one name over all cases, kept until the library changes."""
        change = self.change
        kept = self._kept_fields.get(name)
        if kept is None or kept[0] != change:
            kept = (change, self._read_fields(name, None, None))
            if len(kept[1]) <= MOST_KEPT:
                self._kept_fields[name] = kept
        return list(kept[1])

    def _read_fields(
        self, name: FieldName, cases: Sequence[str] | None, value: str | None
    ) -> list[StatedField]:
        conditions, values = ["f.name = ?", "d.case_id IS NOT NULL"], [name.value]
        if value is not None:
            conditions.append("f.value = ?")
            values.append(value)
        if cases is not None:
            conditions.append(f"d.case_id IN ({','.join('?' * len(cases))})")
            values += cases
        found = self._db.execute(
            "SELECT d.case_id, f.* FROM fields f JOIN documents d ON d.id = f.document_id "
            f"WHERE {' AND '.join(conditions)} ORDER BY d.case_id, f.document_id, f.ordinal",
            values,
        )
        return [
            StatedField(row["case_id"], row["document_id"], rows.field_of(row)) for row in found
        ]

    # passages

    def passage_ids(
        self, *, cases: Sequence[str] | None = None, documents: Sequence[str] | None = None
    ) -> list[int]:
        """Ids of all passages, or of those of some cases or documents, ascending."""
        if cases is None and documents is None:
            found = self._db.execute("SELECT id FROM passages ORDER BY id")
        else:
            column, wanted = ("d.case_id", cases) if cases is not None else ("d.id", documents)
            marks = ",".join("?" * len(wanted or ()))
            found = self._db.execute(
                "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document_id "
                f"WHERE {column} IN ({marks}) ORDER BY p.id",
                tuple(wanted or ()),
            )
        return [row["id"] for row in found]

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """The passages with those ids, in the order asked for; unknown ids are left out."""
        marks = ",".join("?" * len(ids))
        found = {
            row["id"]: rows.stored_passage(row)
            for row in self._db.execute(f"SELECT * FROM passages WHERE id IN ({marks})", ids)
        }
        return [found[i] for i in ids if i in found]

    def match_terms(
        self, expression: str, limit: int, within: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """(passage id, BM25 score, higher is better) of an FTS5 expression, best first."""
        condition = "" if within is None else "AND rowid IN (SELECT value FROM json_each(?))"
        found = self._db.execute(
            "SELECT rowid, -bm25(passage_terms, 1.0, 0.5) AS score FROM passage_terms "
            f"WHERE passage_terms MATCH ? {condition} ORDER BY score DESC, rowid LIMIT ?",
            (expression, *([] if within is None else [json.dumps(list(within))]), limit),
        )
        return [(row["rowid"], row["score"]) for row in found]

    def cases_with(self, word: str) -> dict[str, int]:
        """Case → number of its passages that have a word, in text or context."""
        found = self._db.execute(
            "SELECT d.case_id, count(*) AS n FROM passage_terms t "
            "JOIN passages p ON p.id = t.rowid JOIN documents d ON d.id = p.document_id "
            "WHERE passage_terms MATCH ? AND d.case_id IS NOT NULL GROUP BY d.case_id",
            (f'"{word}"',),
        )
        return {row["case_id"]: row["n"] for row in found}

    def term_frequencies(self) -> dict[str, int]:
        """Stem → number of passages in which it occurs, in text or context."""
        db = self._db
        db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms "
            "USING fts5vocab(main, 'passage_terms', 'row')"
        )
        return {row["term"]: row["doc"] for row in db.execute("SELECT term, doc FROM temp.terms")}

    def faults(self) -> list[str]:
        """What is wrong with the stored data, each as fact and remedy; empty when all is sound."""
        try:
            found = [
                f"{self.folder}: the file is damaged ({row[0]}); restore it from a copy"
                for row in self._db.execute("PRAGMA integrity_check")
                if row[0] != "ok"
            ]
            return found or self._mismatches()
        except LibraryDamaged as error:
            return [str(error)]

    def _mismatches(self) -> list[str]:
        ends = self._db.execute(
            "SELECT d.text, max(p.end) AS last FROM passages p "
            "JOIN documents d ON d.id = p.document_id GROUP BY d.id"
        )  # the length() of SQLite counts no further than a null character
        lost = any(row["last"] > len(row["text"]) for row in ends)
        terms = self._db.execute("SELECT count(*) AS n FROM passage_terms").fetchone()["n"]
        if not lost and terms == self.passage_count():
            return []
        fact = f"{self.folder}: passages and documents do not match"
        return [f"{fact}; remove the folder and ingest again"]

    def passage_count(self) -> int:
        """The number of passages."""
        return int(self._db.execute("SELECT count(*) AS n FROM passages").fetchone()["n"])


def _near(wanted: str, known: Iterable[str]) -> str:
    """The nearest of the known ids, as the end of a sentence; empty without any."""
    near = get_close_matches(wanted, list(known), n=3, cutoff=0.5)
    return f" (did you mean {', '.join(near)}?)" if near else ""


def _count_change(db: sqlite3.Connection) -> None:
    db.execute("UPDATE meta SET value = value + 1 WHERE key = 'change'")
