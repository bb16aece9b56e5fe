"""Query → passages by words: BM25 of SQLite FTS5 (Robertson et al. 1994), in the library file."""

from __future__ import annotations

from collections.abc import Sequence

from casequote.corpus.library import Library
from casequote.embeddings.terms import stop_words, words

MOST_WORDS = 64


def expression(query: str) -> str | None:
    """An FTS5 expression that matches any content word, or None for a query without one."""
    common = stop_words()
    wanted = list(dict.fromkeys(word for word in words(query) if word not in common))
    return " OR ".join(f'"{word}"' for word in wanted[:MOST_WORDS]) or None


def search(
    library: Library, query: str, k: int, within: Sequence[int] | None = None
) -> list[tuple[int, float]]:
    """(passage id, BM25) of the k best passages, of all or of those `within`."""
    wanted = expression(query)
    return library.match_terms(wanted, k, within) if wanted else []
