"""Files that are sent to the server → documents in the library, one job after another.

The files are kept beside the library, so that one sent again replaces what it said before.
"""

from __future__ import annotations

import logging
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

from casequote.corpus.errors import CaseQuoteError
from casequote.corpus.ingest import FileReport, IngestReport, Outcome, ingest
from casequote.corpus.library import Library

log = logging.getLogger(__name__)

FOLDER = "uploads"
TYPES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".yaml", ".yml", ".json", ".jsonl")
"""Endings of the files that are taken; what is in them is decided by their content."""
MOST_FILES = 50
MOST_BYTES = 100 * 1024 * 1024
"""Bytes of all files of a job."""
JOBS_KEPT = 50
_UNSAFE = re.compile(r"[^\w.() -]+")

Step = Literal["waiting", "reading", "encoding", "done", "failed"]


class Synchronising(Protocol):
    """What is needed of an assistant."""

    @property
    def library(self) -> Library:
        """The library that documents are added to."""
        ...

    def catch_up(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Makes the vectors match the library."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """What becomes of some files."""

    id: str
    files: tuple[str, ...]
    step: Step = "waiting"
    done: int = 0
    total: int = 0
    report: IngestReport | None = None
    refused: tuple[FileReport, ...] = ()
    fault: str | None = None

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.step in ("done", "failed")

    @property
    def results(self) -> tuple[FileReport, ...]:
        """What became of every file so far."""
        return (*self.refused, *(self.report.files if self.report else ()))


class Uploads:
    """Jobs of one library; they run one after another in a thread of their own."""

    def __init__(self, assistant: Synchronising) -> None:
        self._assistant = assistant
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="uploads")
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """Where the files are kept."""
        return self._assistant.library.folder / FOLDER

    def start(self, files: Sequence[tuple[str, bytes]]) -> Job:
        """Begins to read files, each a name and its content."""
        taken: list[tuple[Path, bytes]] = []
        refused = []
        for name, content in files:
            path = self.folder / safe_name(name)
            if path.suffix.lower() in TYPES:
                taken.append((path, content))
            else:
                refused.append(_refused(name))
        job = Job(
            id=secrets.token_hex(8),
            files=tuple(name for name, _ in files),
            total=len(taken),
            refused=tuple(refused),
        )
        self._note(job)
        self._worker.submit(self._run, job, taken)
        return job

    def job(self, job_id: str) -> Job | None:
        """The job with that id, as long as it is remembered."""
        with self._lock:
            return self._jobs.get(job_id)

    def remove(self, documents: Sequence[str]) -> None:
        """Takes documents out, and files that nothing else was read from. Raises NotInLibrary."""
        library = self._assistant.library
        origins = {library.provenance()[i].origin for i in documents if i in library.provenance()}
        library.remove(documents)
        left = {provenance.origin for provenance in library.provenance().values()}
        for origin in origins - left:
            path = Path(origin)
            if path.parent == self.folder:
                path.unlink(missing_ok=True)
        self._assistant.catch_up()

    def close(self) -> None:
        """Waits for the job that runs."""
        self._worker.shutdown()

    def _run(self, job: Job, files: Sequence[tuple[Path, bytes]]) -> None:
        try:
            self.folder.mkdir(exist_ok=True)
            for path, content in files:
                path.write_bytes(content)
            job = self._read(job, [path for path, _ in files])
            self._note(replace(job, step="done"))
        except CaseQuoteError as error:
            self._note(replace(job, step="failed", fault=str(error)))
        except OSError as error:
            fault = f"{self.folder}: the files cannot be kept ({error.strerror}); make room"
            self._note(replace(job, step="failed", fault=fault))
        except BaseException:
            log.exception("upload %s failed", job.id)
            self._note(replace(job, step="failed", fault="see the server's log"))
            raise

    def _read(self, job: Job, paths: Sequence[Path]) -> Job:
        def reading(done: int, total: int) -> None:
            self._note(replace(job, step="reading", done=done, total=total))

        report = ingest(self._assistant.library, paths, reading)
        job = replace(job, report=_named(report))
        self._note(replace(job, step="encoding", done=0, total=0))
        for path, file in zip(paths, report.files, strict=True):
            if file.outcome is Outcome.FAILED:
                path.unlink(missing_ok=True)
        self._assistant.catch_up(
            lambda done, total: self._note(replace(job, step="encoding", done=done, total=total))
        )
        return job

    def _note(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > JOBS_KEPT:
                self._jobs.popitem(last=False)


def safe_name(name: str) -> str:
    """A file name that is one part of a path and not hidden, with the ending of `name`."""
    last = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]).lstrip(". ")
    stem, dot, ending = last.rpartition(".")
    return f"{(stem or 'file')[:120]}{dot}{ending[:10]}" if dot else (last[:120] or "file")


def _refused(name: str) -> FileReport:
    fact = f"{name}: files of this type are not taken; give one of {', '.join(TYPES)}"
    return FileReport(name, Outcome.FAILED, problems=(fact,))


def _named(report: IngestReport) -> IngestReport:
    """The report with the names of files in place of where the server keeps them."""
    files = []
    for file in report.files:
        folder = f"{Path(file.path).parent}/"
        problems = tuple(problem.replace(folder, "") for problem in file.problems)
        files.append(replace(file, path=Path(file.path).name, problems=problems))
    return IngestReport(tuple(files), report.linked)
