"""Rankings → one ranking, by rank alone."""

from __future__ import annotations

from collections.abc import Sequence

K = 60


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]], k: int = K
) -> list[tuple[int, float]]:
    """(id, sum over rankings of 1 / (k + rank)), best first; ties by id.

    Cormack, Clarke and Büttcher, SIGIR 2009. An empty ranking adds nothing.
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (k + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
