"""The library: everything stored in one folder. SQLite is its only source of truth."""

from casequote.corpus.library.library import CaseSummary, DocumentSummary, Library, StatedField
from casequote.corpus.library.rows import Provenance, StoredPassage

__all__ = [
    "CaseSummary",
    "DocumentSummary",
    "Library",
    "Provenance",
    "StatedField",
    "StoredPassage",
]
