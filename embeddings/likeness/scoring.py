"""A description → how alike every case of the library is to it: by view, and in all.

Each view gives a number from 0 to 1. The score is their mean, weighted by the weights in force and
divided by how far cases lie apart in the view, so that no view counts for more than its weight
only because its numbers are larger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casequote.embeddings.encoder import Matrix
from casequote.embeddings.likeness.collection import Described, unit_rows
from casequote.embeddings.likeness.description import (
    FACTS_TEXT,
    KEYWORD_TEXT,
    METHOD_TEXT,
    NAMES,
    Description,
    Element,
)
from casequote.embeddings.likeness.sparse_rows import SparseRows
from casequote.embeddings.likeness.views import views

Scores = NDArray[np.float32]
"""(n,) numbers from 0 to 1, one for each described case."""

_TEXTS = (METHOD_TEXT, FACTS_TEXT, KEYWORD_TEXT)
_TEXT_SPREADS = {"words": 0.05, "vectors": 0.12}
"""Stand in for measured spreads of the parts of a narrative in a small library."""
_FEW_CASES = 30
_SAMPLE = 64


@dataclass(frozen=True, slots=True)
class Shared:
    """Elements with one key on both sides, and how much of the score they make."""

    view: str
    key: str
    label: str
    here: tuple[Element, ...]
    there: tuple[Element, ...]
    share: float
    """Part of the score, in points of it."""
    commonness: float
    """Share of the cases of the library that have it."""


class Likeness:
    """Scores over the described cases of one library."""

    def __init__(self, described: Described) -> None:
        self.change = described.change
        self.descriptions = described.descriptions
        self.rows = {d.id: row for row, d in enumerate(described.descriptions)}
        recorded = sum(d.has_record for d in described.descriptions)
        self.has_records = 2 * recorded >= len(described.descriptions)
        """Whether at least half of the cases have a record."""
        self._views = {view.name: view for view in views().views}
        self._sets = {
            name: SparseRows([_keys(d, name) for d in self.descriptions])
            for name, view in self._views.items()
            if not (view.texts or view.names)
        }
        self._words = {
            part: SparseRows([d.words.get(part, {}) for d in self.descriptions], texts=True)
            for part in _TEXTS
        }
        self._names = SparseRows(
            [dict.fromkeys(d.words.get(NAMES, {}), 1) for d in self.descriptions]
        )
        self._means = {part: rows.mean(axis=0) for part, rows in described.vectors.items()}
        self._raw = described.vectors
        self._vectors = {
            part: unit_rows(_centred(rows, self._means[part]))
            for part, rows in described.vectors.items()
        }
        self._text_spreads: dict[str, float] = {}
        self._spreads = {name: view.spread for name, view in self._views.items()}
        if len(self.descriptions) >= _FEW_CASES:
            self._measure_spreads()

    def vectors_of(self, row: int) -> dict[str, NDArray[np.float32]]:
        """Text part → mean vector (d,) of a described case."""
        return {part: rows[row] for part, rows in self._raw.items()}

    def score(
        self, asked: Description, vectors: Mapping[str, NDArray[np.float32]]
    ) -> dict[str, Scores]:
        """View → scores of all cases; `vectors` are the mean vectors of the asked texts."""
        found: dict[str, Scores] = {}
        for name, view in self._views.items():
            if view.texts:
                found[name] = self._narrative(asked, vectors)
            elif view.words:
                found[name] = self._words[KEYWORD_TEXT].cosines(asked.words.get(KEYWORD_TEXT, {}))
            elif view.names:
                found[name] = self._names.cosines(dict.fromkeys(asked.words.get(NAMES, {}), 1))
            else:
                found[name] = self._sets[name].cosines(_keys(asked, name))
        return found

    def blend(self, scores: Mapping[str, Scores], weights: Mapping[str, float]) -> Scores:
        """The weighted mean of the views (n,), from 0 to 1; see `counting`."""
        counting = self.counting(stated(scores, weights))
        total = np.zeros(len(self.descriptions), np.float32)
        for name, part in counting.items():
            total += np.float32(part) * scores[name]
        return total

    def counting(self, weights: Mapping[str, float]) -> dict[str, float]:
        """View → how much one point of it counts in the score; the numbers add up to 1."""
        raw = {name: weight / self._spreads[name] for name, weight in weights.items()}
        whole = sum(raw.values()) or 1.0
        return {name: part / whole for name, part in raw.items()}

    def shared(
        self, asked: Description, other: Description, weights: Mapping[str, float]
    ) -> list[Shared]:
        """What both state, by how much it adds to the score; ties by view and key."""
        found: list[Shared] = []
        counting = self.counting(weights)
        for name in self._views:
            rows = self._sets.get(name)
            here, there = asked.elements.get(name, {}), other.elements.get(name, {})
            common = [key for key in here if key in there]
            if rows is None or not common:
                continue
            mine, theirs = rows.unit(_keys(asked, name)), rows.unit(_keys(other, name))
            found += [
                Shared(
                    view=name,
                    key=key,
                    label=there[key][0].label,
                    here=here[key],
                    there=there[key],
                    share=counting[name] * mine.get(key, 0.0) * theirs.get(key, 0.0),
                    commonness=rows.share(key),
                )
                for key in common
            ]
        return sorted(found, key=lambda s: (-s.share, s.view, s.key))

    def rarity(self, stem: str) -> float:
        """How much a word of the facts tells cases apart."""
        return self._words[FACTS_TEXT].rarity(stem)

    def _narrative(self, asked: Description, vectors: Mapping[str, NDArray[np.float32]]) -> Scores:
        """Way of acting to way of acting and facts to facts, by words and by vectors."""
        parts = self._narrative_parts(asked, vectors)
        spreads = {
            name: self._text_spreads.get(name, _TEXT_SPREADS[name.split()[1]]) for name in parts
        }
        whole = sum(1 / spread for spread in spreads.values()) or 1.0
        total = np.zeros(len(self.descriptions), np.float32)
        for name, part in parts.items():
            total += np.float32(1 / spreads[name] / whole) * part
        return total

    def _narrative_parts(
        self, asked: Description, vectors: Mapping[str, NDArray[np.float32]]
    ) -> dict[str, Scores]:
        parts: dict[str, Scores] = {}
        for part in (METHOD_TEXT, FACTS_TEXT):
            parts[f"{part} words"] = self._words[part].cosines(asked.words.get(part, {}))
            if part in self._vectors:
                parts[f"{part} vectors"] = self._cosines(part, vectors.get(part))
        return parts

    def _cosines(self, part: str, vector: NDArray[np.float32] | None) -> Scores:
        rows = self._vectors[part]
        if vector is None or not np.any(vector):
            return np.zeros(len(rows), np.float32)
        asked = unit_rows(_centred(vector[None, :], self._means[part]))[0]
        found: Scores = (rows @ asked).clip(0.0, 1.0)
        return found

    def _measure_spreads(self) -> None:
        """Root mean square of each view over pairs of cases, a fixed sample of them asked."""
        n = len(self.descriptions)
        sample = sorted({round(i * (n - 1) / (_SAMPLE - 1)) for i in range(_SAMPLE)})
        texts: dict[str, list[Scores]] = {}
        for row in sample:
            asked = self.descriptions[row]
            for name, part in self._narrative_parts(asked, self.vectors_of(row)).items():
                texts.setdefault(name, []).append(np.delete(part, row))
        self._text_spreads = {name: _spread(parts) for name, parts in texts.items()}
        scores: dict[str, list[Scores]] = {}
        for row in sample:
            found = self.score(self.descriptions[row], self.vectors_of(row))
            for name, part in found.items():
                scores.setdefault(name, []).append(np.delete(part, row))
        for name, parts in scores.items():
            self._spreads[name] = _spread(parts, self._views[name].spread / 4)


def stated(scores: Mapping[str, Scores], weights: Mapping[str, float]) -> dict[str, float]:
    """The weights of the views in which any case is like the asked one; the others have 0.

    A narrative that names no offence is not less like every case for it.
    """
    return {
        name: weight if scores[name].size and float(scores[name].max()) > 0 else 0.0
        for name, weight in weights.items()
    }


def _spread(parts: Sequence[Scores], least: float = 0.01) -> float:
    return max(least, float(np.std(np.concatenate(parts))))


def _centred(rows: Matrix, mean: NDArray[np.float32]) -> Matrix:
    """Rows (n, d) less the mean of all cases; what every case has in common tells none apart."""
    held = np.any(rows, axis=1, keepdims=True)
    found: Matrix = np.where(held, rows - mean, 0).astype(np.float32)
    return found


def _keys(description: Description, view: str) -> dict[str, int]:
    return dict.fromkeys(description.elements.get(view, {}), 1)
