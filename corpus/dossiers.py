"""Dossiers: cases and passages that a reader keeps, with notes, in a file beside the library.

Each passage is kept with its words, so that it can be told when the document has changed since.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.corpus.library.connection import LibraryConnection

FILE_NAME = "dossiers.sqlite"
LONGEST_TITLE = 200
LONGEST_NOTE = 5_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS dossiers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS kept (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dossier INTEGER NOT NULL REFERENCES dossiers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('case', 'passage')),
    case_id TEXT,
    document TEXT,
    start INTEGER,
    "end" INTEGER,
    words TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (dossier, kind, case_id, document, start, "end")
);
"""
Kind = Literal["case", "passage"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A case, or a passage with the words it had when it was kept; offsets in code points."""

    kind: Kind
    case: str
    words: str
    document: str = ""
    start: int = 0
    end: int = 0
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is kept under a title."""

    id: int
    title: str
    note: str
    kept: tuple[Kept, ...]


class Dossiers:
    """The dossiers beside one library; safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def all(self) -> list[Dossier]:
        """Every dossier, the latest first."""
        with self._open() as db:
            return [
                _dossier(db, row) for row in _rows(db, "SELECT * FROM dossiers ORDER BY id DESC")
            ]

    def dossier(self, dossier: int) -> Dossier:
        """The dossier with that id. Raises NotInLibrary."""
        with self._open() as db:
            for row in _rows(db, "SELECT * FROM dossiers WHERE id = ?", (dossier,)):
                return _dossier(db, row)
        raise NotInLibrary(f"dossier {dossier} is not there; it may have been deleted")

    def create(self, title: str) -> int:
        """A new dossier; gives its id. Raises InvalidRequest without a title."""
        with self._open() as db:
            made = db.execute("INSERT INTO dossiers (title) VALUES (?)", (_title(title),))
            return int(made.lastrowid or 0)

    def describe(self, dossier: int, title: str, note: str) -> None:
        """Gives a dossier a title and a note. Raises NotInLibrary or InvalidRequest."""
        self.dossier(dossier)
        with self._open() as db:
            values = (_title(title), note[:LONGEST_NOTE], dossier)
            db.execute("UPDATE dossiers SET title = ?, note = ? WHERE id = ?", values)

    def delete(self, dossier: int) -> None:
        """Deletes a dossier and what it holds. Raises NotInLibrary."""
        self.dossier(dossier)
        with self._open() as db:
            db.execute("DELETE FROM dossiers WHERE id = ?", (dossier,))

    def keep(self, dossier: int, kept: Kept) -> None:
        """Puts something into a dossier; what is there already stays once. Raises NotInLibrary."""
        self.dossier(dossier)
        with self._open() as db:
            db.execute(
                "INSERT OR IGNORE INTO kept (dossier, kind, case_id, document, start, "
                '"end", words, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                (
                    dossier,
                    kept.kind,
                    kept.case,
                    kept.document,
                    kept.start,
                    kept.end,
                    kept.words,
                    kept.note[:LONGEST_NOTE],
                ),
            )

    def annotate(self, dossier: int, kept: int, note: str) -> None:
        """Gives something that is kept a note."""
        with self._open() as db:
            values = (note[:LONGEST_NOTE], kept, dossier)
            db.execute("UPDATE kept SET note = ? WHERE id = ? AND dossier = ?", values)

    def drop(self, dossier: int, kept: int) -> None:
        """Takes something out of a dossier."""
        with self._open() as db:
            db.execute("DELETE FROM kept WHERE id = ? AND dossier = ?", (kept, dossier))

    @contextmanager
    def _open(self) -> Iterator[LibraryConnection]:
        """A connection for one transaction; the file is made when it is first needed."""
        db = sqlite3.connect(self._path, timeout=30.0, factory=LibraryConnection)
        db.path = self._path
        db.row_factory = sqlite3.Row
        try:
            for statement in _SCHEMA.split(";\n"):
                db.execute(statement)
            db.execute("PRAGMA foreign_keys = ON")
            with db:
                yield db
        finally:
            db.close()


def _rows(db: LibraryConnection, query: str, values: tuple[int, ...] = ()) -> list[sqlite3.Row]:
    return list(db.execute(query, values))


def _dossier(db: LibraryConnection, row: sqlite3.Row) -> Dossier:
    found = _rows(db, "SELECT * FROM kept WHERE dossier = ? ORDER BY id", (row["id"],))
    return Dossier(row["id"], row["title"], row["note"], tuple(map(_kept, found)))


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(
        kind=row["kind"],
        case=row["case_id"],
        words=row["words"],
        document=row["document"],
        start=row["start"],
        end=row["end"],
        note=row["note"],
        id=row["id"],
    )


def _title(text: str) -> str:
    title = " ".join(text.split())[:LONGEST_TITLE]
    if not title:
        raise InvalidRequest("dossier: it has no title; give one")
    return title
