"""Library + index → the descriptions of all its cases, with the vectors of their texts.

No text is encoded: the vector of a part is the mean of the vectors that its sentences have in the
index. Documents that did not change since the last time are not read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casequote.corpus.document import Span
from casequote.corpus.library import CaseSummary, Library, StoredPassage
from casequote.embeddings.encoder import Matrix
from casequote.embeddings.likeness.description import (
    FACTS_TEXT,
    METHOD_TEXT,
    Description,
    Features,
    describe,
    features_of,
)
from casequote.embeddings.vector_index import VectorIndex

VECTOR_PARTS = (METHOD_TEXT, FACTS_TEXT)
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Described:
    """Every case of a library at one change, and every article that belongs to none."""

    change: int
    descriptions: tuple[Description, ...]
    vectors: Mapping[str, Matrix]
    """Text part → (n, d) mean sentence vectors, not centred; zero rows where there is no text."""


class Describer:
    """Describes the cases of one library, and remembers what it read of each document."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._features: dict[str, tuple[str, Features]] = {}

    def describe(self, index: VectorIndex) -> Described:
        """The cases as the library is now; `index` must belong to the same change."""
        library = self._library
        change = library.change
        hashes = {i: p.content_hash for i, p in library.provenance().items()}
        self._features = {i: kept for i, kept in self._features.items() if hashes.get(i) == kept[0]}
        descriptions = tuple(self._descriptions(hashes))
        return Described(change, descriptions, self._vectors(descriptions, index))

    def features(self, document_id: str, content_hash: str) -> Features:
        """What a document says, read once for each content."""
        kept = self._features.get(document_id)
        if kept is None or kept[0] != content_hash:
            kept = (content_hash, features_of(self._library.document(document_id)))
            self._features[document_id] = kept
        return kept[1]

    def _descriptions(self, hashes: Mapping[str, str]) -> Iterator[Description]:
        for case in self._library.cases():
            yield self._described(case.id, case.title, True, describing(case), hashes)
        for summary in self._library.documents():
            if summary.case is None:
                yield self._described(summary.id, summary.title, False, [summary.id], hashes)

    def _described(
        self,
        id: str,  # noqa: A002
        title: str,
        is_case: bool,
        documents: Sequence[str],
        hashes: Mapping[str, str],
    ) -> Description:
        parts = {i: self.features(i, hashes[i]) for i in documents}
        return describe(id, title, is_case, parts)

    def _vectors(
        self, descriptions: Sequence[Description], index: VectorIndex
    ) -> dict[str, Matrix]:
        sums: dict[str, Matrix] = {}
        parts: dict[str, list[tuple[int, str, Span]]] = {}
        for row, description in enumerate(descriptions):
            for part in VECTOR_PARTS:
                for document_id, span in description.spans.get(part, ()):
                    parts.setdefault(document_id, []).append((row, part, span))
        for passage in self._passages():
            for row, part, span in parts.get(passage.document, ()):
                inside = [span.start <= s.start < span.end for s in passage.sentences]
                if any(inside):
                    vectors = index.sentence_vectors(passage.id)
                    total = vectors[np.array(inside[: len(vectors)], bool)].sum(axis=0)
                    if part not in sums:
                        sums[part] = np.zeros((len(descriptions), len(total)), np.float32)
                    sums[part][row] += total
        return {part: unit_rows(rows) for part, rows in sums.items()}

    def _passages(self) -> Iterator[StoredPassage]:
        ids = self._library.passage_ids()
        for first in range(0, len(ids), _BATCH):
            yield from self._library.passages(ids[first : first + _BATCH])


def describing(case: CaseSummary) -> tuple[str, ...]:
    """The documents that a case is described by: its records, or without one its articles."""
    return case.records or case.articles


def unit_rows(rows: Matrix) -> Matrix:
    """Rows (n, d) of unit length; a zero row stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    found: Matrix = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return found
