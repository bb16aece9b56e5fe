"""Files and folders → documents in the library, with a report of what became of each file.

Unchanged files are skipped by content, changed ones replaced, bad ones reported; the rest goes on.
Vectors are not made here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from casequote.corpus.document import STATED, Document, DocumentKind, FieldName
from casequote.corpus.errors import InvalidDocument, UnreadableFile
from casequote.corpus.library import CaseSummary, Library, Provenance
from casequote.corpus.linking import KnownCase, confirming_values, link, years_of
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
    return IngestReport(tuple(run.reports), tuple(run.link_all()))


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
        self._by_file: dict[str, list[str]] = {}
        self._by_origin: dict[str, list[str]] = {}
        for document_id, stored in self._stored.items():
            self._by_file.setdefault(stored.file_hash, []).append(document_id)
            self._by_origin.setdefault(stored.origin, []).append(document_id)
        self._seen: dict[str, tuple[str, str]] = {}
        self.reports: list[FileReport] = []

    def take(self, target: Path | UnreadableFile) -> None:
        """Reads one file into the library and reports on it."""
        if isinstance(target, UnreadableFile):
            place = str(target).split(":", 1)[0]
            self.reports.append(FileReport(place, Outcome.FAILED, problems=(str(target),)))
            return
        try:
            self.reports.append(self._read(target))
        except InvalidDocument as error:
            self.reports.append(FileReport(str(target), Outcome.FAILED, problems=(str(error),)))

    def _read(self, path: Path) -> FileReport:
        origin, digest = str(path.absolute()), _digest(path)
        if known := self._by_file.get(digest):
            for document_id in known:
                self._seen.setdefault(document_id, (origin, self._stored[document_id].content_hash))
            return FileReport(str(path), Outcome.UNCHANGED, tuple(known))
        reading = read_file(path)
        problems = [str(problem) for problem in reading.problems]
        # the hash of a file with problems is not kept, so that they are reported again
        file_hash = "" if problems else digest
        outcomes, ids = [], []
        for document in reading.documents:
            clash = self._clash(document, origin)
            if clash:
                problems.append(clash)
                continue
            outcomes.append(self._store(document, origin, file_hash))
            ids.append(document.id)
        gone = [i for i in self._by_origin.get(origin, ()) if i not in ids and i not in self._seen]
        if gone and ids:
            self._library.remove(gone)
            outcomes.append(Outcome.CHANGED)
        return FileReport(str(path), _overall(outcomes), tuple(ids), tuple(problems))

    def _clash(self, document: Document, origin: str) -> str | None:
        seen = self._seen.get(document.id)
        if seen is None or seen[1] == document.content_hash:
            return None
        return (
            f"{origin}: the id {document.id!r} is also that of a document in {seen[0]}, which was "
            "kept; give each document an id of its own"
        )

    def _store(self, document: Document, origin: str, file_hash: str) -> Outcome:
        self._seen[document.id] = (origin, document.content_hash)
        before = self._stored.get(document.id)
        if before and before.content_hash == document.content_hash:
            return Outcome.UNCHANGED
        self._library.add(document, Provenance(origin, file_hash, document.content_hash))
        return Outcome.CHANGED if before else Outcome.ADDED

    def link_all(self) -> Iterator[Document]:
        """Links every document that does not state its case, records first."""
        if all(report.outcome is Outcome.UNCHANGED for report in self.reports):
            return
        loose = [s for s in self._library.documents() if s.link != STATED]
        provenance = self._library.provenance()
        for kind in (DocumentKind.RECORD, DocumentKind.ARTICLE):
            cases = self._library.cases()
            known = {case.id: _known(self._library, case) for case in cases}
            alone = {case.records: case.id for case in cases}
            for summary in loose:
                if summary.kind is not kind:
                    continue
                document = self._library.document(summary.id)
                own = alone.get((document.id,))
                found = link(document, [k for case, k in known.items() if case != own])
                if found and (document.case, document.link) != found:
                    linked = document.assigned(*found)
                    self._library.add(linked, provenance[document.id])
                    yield linked


def _known(library: Library, case: CaseSummary) -> KnownCase:
    records = [library.document(document_id) for document_id in case.records]
    defendants = [
        record.text[slice(*item.value_span)]
        for record in records
        for item in record.items(FieldName.DEFENDANTS)
        if "part" not in item.attributes
    ]
    return KnownCase(
        case=case.id,
        names=(*case.names, *defendants),
        years=years_of(f.value for r in records for f in r.items(FieldName.PERIOD)),
        values=frozenset().union(*(confirming_values(record) for record in records)),
    )


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
