"""The one place where parts are put together: settings → encoder, library, assistant."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from casequote.corpus.errors import LibraryError
from casequote.corpus.ingest import IngestReport, ingest
from casequote.corpus.library import Library
from casequote.embeddings.encoder import Encoder
from casequote.embeddings.export import ENGINE, exported_file, exported_model
from casequote.embeddings.fast_engine import FastEncoder
from casequote.embeddings.model_folder import find_model
from casequote.embeddings.reference_engine import ReferenceEncoder
from casequote.embeddings.synchronise import synchronise
from casequote.embeddings.vector_index import VectorIndex
from casequote.server.assistant import Assistant
from casequote.server.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, the number done and the number to do."""


def make_encoder(settings: Settings, progress: Progress | None = None) -> Encoder:
    """The configured encoder; the fast engine's model is exported on first use."""
    folder = find_model(settings.model)
    if settings.engine == "reference":
        return ReferenceEncoder(folder)
    first = not exported_file(folder, settings.cache).is_file()
    if first and progress:
        progress("Preparing the encoder (once)", 0, 1)
    model = exported_model(folder, settings.cache)
    if first and progress:
        progress("Preparing the encoder (once)", 1, 1)
    return FastEncoder(folder, model, ENGINE, settings.threads)


def bundled_corpus() -> Path:
    """The folder of the bundled records and articles."""
    return Path(str(files("casequote.corpus").joinpath("data")))


def read_into(
    library: Library, paths: Sequence[Path], progress: Progress | None = None
) -> IngestReport:
    """Reads files into the library; nothing is encoded."""
    return ingest(library, paths, _step(progress, "Reading"))


def index_of(library: Library, encoder: Encoder, progress: Progress | None = None) -> VectorIndex:
    """The index over a library, made up to date."""
    return synchronise(library, encoder, _step(progress, "Encoding"))


def open_library(folder: Path, *, bundled: bool, progress: Progress | None = None) -> Library:
    """The library of a folder; with `bundled`, made from the bundled corpus if there is none.

    Raises LibraryMissing without `bundled`.
    """
    if bundled and not Library.exists(folder):
        _make_bundled(folder, progress)
    return Library.open(folder)


def _make_bundled(folder: Path, progress: Progress | None) -> None:
    """Builds beside the folder and renames, so that a kill never leaves half a collection."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        library = Library.create(work)
        corpus = bundled_corpus()
        read_into(library, [corpus / "records", corpus / "articles"], progress)
        library.close()
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        work.rename(folder)
    except OSError as error:
        if not Library.exists(folder):  # else another process was first
            raise LibraryError(
                f"{folder}: the library cannot be made there ({error.strerror}); remove what the "
                "folder holds, or give another one by --library or CASEQUOTE_LIBRARY"
            ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def make_assistant(
    settings: Settings, folder: Path, *, bundled: bool, progress: Progress | None = None
) -> Assistant:
    """An assistant over the library of a folder."""
    encoder = make_encoder(settings, progress)
    library = open_library(folder, bundled=bundled, progress=progress)
    return Assistant(library, encoder, index_of(library, encoder, progress))


def _step(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(name, done, total)
