"""Interpretation → candidates: every sentence and list item that could be evidence.

With cases named, all of their documents are read; without, the passages found over the whole
library and the documents of the cases they point to. Nothing is scored here but likeness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from casequote.corpus.document import Document, Field, FieldName, Span
from casequote.corpus.library import Library, StoredPassage
from casequote.embeddings.retriever import RankedPassage, Retriever
from casequote.embeddings.terms import stems
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.interpretation import Interpretation

Vector = NDArray[np.float32]

PASSAGES = 40
"""Passages taken from a search over the whole library."""
PRESUMED_CASES = 3
"""Cases whose documents are read in full when the question names none."""
MOST_WITHIN = 600
"""Passages of named cases that are read in full; beyond, the best are taken."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence or list item that may answer, with what tells whether it does."""

    document: Document
    start: int
    end: int
    section: tuple[str, ...]
    field: Field | None
    cosine: float
    """Likeness of the sentence to the query."""
    passage_cosine: float
    prior: float
    """How much the question is about its case, 0 to 1."""
    stems: frozenset[str]
    context: frozenset[str]
    """Stems of its section, of its case and of the sentences beside it."""

    @property
    def text(self) -> str:
        """The characters that would be quoted."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Candidates, the passages nearest to the query, and the cases the question is about."""

    candidates: tuple[Candidate, ...]
    nearest: tuple[RankedPassage, ...]
    cases: dict[str, float]
    """Case → how much the question is about it; 1 for a named case."""


class Gatherer:
    """Collects evidence from one library."""

    def __init__(self, library: Library, retriever: Retriever, catalogue: Catalogue) -> None:
        self._library = library
        self._retriever = retriever
        self._catalogue = catalogue

    def gather(self, asked: Interpretation, within: Sequence[str] | None = None) -> Evidence:
        """Evidence for a question; `within` restricts it to some cases."""
        query = asked.query
        vector = self._retriever.encode(query)
        scope = asked.cases or within
        if scope is None:
            nearest = self._retriever.retrieve(query, PASSAGES, vector=vector)
            cases = self._presumed(asked, nearest)
            chosen = sorted(cases, key=lambda case: (-cases[case], case))[:PRESUMED_CASES]
            ids = [r.passage.id for r in nearest]
            ids += [i for i in self._library.passage_ids(cases=chosen) if i not in set(ids)]
        else:
            cases = dict.fromkeys(scope, 1.0)
            ids = self._library.passage_ids(cases=scope)
            nearest = self._retriever.retrieve(query, PASSAGES, vector=vector, within=ids)
            if len(ids) > MOST_WITHIN:
                ids = [r.passage.id for r in nearest]
        passages = self._library.passages(ids)
        candidates = tuple(
            candidate
            for passage in passages
            for candidate in self._candidates(passage, vector, cases)
        )
        return Evidence(candidates, tuple(nearest), cases)

    def _presumed(
        self, asked: Interpretation, nearest: Sequence[RankedPassage]
    ) -> dict[str, float]:
        """Cases a question without a name is about: by what describes them and by retrieval."""
        found: dict[str, float] = defaultdict(float)
        for ranked in nearest:
            case = self._library.document(ranked.passage.document).case
            if case:
                found[case] += ranked.score
        best = max(found.values(), default=1.0)
        total = sum(self._catalogue.rarity(stem) for stem in asked.content) or 1.0
        scores = {}
        for case, score in found.items():
            about = self._catalogue.cases[case].about
            described = sum(self._catalogue.rarity(s) for s in asked.content if s in about) / total
            scores[case] = 0.5 * score / best + 0.5 * described
        top = max(scores.values(), default=1.0)
        return {case: score / top for case, score in scores.items()}

    def _candidates(
        self, passage: StoredPassage, vector: Vector, cases: dict[str, float]
    ) -> Iterator[Candidate]:
        document = self._library.document(passage.document)
        cosines = self._retriever.sentence_vectors(passage) @ vector
        return candidates_of(
            document,
            passage.section,
            passage.sentences,
            cosines,
            prior=cases.get(document.case or "", 0.0),
        )


def candidates_of(
    document: Document,
    section: tuple[str, ...],
    spans: Sequence[Span],
    cosines: NDArray[np.float32],
    prior: float,
) -> Iterator[Candidate]:
    """The sentences of one passage as candidates; `cosines` (m,) are those of its m spans."""
    own = [sentence_stems(document.text[s.start : s.end]) for s in spans]
    about = sentence_stems(" ".join(section))
    mean = float(np.mean(cosines)) if len(cosines) else 0.0
    for place, span in enumerate(spans):
        beside = own[max(0, place - 1) : place] + own[place + 1 : place + 2]
        field = _field_at(document, span.start, span.end)
        attributes = sentence_stems(" ".join(field.attributes.values())) if field else frozenset()
        start, end = (field.start, field.end) if field else span
        yield Candidate(
            document=document,
            start=start,
            end=end,
            section=section,
            field=field,
            cosine=float(cosines[place]) if place < len(cosines) else 0.0,
            passage_cosine=mean,
            prior=prior,
            stems=own[place],
            context=about.union(attributes, *(beside if field is None else ())),
        )


@lru_cache(maxsize=200_000)
def sentence_stems(text: str) -> frozenset[str]:
    """The stems of a text, as a set."""
    return frozenset(stems(text))


def _field_at(document: Document, start: int, end: int) -> Field | None:
    """The field that a sentence states, or None for prose."""
    for field in document.fields:
        inside = min(end, field.end) - max(start, field.start)
        if inside > 0 and field.name not in _PROSE and 2 * inside >= field.end - field.start:
            return field
    return None


_PROSE = frozenset({FieldName.OUTCOME})
