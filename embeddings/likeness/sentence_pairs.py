"""Two described cases → the two sentences that tell most alike what was done or what happened.

Sentences are compared part by part, by their vectors in the index and by the rare words that they
share; nothing is encoded here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from casequote.corpus.document import Document, Span
from casequote.corpus.library import Library
from casequote.embeddings.encoder import Matrix
from casequote.embeddings.likeness.collection import VECTOR_PARTS, unit_rows
from casequote.embeddings.likeness.description import Description
from casequote.embeddings.terms import content_stems
from casequote.embeddings.vector_index import VectorIndex

_NEAREST = 30
"""Pairs nearest by their vectors whose words are compared."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The n sentences of one part of a case."""

    places: tuple[tuple[str, Span], ...]
    texts: tuple[str, ...]
    vectors: Matrix
    """(n, d) unit rows."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences and how alike they are, from 0 to 1."""

    here: tuple[str, Span]
    there: tuple[str, Span]
    likeness: float


def sentences_of(
    description: Description, library: Library, index: VectorIndex
) -> dict[str, Sentences]:
    """Text part → its sentences that have a vector in the index."""
    places: dict[str, list[tuple[str, Span]]] = {}
    vectors: dict[str, list[Matrix]] = {}
    ids = library.passage_ids(documents=description.documents)
    for passage in library.passages(ids):
        parts = [
            part
            for part in VECTOR_PARTS
            for document_id, span in description.spans.get(part, ())
            if (document_id == passage.document and span.start <= passage.start < span.end)
            or (document_id == passage.document and passage.start <= span.start < passage.end)
        ]
        if not parts:
            continue
        rows = index.sentence_vectors(passage.id)
        for part in dict.fromkeys(parts):
            found = [(passage.document, sentence) for sentence in passage.sentences[: len(rows)]]
            places.setdefault(part, []).extend(found)
            vectors.setdefault(part, []).append(rows)
    return {
        part: as_sentences(found, np.concatenate(vectors[part]), library.document)
        for part, found in places.items()
    }


def as_sentences(
    places: Sequence[tuple[str, Span]], vectors: Matrix, document: Callable[[str], Document]
) -> Sentences:
    """Sentences at places, with vectors (n, d) of any length."""
    texts = tuple(document(i).text[span.start : span.end] for i, span in places)
    return Sentences(tuple(places), texts, unit_rows(vectors))


def most_alike(
    here: dict[str, Sentences],
    there: dict[str, Sentences],
    rarity: Callable[[str], float],
    usable: Callable[[tuple[str, Span]], bool],
) -> Pair | None:
    """The pair of sentences of the same part that are most alike; None where there is none.

    Likeness is the mean of the cosine of the vectors and that of the rare words.
    """
    best: Pair | None = None
    for part in VECTOR_PARTS:
        if part not in here or part not in there:
            continue
        mine, other = here[part], there[part]
        cosines = mine.vectors @ other.vectors.T
        nearest = np.argsort(-cosines, axis=None, kind="stable")[:_NEAREST]
        for row, column in zip(*np.unravel_index(nearest, cosines.shape), strict=True):
            words = _stems(mine.texts[row]), _stems(other.texts[column])
            shared = _overlap(*words, rarity)
            likeness = (max(0.0, float(cosines[row, column])) + shared) / 2
            if best is None or likeness > best.likeness:
                places = mine.places[row], other.places[column]
                if usable(places[0]) and usable(places[1]):
                    best = Pair(*places, likeness)
    return best


@lru_cache(maxsize=8_192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def _overlap(one: frozenset[str], other: frozenset[str], rarity: Callable[[str], float]) -> float:
    """Cosine of two sets of stems weighted by rarity."""
    shared = sum(rarity(stem) ** 2 for stem in one & other)
    lengths = math.sqrt(sum(rarity(s) ** 2 for s in one) * sum(rarity(s) ** 2 for s in other))
    return shared / lengths if lengths else 0.0
