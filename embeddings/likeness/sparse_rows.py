"""Rows of weighted keys → cosines of one row with all, through postings.

Sets are weighted by rarity, texts by BM25 (Robertson et al. 1994), so that a rare shared key
counts more than a common one and a long text no more than a short one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75


class SparseRows:
    """n rows of keys with counts; `texts` says whether counts and lengths matter."""

    def __init__(self, rows: Sequence[Mapping[str, int]], *, texts: bool = False) -> None:
        self._n = len(rows)
        self._texts = texts
        lengths = [sum(row.values()) for row in rows]
        self._mean_length = (sum(lengths) / len(rows) if rows else 0.0) or 1.0
        frequencies: dict[str, int] = {}
        for row in rows:
            for key in row:
                frequencies[key] = frequencies.get(key, 0) + 1
        self._frequencies = frequencies
        places: dict[str, list[int]] = {}
        weights: dict[str, list[float]] = {}
        for place, row in enumerate(rows):
            for key, weight in self.unit(row).items():
                places.setdefault(key, []).append(place)
                weights.setdefault(key, []).append(weight)
        self._postings: dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]] = {
            key: (np.array(found, np.int32), np.array(weights[key], np.float32))
            for key, found in places.items()
        }

    def __len__(self) -> int:
        return self._n

    def share(self, key: str) -> float:
        """Share of the rows that have a key, from 0 to 1."""
        return self._frequencies.get(key, 0) / self._n if self._n else 0.0

    def rarity(self, key: str) -> float:
        """Inverse document frequency, as in BM25; never negative."""
        n = self._frequencies.get(key, 0)
        return _rarity(n, self._n)

    def unit(self, row: Mapping[str, int]) -> dict[str, float]:
        """The row as weights of unit length; empty for a row without a key of weight."""
        length = sum(row.values())
        found = {key: self._weight(key, count, length) for key, count in row.items() if count}
        norm = math.sqrt(sum(weight * weight for weight in found.values()))
        return {key: weight / norm for key, weight in found.items()} if norm else {}

    def cosines(self, row: Mapping[str, int]) -> NDArray[np.float32]:
        """Cosines (n,) of a row with every row, from 0 to 1."""
        scores = np.zeros(self._n, np.float32)
        for key, weight in self.unit(row).items():
            if key in self._postings:
                places, weights = self._postings[key]
                scores[places] += np.float32(weight) * weights
        return scores.clip(0.0, 1.0)

    def _weight(self, key: str, count: int, length: int) -> float:
        if not self._texts:
            return self.rarity(key)
        damped = count + K1 * (1 - B + B * length / self._mean_length)
        return self.rarity(key) * count * (K1 + 1) / damped


@lru_cache(maxsize=1 << 16)
def _rarity(n: int, of: int) -> float:
    return math.log(1 + (of - n + 0.5) / (n + 0.5))
