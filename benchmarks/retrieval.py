"""Retrieval over the bundled collection: fused search against each of its parts.

    python benchmarks/retrieval.py QUESTIONS.jsonl [--library DIR]

A passage is relevant when it belongs to a document that holds an expected string; nDCG@10, recall
at 10 and the share of questions whose first passage is of the right case.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from pathlib import Path

from casequote.embeddings import lexical
from casequote.server import composition
from casequote.server.evaluation import Question, read_questions
from casequote.server.settings import read_settings

K = 10


def ndcg(gains: Sequence[float], ideal: int) -> float:
    """nDCG@10 with binary gains (Järvelin and Kekäläinen 2002); 0 without a relevant passage."""
    got = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains[:K]))
    best = sum(1 / math.log2(rank + 2) for rank in range(min(ideal, K)))
    return got / best if best else 0.0


def expected(question: Question) -> list[str]:
    """Every expected string of a question, folded."""
    return [
        " ".join(part.split()).casefold()
        for group in question.expect
        for alternatives in group
        for part in alternatives.split("|")
    ]


def main() -> None:
    """Measures dense, lexical and fused search on the same questions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--library", type=Path)
    options = parser.parse_args()
    settings = read_settings()
    encoder = composition.make_encoder(settings)
    folder = options.library or settings.library
    library = composition.open_library(folder, bundled=options.library is None)
    index = composition.index_of(library, encoder)
    from casequote.embeddings.retriever import Retriever

    retriever = Retriever(library, index, encoder)
    texts = {
        passage.id: " ".join(
            library.document(passage.document).text[passage.start : passage.end].split()
        ).casefold()
        for passage in library.passages(library.passage_ids())
    }
    searches: dict[str, Callable[[str], list[int]]] = {
        "dense": lambda q: [i for i, _ in index.search(retriever.encode(q), K)],
        "lexical": lambda q: [i for i, _ in lexical.search(library, q, K)],
        "fused": lambda q: [r.passage.id for r in retriever.retrieve(q, K)],
    }
    totals = dict.fromkeys(searches, 0.0)
    recalls = dict.fromkeys(searches, 0.0)
    asked = 0
    for question in read_questions(options.questions):
        if question.kind in ("unanswerable", "followup", "across"):
            continue
        wanted = expected(question)
        relevant = {i for i, text in texts.items() if any(w in text for w in wanted)}
        named = _cases_of(question, relevant, texts, library)
        relevant = {i for i in relevant if i in named} or relevant
        if not relevant:
            continue
        asked += 1
        for name, search in searches.items():
            found = search(question.question)
            totals[name] += ndcg([float(i in relevant) for i in found], len(relevant))
            recalls[name] += any(i in relevant for i in found)
    print(f"{'search':<10}{'nDCG@10':>9}{'hit@10':>9}   over {asked} questions")
    for name in searches:
        print(f"{name:<10}{totals[name] / asked:>9.3f}{recalls[name] / asked:>9.3f}")


def _cases_of(question, relevant, texts, library):  # type: ignore[no-untyped-def]
    """Passages of the case in which most of the expected strings occur."""
    wanted = expected(question)
    scores: dict[str, set[str]] = {}
    owner = {}
    for passage in library.passages(sorted(relevant)):
        case = library.document(passage.document).case or passage.document
        owner[passage.id] = case
        scores.setdefault(case, set()).update(w for w in wanted if w in texts[passage.id])
    best = max((len(found) for found in scores.values()), default=0)
    return {i for i, case in owner.items() if len(scores[case]) == best}


if __name__ == "__main__":
    main()
