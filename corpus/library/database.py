"""One SQLite file: connections, transactions and the version of the schema."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from casequote.corpus.errors import LibraryDamaged, LibraryError, LibraryMissing
from casequote.corpus.library.connection import LibraryConnection

SCHEMA_VERSION = "1"
FILE_NAME = "library.sqlite"
_BUSY_SECONDS = 30.0


class Database:
    """Connections to one library file, one for each thread; writers take turns."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._local = threading.local()
        self._writing = threading.RLock()
        self._all: list[LibraryConnection] = []

    @classmethod
    def create(cls, folder: Path) -> Database:
        """Makes an empty library file in `folder`, which is made too. Raises LibraryError."""
        database = cls(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            database._refuse_to_replace()
            with database.transaction() as db:
                schema = files("casequote.corpus.library").joinpath("schema.sql").read_text("utf-8")
                for statement in schema.split(";\n"):
                    db.execute(statement)
                db.execute("INSERT INTO meta VALUES ('schema', ?)", (SCHEMA_VERSION,))
                db.execute("INSERT INTO meta VALUES ('change', '0')")
        except OSError as error:
            raise LibraryError(
                f"{folder}: the library cannot be made ({error.strerror}); "
                "check that the folder can be written and that the disk has room"
            ) from error
        except LibraryError:
            database.close()
            raise
        return database

    @classmethod
    def open(cls, folder: Path) -> Database:
        """Opens the library file of `folder`. Raises LibraryMissing or LibraryDamaged."""
        database = cls(folder)
        try:
            database._check()
        except LibraryError:
            database.close()
            raise
        return database

    def is_made(self) -> bool:
        """Whether there is a library; a file whose making was interrupted holds none."""
        if not self.path.is_file():
            return False
        found = self.connection.execute("SELECT count(*) AS n FROM sqlite_master").fetchone()
        return bool(found["n"])

    def _refuse_to_replace(self) -> None:
        if self.is_made():
            raise LibraryError(
                f"{self.path.parent}: there is a library already; use it, or give another folder"
            )

    def _check(self) -> None:
        if not self.is_made():
            raise LibraryMissing(
                f"{self.path.parent}: there is no library; make one with `casequote ingest PATH "
                "--library DIR`, or leave --library out to use the bundled collection"
            )
        tables = self.connection.execute("SELECT name FROM sqlite_master")
        if "meta" not in {row["name"] for row in tables}:
            raise LibraryDamaged(
                f"{self.path}: is no library but another program's file; give another folder"
            )
        version = self.meta("schema")
        if version != SCHEMA_VERSION:
            raise LibraryError(
                f"{self.path}: was made with schema {version}, this program uses "
                f"{SCHEMA_VERSION}; remove the folder and ingest again"
            )

    @property
    def connection(self) -> LibraryConnection:
        """This thread's connection."""
        db: LibraryConnection | None = getattr(self._local, "db", None)
        if db is None:
            db = self._connect()
            self._all.append(db)
            db.path = self.path
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")
            self._local.db = db
        return db

    def _connect(self) -> LibraryConnection:
        try:
            return sqlite3.connect(
                self.path,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                factory=LibraryConnection,
            )
        except sqlite3.OperationalError as error:
            raise LibraryError(
                f"{self.path}: cannot be opened ({error}); check the folder and its permissions"
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[LibraryConnection]:
        """A write transaction: all of it or nothing, also after a kill."""
        with self._writing:
            db = self.connection
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything read in this thread within comes from one state of the file."""
        if self.is_reading:
            yield
            return
        db = self.connection
        db.execute("BEGIN")
        self._local.reading = True
        try:
            yield
        finally:
            self._local.reading = False
            db.rollback()

    @property
    def is_reading(self) -> bool:
        """Whether this thread is within `reading`."""
        return bool(getattr(self._local, "reading", False))

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
