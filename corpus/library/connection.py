"""A connection to the library file whose errors are the project's: fact, place and remedy.

Only what befalls the file is told so (damage, a full disk, permissions); mistakes in statements
stay errors of SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from casequote.corpus.errors import LibraryDamaged, LibraryError

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_IN_THE_WAY = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
}


class LibraryConnection(sqlite3.Connection):
    """A connection that knows its file. Raises LibraryDamaged and LibraryError."""

    path = Path()

    def execute(self, statement: str, values: Any = (), /) -> LibraryCursor:
        return self.cursor(LibraryCursor).execute(statement, values)

    def executemany(self, statement: str, values: Iterable[Any], /) -> LibraryCursor:
        return self.cursor(LibraryCursor).executemany(statement, values)


class LibraryCursor(sqlite3.Cursor):
    """What every statement runs through; rows are read through it too."""

    def execute(self, statement: str, values: Any = (), /) -> Self:
        try:
            return super().execute(statement, values)
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def executemany(self, statement: str, values: Iterable[Any], /) -> Self:
        try:
            return super().executemany(statement, values)
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def fetchone(self) -> Any:
        return next(self, None)

    def fetchall(self) -> list[Any]:
        return list(self)

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except sqlite3.DatabaseError as error:
            self._tell(error)
            raise

    def _tell(self, error: sqlite3.DatabaseError) -> None:
        path = self.connection.path if isinstance(self.connection, LibraryConnection) else None
        code = error.sqlite_errorcode & 0xFF  # the extended codes say more in the upper bits
        if code in _DAMAGED:
            raise LibraryDamaged(
                f"{path}: is not a readable library ({error}); "
                "restore it from a copy, or remove the folder and ingest again"
            ) from error
        if code in _IN_THE_WAY:
            raise LibraryError(
                f"{path}: the library cannot be used ({error}); make room on the disk or check "
                "permissions, then run the same command again: what was stored is kept"
            ) from error
