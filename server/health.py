"""`casequote doctor`: library, vectors and encoder → what is sound, what is wrong, the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casequote.corpus.errors import CaseQuoteError, LibraryDamaged
from casequote.corpus.library import Library
from casequote.embeddings.encoder import Encoder
from casequote.embeddings.vector_files import VectorFiles
from casequote.server.composition import make_encoder
from casequote.server.settings import Settings


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """One thing that was examined."""

    sound: bool
    text: str


def examine(settings: Settings, folder: Path) -> list[HealthFinding]:
    """Everything that was examined, in order; later checks are left out when earlier ones fail."""
    return list(_examined(settings, folder))


def _examined(settings: Settings, folder: Path) -> Iterator[HealthFinding]:
    try:
        library = Library.open(folder)
    except CaseQuoteError as error:
        yield HealthFinding(False, str(error))
        return
    yield HealthFinding(
        True,
        f"library {folder}: {len(library.cases())} cases, {len(library.documents())} documents, "
        f"{library.passage_count()} passages",
    )
    for fault in library.faults():
        yield HealthFinding(False, fault)
    try:
        encoder = make_encoder(settings)
    except CaseQuoteError as error:
        yield HealthFinding(False, str(error))
        return
    identity = encoder.identity
    yield HealthFinding(
        True, f"encoder {identity.name}, {identity.engine}, d = {identity.dimension}"
    )
    yield _vectors(library, encoder)


def _vectors(library: Library, encoder: Encoder) -> HealthFinding:
    files = VectorFiles(library.folder)
    if not files.folder.is_dir():
        return HealthFinding(True, "vectors: none yet; the first command that asks makes them")
    try:
        build = files.load(encoder.identity)
    except LibraryDamaged as error:
        return HealthFinding(False, f"{error}; any command that asks makes them")
    have = {int(i) for segment in build.segments for i in segment.ids}
    missing = len(set(library.passage_ids()) - have)
    if missing:
        return HealthFinding(
            False, f"vectors: {missing} passages have none; any command that asks makes them"
        )
    return HealthFinding(True, f"vectors: {len(have)} passages, checksums hold")
