"""One SQLite file: connections, transactions and the version of the schema."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from casequote.corpus.errors import LibraryDamaged, LibraryError, LibraryMissing

SCHEMA_VERSION = "1"
FILE_NAME = "library.sqlite"
_BUSY_SECONDS = 30.0


class Database:
    """Connections to one library file, one for each thread; writers take turns."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._local = threading.local()
        self._writing = threading.RLock()
        self._all: list[sqlite3.Connection] = []

    @classmethod
    def create(cls, folder: Path) -> Database:
        """Makes an empty library file in `folder`, which is made too."""
        database = cls(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with database.transaction() as db:
                schema = files("casequote.corpus.library").joinpath("schema.sql").read_text("utf-8")
                for statement in schema.split(";\n"):
                    db.execute(statement)
                db.execute("INSERT INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
                db.execute("INSERT INTO meta VALUES ('change', '0')")
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                f"{folder}: the library cannot be made ({error}); "
                "check that the folder can be written and that the disk has room"
            ) from error
        return database

    @classmethod
    def open(cls, folder: Path) -> Database:
        """Opens the library file of `folder`. Raises LibraryMissing or LibraryDamaged."""
        database = cls(folder)
        if not database.path.is_file():
            raise LibraryMissing(
                f"{folder}: there is no library; make one with `casequote ingest PATH "
                "--library DIR`, or leave --library out to use the bundled collection"
            )
        try:
            version = database.meta("schema")
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(
                f"{database.path}: is not a readable library ({error}); "
                "restore it from a copy, or remove the folder and ingest again"
            ) from error
        if version != SCHEMA_VERSION:
            raise LibraryError(
                f"{database.path}: was made with schema {version}, this program uses "
                f"{SCHEMA_VERSION}; remove the folder and ingest again"
            )
        return database

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(
                self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")
            self._local.db = db
            self._all.append(db)
        return db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: all of it or nothing, also after a kill."""
        with self._writing:
            db = self.connection
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.rollback()
                raise
            db.execute("COMMIT")

    def meta(self, key: str) -> str | None:
        """A value of the table `meta`."""
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row["value"])

    def close(self) -> None:
        """Closes every connection; the object cannot be used afterwards."""
        for db in self._all:
            db.close()
        self._all.clear()
        self._local = threading.local()
