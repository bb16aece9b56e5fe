"""Library + encoder → an index that matches the library, making only the vectors that lack.

This one step serves the first build, every later ingest, removals and repair after a crash or
damage: whatever the vector files lack is encoded, whatever the library no longer has is dropped.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from casequote.corpus.document import Document, FieldName
from casequote.corpus.errors import LibraryDamaged, LibraryError, NotInLibrary
from casequote.corpus.library import Library, StoredPassage
from casequote.embeddings.encoder import Encoder, EncoderIdentity, Matrix
from casequote.embeddings.vector_files import Build, Segment, VectorFiles, merged, segment_of
from casequote.embeddings.vector_index import VectorIndex

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with the number of passages encoded and the number to encode."""

BATCH = 64
PASSAGES_PER_SEGMENT = 8_192
MOST_SEGMENTS = 6
"""Beyond this many segments they are merged into one."""


def synchronise(
    library: Library, encoder: Encoder, progress: Progress | None = None
) -> VectorIndex:
    """The index over all passages of the library. Raises LibraryError when files fail."""
    files = VectorFiles(library.folder)
    identity = encoder.identity
    change = library.change
    live = library.passage_ids()
    build = _load(files, encoder)
    segments, names = list(build.segments), list(build.names)
    in_force = (list(names), build.change)
    have = {int(i) for segment in segments for i in segment.ids}
    missing = [i for i in live if i not in have]
    gone = len(have) + len(missing) - len(live)
    try:
        done = 0
        for part in _parts(missing, PASSAGES_PER_SEGMENT):
            segment = _encoded(library, encoder, part, done, len(missing), progress)
            done += len(part)
            segments.append(segment)
            names.append(files.write(segment, identity))
            in_force = _publish(files, names, identity, change if done == len(missing) else -1)
        if len(segments) > MOST_SEGMENTS or gone > max(1, len(live) // 5):
            segments = [merged(segments, live, identity.dimension)]
            names = [files.write(segments[0], identity)]
        if in_force != (names, change):
            _publish(files, names, identity, change)
    except OSError as error:
        fact = error.strerror or error
        raise LibraryError(
            f"{files.folder}: the vectors cannot be written ({fact}); make room on the disk, then "
            "run the same command again: what was encoded is kept"
        ) from error
    return VectorIndex(segments, live, identity.dimension)


def current_index(library: Library, encoder: Encoder) -> VectorIndex | None:
    """The index when the vector files match the library as it is now, else None."""
    files = VectorFiles(library.folder)
    change = library.change
    if files.change() != change:
        return None
    build = _load(files, encoder)
    if build.change != change:  # damaged, or replaced meanwhile
        return None
    return VectorIndex(build.segments, library.passage_ids(), encoder.identity.dimension)


def embedded_text(document: Document, passage: StoredPassage, case_title: str) -> tuple[str, int]:
    """What is embedded of a passage, and how many characters stand before its own text.

    Case title, section path and crime types make passages of like wording but different cases
    distinct; they are never quoted.
    """
    types = [f.value for f in document.items(FieldName.CRIME_TYPES)]
    head = ". ".join(
        part for part in (case_title, " > ".join(passage.section), "; ".join(types)) if part
    )
    body = document.text[passage.start : passage.end]
    return f"{head}\n{body}", len(head) + 1


def _encoded(
    library: Library,
    encoder: Encoder,
    ids: Sequence[int],
    done: int,
    total: int,
    progress: Progress | None,
) -> Segment:
    titles = {case.id: case.title for case in library.cases()}
    dimension = encoder.identity.dimension
    vectors: list[Matrix] = [np.zeros((0, dimension), np.float32)]
    found, sentence_rows = [], []
    for batch in _parts(ids, BATCH):
        texts, spans = [], []
        for passage in library.passages(batch):
            try:
                document = library.document(passage.document)
            except NotInLibrary:  # removed meanwhile, as passages that are not found
                continue
            title = titles.get(document.case or "", document.title)
            text, shift = embedded_text(document, passage, title)
            found.append(passage.id)
            texts.append(text)
            spans.append(
                [
                    (a - passage.start + shift, b - passage.start + shift)
                    for a, b in passage.sentences
                ]
            )
        rows, of_sentences = encoder.encode_spans(texts, spans)
        vectors.append(rows)
        sentence_rows += of_sentences
        done += len(batch)
        if progress:
            progress(done, total)
    return segment_of(found, np.concatenate(vectors), sentence_rows, dimension)


def _publish(
    files: VectorFiles, names: Sequence[str], identity: EncoderIdentity, change: int
) -> tuple[list[str], int]:
    """Publishes and says what; when another process was faster, its build stays in force."""
    try:
        files.publish(names, identity, change)
    except LibraryDamaged as error:
        log.warning("%s", error)
    return list(names), change


def _parts(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), size):
        yield ids[first : first + size]


def _load(files: VectorFiles, encoder: Encoder) -> Build:
    try:
        return files.load(encoder.identity)
    except LibraryDamaged as error:
        if files.change() is not None:
            log.warning("%s", error)
        return Build((), (), -1)
