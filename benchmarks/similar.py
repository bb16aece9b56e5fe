"""Similar cases over the bundled collection: each view alone, the blend, and how long it takes.

    python benchmarks/similar.py [--library DIR] [--judgements FILE] [--records FOLDER]

By clusters (the compiler's grouping, read here and by nothing else): nDCG@10 and R-precision with a
depth of at most ten, over cases whose cluster has another. By the graded judgements of
`questions/similar_judgements.jsonl`: nDCG@10 with gains 2^grade - 1 over the whole collection,
where a case that was not judged gains nothing, and the share of pairs of judged cases that stand
in the right order.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from casequote.embeddings.likeness.views import views
from casequote.prompts.similarity.finder import SimilarCases, Wanted
from casequote.server import composition
from casequote.server.settings import read_settings

K = 10
TURNED = 50
HERE = Path(__file__).parent
Ranking = Mapping[str, Sequence[str]]
"""Case → all other cases, best first."""


def by_clusters(rankings: Ranking, clusters: Mapping[str, str]) -> tuple[float, float]:
    """Mean nDCG@10 and R-precision, binary (Järvelin and Kekäläinen 2002)."""
    gains, precisions = [], []
    for case, ranking in rankings.items():
        relevant = sum(clusters[other] == clusters[case] for other in ranking)
        if relevant:
            hits = [clusters[other] == clusters[case] for other in ranking[:K]]
            ideal = sum(1 / math.log2(rank + 2) for rank in range(min(relevant, K)))
            gains.append(sum(h / math.log2(r + 2) for r, h in enumerate(hits)) / ideal)
            depth = min(relevant, K)
            precisions.append(sum(hits[:depth]) / depth)
    return sum(gains) / len(gains), sum(precisions) / len(precisions)


def by_judgements(
    rankings: Ranking, judged: Mapping[str, Mapping[str, int]]
) -> tuple[float, float]:
    """Mean nDCG@10 over the collection, and the share of judged pairs in the right order."""
    gains, right, pairs = [], 0, 0
    for case, grades in judged.items():
        ranking = list(rankings[case])
        got = sum(
            (2 ** grades.get(other, 0) - 1) / math.log2(rank + 2)
            for rank, other in enumerate(ranking[:K])
        )
        best = sorted(grades.values(), reverse=True)
        gains.append(got / sum((2**g - 1) / math.log2(r + 2) for r, g in enumerate(best)))
        for one, grade in grades.items():
            for other, lower in grades.items():
                if grade > lower:
                    pairs += 1
                    right += ranking.index(one) < ranking.index(other)
    return sum(gains) / len(gains), right / pairs


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path)
    parser.add_argument(
        "--judgements", type=Path, default=HERE / "questions" / "similar_judgements.jsonl"
    )
    parser.add_argument("--records", type=Path, default=HERE.parent / "corpus" / "data" / "records")
    options = parser.parse_args()
    settings = read_settings()
    encoder = composition.make_encoder(settings)
    folder = options.library or settings.library
    library = composition.open_library(folder, bundled=options.library is None)
    index = composition.index_of(library, encoder)
    started = time.perf_counter()
    similar = SimilarCases(library, encoder, lambda: index)
    similar.prepare()
    prepared = time.perf_counter() - started
    clusters = {}
    for path in sorted(options.records.glob("*.yaml")):
        record = yaml.safe_load(path.read_text("utf-8"))
        clusters[record["id"]] = record["cluster"]
    judged: dict[str, dict[str, int]] = {}
    for line in options.judgements.read_text("utf-8").splitlines():
        row = json.loads(line)
        judged.setdefault(row["case"], {})[row["other"]] = row["grade"]
    defaults = views().defaults()
    runs = {name: dict.fromkeys(defaults, 0.0) | {name: 1.0} for name in defaults}
    runs["every view alike"] = dict.fromkeys(defaults, 1.0)
    runs |= {f"without {name}": defaults | {name: 0.0} for name in defaults}
    runs["default weights"] = defaults
    print(f"{'':<24}{'nDCG@10':>9}{'R-prec':>9}   judged: {'nDCG@10':>8}{'in order':>10}")
    for name, weights in runs.items():
        rankings = _rankings(similar, clusters, weights)
        ndcg, precision = by_clusters(rankings, clusters)
        gain, ordered = by_judgements(rankings, judged)
        print(f"{name:<24}{ndcg:>9.3f}{precision:>9.3f}{'':>11}{gain:>8.3f}{ordered:>10.3f}")
    turned = [
        by_clusters(_rankings(similar, clusters, _turned(defaults, seed)), clusters)
        for seed in range(TURNED)
    ]
    for place, measure in enumerate(("nDCG@10", "R-precision")):
        found = sorted(pair[place] for pair in turned)
        print(
            f"each weight multiplied by 0.5 to 2 at random, {TURNED} times: {measure} "
            f"{found[0]:.3f} to {found[-1]:.3f}, median {found[TURNED // 2]:.3f}"
        )
    times = []
    for case in clusters:
        started = time.perf_counter()
        similar.like(case, Wanted(k=5))
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    half, most = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"prepared in {prepared:.2f} s; k=5 with reasons: p50 {half:.1f} ms, p95 {most:.1f} ms")


def _rankings(
    similar: SimilarCases, cases: Mapping[str, str], weights: Mapping[str, float]
) -> dict[str, list[str]]:
    return {
        case: [other for other in similar.ranking(case, weights) if other in cases]
        for case in cases
    }


def _turned(weights: Mapping[str, float], seed: int) -> dict[str, float]:
    """The weights, each multiplied by 0.5 to 2."""
    choose = random.Random(seed)  # noqa: S311 — the same weights every time
    return {name: weight * 2 ** choose.uniform(-1, 1) for name, weight in weights.items()}


if __name__ == "__main__":
    main()
