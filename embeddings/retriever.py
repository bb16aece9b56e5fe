"""Query → ranked passages: dense and lexical search over the same passages, fused by rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casequote.corpus.library import Library, StoredPassage
from casequote.embeddings import lexical
from casequote.embeddings.encoder import Encoder, Matrix
from casequote.embeddings.fusion import reciprocal_rank_fusion
from casequote.embeddings.vector_index import VectorIndex

DEPTH = 100
"""How deep each ranking goes before they are fused."""


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with its place, its fused score and its cosine to the query."""

    passage: StoredPassage
    rank: int
    score: float
    cosine: float


class Retriever:
    """Searches one library through one index."""

    def __init__(self, library: Library, index: VectorIndex, encoder: Encoder) -> None:
        self._library = library
        self._index = index
        self._encoder = encoder

    def encode(self, query: str) -> NDArray[np.float32]:
        """The vector (d,) of a query."""
        return self._encoder.encode_query(query)

    def retrieve(
        self,
        query: str,
        k: int,
        *,
        vector: NDArray[np.float32] | None = None,
        within: Sequence[int] | None = None,
    ) -> list[RankedPassage]:
        """The k best passages of all, or of the passage ids `within`."""
        wanted = self.encode(query) if vector is None else vector
        depth = max(DEPTH, k)
        if within is None:
            dense = self._index.search(wanted, depth)
        else:
            dense = self._index.search_within(wanted, depth, within)
        by_words = lexical.search(self._library, query, depth, within)
        fused = reciprocal_rank_fusion([[i for i, _ in dense], [i for i, _ in by_words]])[:k]
        cosines = dict(dense)
        scores = dict(fused)
        found = self._library.passages([i for i, _ in fused])
        return [
            RankedPassage(p, rank, scores[p.id], cosines.get(p.id, 0.0))
            for rank, p in enumerate(found, start=1)
        ]

    def sentence_vectors(self, passage: StoredPassage) -> Matrix:
        """Vectors (m, d) of the sentences of a passage."""
        return self._index.sentence_vectors(passage.id)
