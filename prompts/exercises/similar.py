"""Similar cases for scenarios: the protocol, and a likeness by shared fields and words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from casequote.corpus.document import FieldName
from casequote.embeddings.terms import content_stems
from casequote.prompts.exercises.collection import CaseFile, Collection

_WEIGHTS = {FieldName.CRIME_TYPES: 1.0, FieldName.KEYWORDS: 1.5, FieldName.PLATFORMS: 0.5}
_NARRATIVE = 2.0


class SimilarCases(Protocol):
    """Finds the cases that come closest to a case."""

    def similar(self, case_id: str, k: int) -> Sequence[tuple[str, float]]:
        """At most k (case id, score), best first, without the case itself."""
        ...


class FieldLikeness:
    """Likeness by shared offences, keywords, services and rare words of the fact summary.

    Cosine of idf-weighted stems for the narrative, Jaccard for fields; ties are broken by id.
    """

    def __init__(self, collection: Collection) -> None:
        self._collection = collection

    @cached_property
    def _narratives(self) -> dict[str, dict[str, float]]:
        stems = {i: set(content_stems(_narrative(c))) for i, c in self._collection.cases.items()}
        frequency = Counter(stem for found in stems.values() for stem in found)
        rows = {}
        for case_id, found in stems.items():
            row = {s: math.log((1 + len(stems)) / (1 + frequency[s])) for s in sorted(found)}
            norm = math.sqrt(sum(w * w for w in row.values())) or 1.0
            rows[case_id] = {s: w / norm for s, w in row.items()}
        return rows

    def similar(self, case_id: str, k: int) -> Sequence[tuple[str, float]]:
        """At most k (case id, score), best first."""
        case = self._collection.case(case_id)
        scored = [(o.id, self._score(case, o)) for o in self._collection.others(case)]
        scored.sort(key=lambda pair: (-pair[1], pair[0]))
        return scored[:k]

    def _score(self, one: CaseFile, other: CaseFile) -> float:
        score = sum(w * _jaccard(one, other, name) for name, w in _WEIGHTS.items())
        a, b = self._narratives[one.id], self._narratives[other.id]
        return score + _NARRATIVE * sum(w * b[s] for s, w in a.items() if s in b)


def _narrative(case: CaseFile) -> str:
    found = case.facts()
    return found[0].text[found[1] : found[2]] if found else case.title


def _jaccard(one: CaseFile, other: CaseFile, name: FieldName) -> float:
    a = {item.field.value for item in one.items(name)}
    b = {item.field.value for item in other.items(name)}
    return len(a & b) / len(a | b) if a | b else 0.0
