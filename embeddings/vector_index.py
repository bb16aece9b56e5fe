"""Segments in memory → exact nearest passages, and the sentence vectors of a passage."""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np
from numpy.typing import NDArray

from casequote.embeddings.encoder import Matrix
from casequote.embeddings.vector_files import Segment, merged

Hits = list[tuple[int, float]]
"""(passage id, cosine), best first; ties by id."""


class VectorIndex:
    """Exact search by cosine over the passages that are in the library."""

    def __init__(self, segments: Sequence[Segment], live: Sequence[int], dimension: int) -> None:
        self._data = _one(segments, live, dimension)
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        if len(self._data):
            self._index.add_with_ids(self._data.vectors, self._data.ids)

    def __len__(self) -> int:
        return len(self._data)

    def search(self, query: NDArray[np.float32], k: int) -> Hits:
        """The k passages nearest to a query vector (d,)."""
        if not len(self):
            return []
        scores, ids = self._index.search(query[None, :], min(k, len(self)))
        hits = [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))

    def search_within(self, query: NDArray[np.float32], k: int, within: Sequence[int]) -> Hits:
        """The k nearest of the passages `within`, scored one by one."""
        rows = self._rows(within)
        scores = self._data.vectors[rows] @ query
        order = np.lexsort((self._data.ids[rows], -scores))[:k]
        return [(int(self._data.ids[rows[i]]), float(scores[i])) for i in order]

    def sentence_vectors(self, passage: int) -> Matrix:
        """Vectors (m, d) of the m sentences of a passage; no rows for an unknown passage."""
        rows = self._rows([passage])
        if not len(rows):
            return np.zeros((0, self._data.vectors.shape[1]), dtype=np.float32)
        first, last = self._data.bounds[rows[0] : rows[0] + 2]
        return self._data.sentence_vectors[first:last].astype(np.float32)

    def _rows(self, ids: Sequence[int]) -> NDArray[np.int64]:
        """Row numbers of those ids that are in the index, in the order asked for."""
        wanted = np.asarray(ids, dtype=np.int64)
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        places = np.searchsorted(self._data.ids, wanted).clip(max=len(self) - 1)
        rows: NDArray[np.int64] = places[self._data.ids[places] == wanted]
        return rows


def _one(segments: Sequence[Segment], live: Sequence[int], dimension: int) -> Segment:
    """The only segment itself when nothing was removed from it, else one merged copy."""
    if len(segments) == 1 and np.array_equal(segments[0].ids, np.asarray(live, dtype=np.int64)):
        return segments[0]
    return merged(segments, live, dimension)
