"""Training sessions, answers and repetition cards in an SQLite file beside the library.

The file is `<library folder>.training.sqlite`: removing or making the library anew leaves it alone,
and no document is in it but what exercises quote. What is deleted is overwritten, and the log too.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from casequote.corpus.errors import InvalidRequest, LibraryDamaged, LibraryError, NotInLibrary
from casequote.prompts.exercises.generator import SESSION
from casequote.prompts.exercises.matching import Mark
from casequote.prompts.exercises.types import Session

SCHEMA_VERSION = 1
_ID = re.compile(r"[0-9a-f]{16}")
_BUSY_SECONDS = 30.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, created TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS answers (
    id INTEGER PRIMARY KEY, session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
    exercise INTEGER NOT NULL, trainee TEXT NOT NULL, given TEXT NOT NULL, answer TEXT NOT NULL,
    marks TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS answers_of ON answers (session, trainee, exercise);
CREATE TABLE IF NOT EXISTS cards (
    trainee TEXT NOT NULL, session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
    exercise INTEGER NOT NULL, due TEXT NOT NULL, card TEXT NOT NULL,
    PRIMARY KEY (trainee, session, exercise)
) STRICT
"""


class NoSuchSession(NotInLibrary):
    """A training session that is not stored, or no longer."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What is listed of a session."""

    id: str
    created: str
    exercises: int
    trainees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A trainee's answer and its marks; the last one to an exercise counts."""

    exercise: int
    trainee: str
    given: str
    answer: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class StoredCard:
    """The repetition card of a trainee for an exercise, as py-fsrs writes it."""

    session: str
    exercise: int
    due: str
    card: str


def training_file(library: Path) -> Path:
    """The file that belongs to the library of a folder."""
    return library.parent / f"{library.name}.training.sqlite"


