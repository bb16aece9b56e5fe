"""Files and folders → documents in the library, with a report of what became of each file.

Unchanged files are skipped by content, changed ones replaced, bad ones reported; the rest goes on.
Vectors are not made here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from casequote.corpus.document import Document
from casequote.corpus.errors import InvalidDocument, UnreadableFile
from casequote.corpus.library import Library, Provenance
from casequote.corpus.linked_cases import link_documents
from casequote.corpus.readers import read_file

Progress = Callable[[int, int], None]
"""Called with the number of files done and the number of all files."""


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: its outcome, the ids of its documents, and what was wrong, as fact and remedy."""

    path: str
    outcome: Outcome
    documents: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Every file of a run, and the documents that were linked to a case by their content."""

    files: tuple[FileReport, ...]
    linked: tuple[Document, ...]

    @property
    def complete(self) -> bool:
        """Whether everything was read without a problem."""
        return not any(file.problems for file in self.files)

    def count(self, outcome: Outcome) -> int:
        """How many files had that outcome."""
        return sum(file.outcome is outcome for file in self.files)


def ingest(
    library: Library, paths: Sequence[Path], progress: Progress | None = None
) -> IngestReport:
    """Reads files and folders (recursively) into the library.

    Raises LibraryError when the library itself cannot be written; a bad file is only reported.
    """
    run = _Run(library)
    targets = list(_targets(paths))
    for done, target in enumerate(targets):
        if progress:
            progress(done, len(targets))
        run.take(target)
    if progress:
        progress(len(targets), len(targets))
    run.finish()
    linked: tuple[Document, ...] = ()
    if not library.linked:
        linked = tuple(link_documents(library))
        library.mark_linked()
    return IngestReport(tuple(run.reports), linked)


def _targets(paths: Iterable[Path]) -> Iterator[Path | UnreadableFile]:
    """Files below `paths`, folders in order of name; hidden files and folders are passed over."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        refused: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=refused.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))
            yield from (_unreadable_folder(error) for error in refused)
            refused.clear()
        yield from (_unreadable_folder(error) for error in refused)


def _unreadable_folder(error: OSError) -> UnreadableFile:
    return UnreadableFile(
        f"{error.filename}: the folder cannot be read ({error.strerror}); "
        "change its permissions or leave it out"
    )


class _Run:
    """One ingest: what the library had before and what the files have brought."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._stored = library.provenance()
        self._by_file: dict[str, dict[str, Provenance]] = {}
        self._by_origin: dict[str, list[str]] = {}
        for document_id, stored in self._stored.items():
            self._by_file.setdefault(stored.file_hash, {})[document_id] = stored
            self._by_origin.setdefault(stored.origin, []).append(document_id)
        self._seen: dict[str, Provenance] = {}
        self._left: list[str] = []
        self.reports: list[FileReport] = []

    def take(self, target: Path | UnreadableFile) -> None:
        """Reads one file into the library and reports on it."""
        place = str(target).split(":", 1)[0] if isinstance(target, UnreadableFile) else str(target)
        try:
            if isinstance(target, UnreadableFile):
                raise target
            report = self._read(target)
        except InvalidDocument as error:
            report = FileReport(place, Outcome.FAILED, problems=(str(error),))
        problems = tuple(_printable(problem) for problem in report.problems)
        self.reports.append(replace(report, path=_printable(place), problems=problems))

    def _read(self, path: Path) -> FileReport:
        origin, digest = _printable(str(path.absolute())), _digest(path)
        if known := self._unchanged(origin, digest):
            return FileReport(str(path), Outcome.UNCHANGED, known)
        reading = read_file(path)
        problems = [str(problem) for problem in reading.problems]
        kept: dict[str, Document] = {}
        for document in reading.documents:
            now = Provenance(origin, "", document.content_hash)
            if clash := self._clash(document.id, now):
                problems.append(clash)
                continue
            kept[document.id] = document
            self._seen.setdefault(document.id, now)
        # the hash of a file with problems is not kept, so that they are reported again
        outcomes = self._store(kept, origin, "" if problems else digest)
        # what a file with problems still says is not known, so nothing of it is taken out
        if kept and not reading.problems and self._leave(origin, kept):
            outcomes.append(Outcome.CHANGED)
        return FileReport(str(path), _overall(outcomes), tuple(kept), tuple(problems))

    def _unchanged(self, origin: str, digest: str) -> tuple[str, ...]:
        """The documents of a file that is as it was, or none when it has to be read."""
        known = self._by_file.get(digest, {})
        if not known or any(self._clash(i, before) for i, before in known.items()):
            return ()
        for document_id, before in known.items():
            self._seen.setdefault(document_id, replace(before, origin=origin))
            self._note(document_id, before, replace(before, origin=origin))
        self._leave(origin, known)
        return tuple(known)

    def _clash(self, document_id: str, now: Provenance) -> str | None:
        seen = self._seen.get(document_id)
        if seen is None or seen.content_hash == now.content_hash:
            return None
        return (
            f"{now.origin}: the id {document_id!r} is also that of a document in {seen.origin}, "
            "which was kept; give each document an id of its own"
        )

    def _store(self, kept: dict[str, Document], origin: str, file_hash: str) -> list[Outcome]:
        """Stores the documents of a file at once, so that a kill never leaves half of them."""
        outcomes, new = [], []
        for document in kept.values():
            now = Provenance(origin, file_hash, document.content_hash)
            before = self._stored.get(document.id)
            if before and before.content_hash == now.content_hash:
                outcomes.append(Outcome.UNCHANGED)
                self._note(document.id, before, now)
                continue
            outcomes.append(Outcome.CHANGED if before else Outcome.ADDED)
            new.append((document, now))
        if new:
            self._library.add_all(new)
        self._stored |= {document.id: now for document, now in new}
        return outcomes

    def _note(self, document_id: str, before: Provenance, now: Provenance) -> None:
        """Keeps what is new about the file of a document; of two copies, the first stays."""
        if before != now and (before.origin == now.origin or not Path(before.origin).exists()):
            self._library.set_provenance(document_id, now)
            self._stored[document_id] = now

    def _leave(self, origin: str, said: Container[str]) -> bool:
        """Notes which documents a file said once and says no more; whether any is gone so far."""
        left = [i for i in self._by_origin.get(origin, ()) if i not in said]
        self._left += left
        return any(document_id not in self._seen for document_id in left)

    def finish(self) -> None:
        """Takes out what no file of this run says any more; the rest is now read elsewhere."""
        gone = []
        for document_id in dict.fromkeys(self._left):
            now = self._seen.get(document_id)
            if now is None:
                gone.append(document_id)
            elif now.origin != self._stored[document_id].origin:
                self._library.set_provenance(document_id, now)
        if gone:
            self._library.remove(gone)


def _printable(text: str) -> str:
    """File names that are no Unicode, with their bytes written out."""
    return text.encode("utf-8", "backslashreplace").decode()


def _overall(outcomes: Sequence[Outcome]) -> Outcome:
    if not outcomes:
        return Outcome.FAILED
    order = (Outcome.CHANGED, Outcome.ADDED, Outcome.UNCHANGED)
    return next(outcome for outcome in order if outcome in outcomes)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableFile(
            f"{path}: cannot be read ({error.strerror}); check the path and its permissions"
        ) from error
