"""The library: everything stored in one folder. SQLite is its only source of truth."""

from casequote.corpus.library.library import Library
from casequote.corpus.library.rows import Provenance, StoredPassage
from casequote.corpus.library.summaries import CaseSummary, DocumentSummary, StatedField

__all__ = [
    "CaseSummary",
    "DocumentSummary",
    "Library",
    "Provenance",
    "StatedField",
    "StoredPassage",
]