class TrainingStore:
    """Everything about trainees. Each call opens the file for itself, so threads need no care."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, session: Session, now: datetime) -> None:
        """Stores a session; one that is stored already is left as it is, with its answers."""
        with self._writing() as db:
            db.execute(
                "INSERT OR IGNORE INTO sessions VALUES (?, ?, ?)",
                (session.id, now.isoformat(), SESSION.dump_json(session).decode()),
            )

    def session(self, session_id: str) -> Session:
        """A session. Raises InvalidRequest for what is no id, NoSuchSession when not stored."""
        checked_id(session_id)
        with self._reading() as db:
            row = db.execute("SELECT content FROM sessions WHERE id = ?", (session_id,)).fetchone()
        if row is None:
            raise _no_such(session_id)
        try:
            return SESSION.validate_json(row[0])
        except ValidationError as error:
            raise LibraryDamaged(
                f"{self.path}: session {session_id} cannot be read ({error.error_count()} faults); "
                f"delete it with `casequote train delete {session_id}` and make it anew"
            ) from error

    def sessions(self) -> list[StoredSession]:
        """All sessions, the latest first."""
        with self._reading() as db:
            found = db.execute(
                "SELECT id, created, json_array_length(content, '$.exercises'), "
                "(SELECT json_group_array(DISTINCT trainee) FROM answers WHERE session = s.id) "
                "FROM sessions s ORDER BY created DESC, id"
            ).fetchall()
        return [StoredSession(i, c, n, tuple(sorted(json.loads(t)))) for i, c, n, t in found]

    def add_answer(self, session_id: str, answer: StoredAnswer) -> None:
        """Stores an answer. Raises NoSuchSession when the session was deleted meanwhile."""
        marks = json.dumps([asdict(m) for m in answer.marks])
        row = (session_id, answer.exercise, answer.trainee, answer.given, answer.answer, marks)
        try:
            with self._writing() as db:
                db.execute(
                    "INSERT INTO answers (session, exercise, trainee, given, answer, marks) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    row,
                )
        except sqlite3.IntegrityError as error:
            raise _no_such(session_id) from error

    def answers(self, session_id: str, trainee: str | None = None) -> list[StoredAnswer]:
        """The last answer of each trainee to each exercise, by trainee and exercise."""
        with self._reading() as db:
            found = db.execute(
                "SELECT exercise, trainee, given, answer, marks FROM answers WHERE id IN ("
                "SELECT max(id) FROM answers WHERE session = ? AND (? IS NULL OR trainee = ?) "
                "GROUP BY trainee, exercise) ORDER BY trainee, exercise",
                (session_id, trainee, trainee),
            ).fetchall()
        return [
            StoredAnswer(e, t, g, a, tuple(Mark(**m) for m in json.loads(marks)))
            for e, t, g, a, marks in found
        ]

    def card(self, trainee: str, session_id: str, exercise: int) -> str | None:
        """The card of an exercise, or None before the first answer."""
        with self._reading() as db:
            row = db.execute(
                "SELECT card FROM cards WHERE trainee = ? AND session = ? AND exercise = ?",
                (trainee, session_id, exercise),
            ).fetchone()
        return None if row is None else str(row[0])

    def set_card(self, trainee: str, card: StoredCard) -> None:
        """Stores a card in place of the one before. Raises NoSuchSession."""
        try:
            with self._writing() as db:
                db.execute(
                    "INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?, ?)",
                    (trainee, card.session, card.exercise, card.due, card.card),
                )
        except sqlite3.IntegrityError as error:
            raise _no_such(card.session) from error

    def cards(self, trainee: str) -> list[StoredCard]:
        """The cards of a trainee, the one due first at the start."""
        with self._reading() as db:
            found = db.execute(
                "SELECT session, exercise, due, card FROM cards WHERE trainee = ? "
                "ORDER BY due, session, exercise",
                (trainee,),
            ).fetchall()
        return [StoredCard(*row) for row in found]

    def delete(self, session_id: str) -> None:
        """Deletes a session with all answers and cards, for good. Raises NoSuchSession."""
        checked_id(session_id)
        if not self._delete(session_id, "DELETE FROM sessions WHERE id = ?"):
            raise _no_such(session_id)

    def delete_trainee(self, trainee: str) -> None:
        """Deletes everything about a trainee, for good. Raises NotInLibrary if nothing is there."""
        tables = ("answers", "cards")
        statements = [f"DELETE FROM {table} WHERE trainee = ?" for table in tables]  # noqa: S608
        if not self._delete(trainee, *statements):
            raise NotInLibrary(
                f"nothing is stored about the trainee {trainee!r}; `casequote train list` shows "
                "who has answered"
            )

    def _delete(self, value: str, *statements: str) -> int:
        """Deletes rows and empties the log, which held them too; gives their number."""
        with self._writing() as db:
            gone = sum(db.execute(statement, (value,)).rowcount for statement in statements)
        with self._reading() as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection whose errors about the file say fact, place and remedy."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(
                sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)
            ) as db:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA foreign_keys = ON")
                db.execute("PRAGMA secure_delete = ON")
                self._make(db)
                yield db
        except sqlite3.IntegrityError:
            raise
        except (sqlite3.DatabaseError, OSError) as error:
            raise LibraryError(
                f"{self.path}: the training sessions cannot be read or written ({error}); check "
                "permissions and room on the disk, or move the file away to start anew"
            ) from error

    def _make(self, db: sqlite3.Connection) -> None:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version == SCHEMA_VERSION:
            return
        if version > SCHEMA_VERSION:
            raise LibraryError(
                f"{self.path}: was written by a newer version of the program; update it, or move "
                "the file away to start anew"
            )
        for statement in _SCHEMA.split(";\n"):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def checked_id(session_id: str) -> None:
    """Raises InvalidRequest for what is no id of a session."""
    if not _ID.fullmatch(session_id):
        raise InvalidRequest(
            f"{session_id[:40]!r} is no id of a training session, which has 16 digits from 0 to f; "
            "`casequote train list` shows those that are stored"
        )


def _no_such(session_id: str) -> NoSuchSession:
    return NoSuchSession(
        f"training session {session_id} is not stored, or was deleted; `casequote train list` "
        "shows those that are, `casequote train new` makes one"
    )


def trainees_of(answers: Sequence[StoredAnswer]) -> tuple[str, ...]:
    """Everyone who answered, once each."""
    return tuple(dict.fromkeys(a.trainee for a in answers))
