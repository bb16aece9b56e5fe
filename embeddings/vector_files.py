"""Vector files: segments of vectors on disk, with a manifest; derived from the library.

A build is a manifest and the segments it names. Publishing writes new files, syncs them, renames
the folder, and only then replaces CURRENT, so a crash leaves the last good build. What does not
match its manifest is refused, never repaired here.

    vectors/CURRENT                       name of the manifest in force
    vectors/manifest-<n>.json             encoder, change, segments with checksums
    vectors/segment-<random>/*.npy        ids, vectors, sentence vectors, bounds
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casequote.corpus.errors import LibraryDamaged
from casequote.embeddings.encoder import EncoderIdentity, Matrix

_CURRENT = "CURRENT"
_ORPHAN_SECONDS = 3_600.0
"""What is younger may belong to a process that has not published yet."""
_ARRAYS = ("ids", "vectors", "sentence_vectors", "bounds")


@dataclass(frozen=True, slots=True)
class Segment:
    """Vectors of n passages with m sentences in all."""

    ids: NDArray[np.int64]
    """(n,) passage ids, ascending."""
    vectors: Matrix
    """(n, d) unit rows."""
    sentence_vectors: NDArray[np.float16]
    """(m, d) unit rows; passage i has rows ``bounds[i]:bounds[i + 1]``."""
    bounds: NDArray[np.int64]
    """(n + 1,) row numbers."""

    def __len__(self) -> int:
        return len(self.ids)

    def check(self, dimension: int) -> None:
        """Raises LibraryDamaged unless shapes agree, ids are unique and numbers are finite."""
        sound = (
            self.vectors.shape == (len(self.ids), dimension)
            and self.bounds.shape == (len(self.ids) + 1,)
            and self.sentence_vectors.shape == (self.bounds[-1], dimension)
            and bool(np.all(np.diff(self.ids) > 0))
            and bool(np.isfinite(self.vectors).all())
            and bool(np.isfinite(self.sentence_vectors).all())
        )
        if not sound:
            raise LibraryDamaged(
                "vectors: a segment has wrong shapes, repeated ids or numbers that are not finite; "
                "the vectors will be made again"
            )


@dataclass(frozen=True, slots=True)
class Build:
    """The segments in force and the change of the library that they were made for."""

    segments: tuple[Segment, ...]
    names: tuple[str, ...]
    change: int


class VectorFiles:
    """The folder `vectors` of a library."""

    def __init__(self, library_folder: Path) -> None:
        self.folder = library_folder / "vectors"

    def change(self) -> int | None:
        """The change that the build in force was made for, or None without a build."""
        try:
            return int(self._manifest()["change"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def load(self, identity: EncoderIdentity) -> Build:
        """The build in force. Raises LibraryDamaged when it is missing or does not match."""
        try:
            manifest = self._manifest()
            described = [(str(s["name"]), dict(s["files"])) for s in manifest["segments"]]
            encoder, change = manifest["encoder"], int(manifest["change"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise LibraryDamaged(
                f"{self.folder}: there is no readable manifest ({error}); "
                "the vectors will be made again"
            ) from error
        if encoder != asdict(identity):
            raise LibraryDamaged(
                f"{self.folder}: the vectors were made by another encoder ({encoder}); "
                "they will be made again"
            )
        segments = tuple(self._read(name, sums) for name, sums in described)
        for segment in segments:
            segment.check(identity.dimension)
        ids = [i for segment in segments for i in segment.ids]
        if len(set(ids)) != len(ids):
            raise LibraryDamaged(
                f"{self.folder}: two segments hold one passage; the vectors will be made again"
            )
        return Build(segments, tuple(name for name, _ in described), change)

    def write(self, segment: Segment, identity: EncoderIdentity) -> str:
        """Writes a segment durably and returns its name; it is in force once published."""
        segment.check(identity.dimension)
        name = f"segment-{secrets.token_hex(8)}"
        work = self.folder / f".{name}"
        work.mkdir(parents=True)
        try:
            for array in _ARRAYS:
                with (work / f"{array}.npy").open("wb") as file:
                    np.save(file, getattr(segment, array), allow_pickle=False)
                    file.flush()
                    os.fsync(file.fileno())
            work.rename(self.folder / name)
        except OSError:
            shutil.rmtree(work, ignore_errors=True)
            raise
        _sync_folder(self.folder)
        return name

    def publish(self, names: Sequence[str], identity: EncoderIdentity, change: int) -> None:
        """Puts the segments of those names in force, all at once.

        Raises LibraryDamaged when one of them is gone, as after another process published.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        replaced = self._in_force()
        manifest = {
            "encoder": asdict(identity),
            "change": change,
            "segments": [{"name": name, "files": self._checksums(name)} for name in names],
        }
        file_name = f"manifest-{time.time_ns()}.json"
        _write_durably(self.folder / file_name, json.dumps(manifest, indent=1))
        _write_durably(self.folder / f".{file_name}", file_name)
        (self.folder / f".{file_name}").replace(self.folder / _CURRENT)
        _sync_folder(self.folder)
        self._sweep({_CURRENT, file_name, *names}, replaced)

    def _in_force(self) -> set[str]:
        """Names of the manifest in force and of its segments; empty when there is none."""
        try:
            segments = self._manifest()["segments"]
            return {self._current(), *(str(segment["name"]) for segment in segments)}
        except (OSError, ValueError, KeyError, TypeError):
            return set()

    def _current(self) -> str:
        return (self.folder / _CURRENT).read_text("utf-8").strip()

    def _manifest(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / self._current()).read_text("utf-8")))

    def _read(self, name: str, sums: dict[str, str]) -> Segment:
        paths = {array: self.folder / name / f"{array}.npy" for array in _ARRAYS}
        return Segment(**{a: _read_array(path, sums.get(path.name)) for a, path in paths.items()})

    def _checksums(self, name: str) -> dict[str, str]:
        try:
            return {f"{a}.npy": _sha256(self.folder / name / f"{a}.npy") for a in _ARRAYS}
        except FileNotFoundError as error:
            raise LibraryDamaged(
                f"{error.filename}: is gone, so another process has published vectors meanwhile; "
                "those are used from the next start"
            ) from error

    def _sweep(self, kept: set[str], replaced: set[str]) -> None:
        """Removes what was in force before, and what no process can still be writing."""
        for path in self.folder.iterdir():
            if path.name not in kept and (path.name in replaced or _is_old(path)):
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


