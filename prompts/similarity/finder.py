"""A case or a narrative → the cases that are like it, ranked, each with reasons and differences."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from casequote.corpus.document import Document
from casequote.corpus.errors import InvalidRequest
from casequote.corpus.library import Library
from casequote.corpus.passages import passages
from casequote.embeddings.encoder import Encoder
from casequote.embeddings.likeness.collection import VECTOR_PARTS, Describer
from casequote.embeddings.likeness.description import Description, describe, features_of
from casequote.embeddings.likeness.scoring import Likeness, Scores
from casequote.embeddings.likeness.sentence_pairs import Sentences, as_sentences, sentences_of
from casequote.embeddings.likeness.views import views
from casequote.embeddings.vector_index import VectorIndex
from casequote.prompts.similarity.constraints import allowed
from casequote.prompts.similarity.explaining import Explainer
from casequote.prompts.similarity.narrative import recognised
from casequote.prompts.similarity.repeats import repeated_texts
from casequote.prompts.similarity.results import Constraints, Recognised, Similar

MOST_RESULTS = 100
REPORTS = "reports"
"""The preset for reports among reports, where nobody chose weights."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many cases are wanted, and by what they are to be found."""

    k: int = 5
    weights: Mapping[str, float] = field(default_factory=dict)
    preset: str | None = None
    constraints: Constraints = field(default_factory=Constraints)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What similar cases are looked for by."""

    description: Description
    vectors: Mapping[str, NDArray[np.float32]]
    sentences: dict[str, Sentences]
    document: Document | None
    """The narrative; None for a case of the library."""


class SimilarCases:
    """Finds similar cases in one library. Safe to use from several threads."""

    def __init__(
        self, library: Library, encoder: Encoder, index: Callable[[], VectorIndex]
    ) -> None:
        self._library = library
        self._encoder = encoder
        self._index = index
        self._describer = Describer(library)
        self._lock = threading.Lock()
        self._likeness: tuple[VectorIndex, Likeness] | None = None

    def like(self, case_id: str, wanted: Wanted) -> Similar:
        """Cases like a case, or like an article that belongs to none.

        The id of an article of a case stands for the case. Raises NotInLibrary with near ids, and
        InvalidRequest for weights or constraints that cannot be used.
        """
        with self._library.reading():
            index, likeness = self._current()
            row = likeness.rows.get(case_id)
            if row is None:
                row = likeness.rows[self._case_of(case_id)]
            description = likeness.descriptions[row]
            asked = _Asked(
                description,
                likeness.vectors_of(row),
                sentences_of(description, self._library, index),
                None,
            )
            return self._found(asked, wanted, index, likeness, ())

    def like_document(self, document: Document, wanted: Wanted) -> Similar:
        """Cases like a document that is not in the library: a narrative, or a record of a file."""
        with self._library.reading():
            index, likeness = self._current()
            description = describe(
                document.id, document.title, False, {document.id: features_of(document)}
            )
            vectors, found = self._encoded(document, description)
            asked = _Asked(description, vectors, found, document)
            return self._found(asked, wanted, index, likeness, recognised(document))

    def ranking(self, case_id: str, weights: Mapping[str, float]) -> list[str]:
        """Ids of all other cases, the most alike first, without reasons; for measuring."""
        with self._library.reading():
            _, likeness = self._current()
            row = likeness.rows[case_id]
            asked = likeness.descriptions[row]
            scores = likeness.score(asked, likeness.vectors_of(row))
            return [d.id for d in _ranked(likeness, scores, weights) if d.id != case_id]

    def prepare(self) -> None:
        """Describes the cases, so that the first search need not."""
        with self._library.reading():
            self._current()

    def _case_of(self, document_id: str) -> str:
        """The case of a document. Raises NotInLibrary for what is neither case nor document."""
        for summary in self._library.documents():
            if summary.id == document_id and summary.case is not None:
                return summary.case
        return self._library.case(document_id).id

    def _current(self) -> tuple[VectorIndex, Likeness]:
        with self._lock:
            index = self._index()
            kept = self._likeness
            if kept is None or kept[0] is not index or kept[1].change != self._library.change:
                kept = (index, Likeness(self._describer.describe(index)))
                self._likeness = kept
            return kept

    def _encoded(
        self, document: Document, description: Description
    ) -> tuple[dict[str, NDArray[np.float32]], dict[str, Sentences]]:
        """Mean vectors and sentences of a text, by part."""
        cut = passages(document)
        texts = [document.text[p.start : p.end] for p in cut]
        spans = [[(s.start - p.start, s.end - p.start) for s in p.sentences] for p in cut]
        _, rows = self._encoder.encode_spans(texts, spans)
        means: dict[str, NDArray[np.float32]] = {}
        found: dict[str, Sentences] = {}
        for part in VECTOR_PARTS:
            inside = [span for _, span in description.spans.get(part, ())]
            kept = [
                ((document.id, sentence), vector)
                for passage, vectors in zip(cut, rows, strict=True)
                for sentence, vector in zip(passage.sentences, vectors, strict=True)
                if any(span.start <= sentence.start < span.end for span in inside)
            ]
            if kept:
                matrix = np.stack([vector for _, vector in kept])
                mean = matrix.mean(axis=0)
                means[part] = mean / (float(np.linalg.norm(mean)) or 1.0)
                found[part] = as_sentences([p for p, _ in kept], matrix, lambda _: document)
        return means, found

    def _found(
        self,
        asked: _Asked,
        wanted: Wanted,
        index: VectorIndex,
        likeness: Likeness,
        names: tuple[Recognised, ...],
    ) -> Similar:
        if not 1 <= wanted.k <= MOST_RESULTS:
            raise InvalidRequest(f"k: is {wanted.k}; write a number from 1 to {MOST_RESULTS}")
        preset = wanted.preset
        if (
            preset is None
            and not wanted.weights
            and not (asked.description.has_record or likeness.has_records)
        ):
            preset = REPORTS
        weights = views().weights(wanted.weights, preset)
        within = allowed(self._library, wanted.constraints, asked.description)

        def document(document_id: str) -> Document:
            if asked.document and document_id == asked.document.id:
                return asked.document
            return self._library.document(document_id)

        scores = likeness.score(asked.description, asked.vectors)
        ranked = [
            other
            for other in _ranked(likeness, scores, weights)
            if other.id != asked.description.id and (within is None or other.id in within)
        ]
        compared = len(ranked)
        mine = [document(i) for i in asked.description.documents]
        ranked = ranked[: wanted.k]
        repeats = repeated_texts(ranked, mine, self._library)
        explainer = Explainer(
            library=self._library,
            index=index,
            likeness=likeness,
            weights=weights,
            asked=asked.description,
            sentences=asked.sentences,
            document=document,
        )
        return Similar(
            asked=None if asked.document else asked.description.id,
            title=asked.description.title,
            weights=weights,
            preset=preset,
            constraints=wanted.constraints,
            compared=compared,
            results=tuple(
                explainer.result(rank, other, scores, repeats.get(other.id))
                for rank, other in enumerate(ranked, start=1)
            ),
            recognised=names,
        )


def _ranked(
    likeness: Likeness, scores: Mapping[str, Scores], weights: Mapping[str, float]
) -> list[Description]:
    """All described cases, the most alike first; ties by id."""
    total = likeness.blend(scores, weights)
    rows = sorted(
        range(len(total)), key=lambda row: (-float(total[row]), likeness.descriptions[row].id)
    )
    return [likeness.descriptions[row] for row in rows]