def merged(segments: Iterable[Segment], keep: Iterable[int], dimension: int) -> Segment:
    """One segment with the passages of `segments` whose ids are in `keep`, by id."""
    kept = np.fromiter(keep, dtype=np.int64)
    ids, vectors, sentence_rows = [], [], []
    for segment in segments:
        for row in np.flatnonzero(np.isin(segment.ids, kept)):
            ids.append(int(segment.ids[row]))
            vectors.append(segment.vectors[row])
            first, last = segment.bounds[row : row + 2]
            sentence_rows.append(segment.sentence_vectors[first:last])
    order = np.argsort(np.array(ids, dtype=np.int64), kind="stable")
    return segment_of(
        [ids[i] for i in order],
        np.array([vectors[i] for i in order], np.float32).reshape(-1, dimension),
        [sentence_rows[i] for i in order],
        dimension,
    )


def segment_of(
    ids: Sequence[int],
    vectors: Matrix,
    sentence_rows: Sequence[NDArray[Any]],
    dimension: int,
) -> Segment:
    """A segment from ids, vectors (n, d) and the sentence vectors of each passage."""
    counts = [len(rows) for rows in sentence_rows]
    stacked = np.concatenate([np.zeros((0, dimension), np.float16), *sentence_rows])
    return Segment(
        ids=np.array(ids, dtype=np.int64),
        vectors=vectors,
        sentence_vectors=stacked.astype(np.float16),
        bounds=np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64),
    )


def _read_array(path: Path, digest: str | None) -> NDArray[Any]:
    fact = "its checksum is not the one in the manifest"
    try:
        if _sha256(path) == digest:
            array: NDArray[Any] = np.load(path, allow_pickle=False)
            return array
    except (OSError, ValueError, EOFError) as error:
        fact = str(error)
    raise LibraryDamaged(f"{path}: cannot be used ({fact}); the vectors will be made again")


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _ORPHAN_SECONDS
    except OSError:  # another process has removed it
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_durably(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
