"""How long similar cases take in a large library that is made up from the bundled collection.

    python benchmarks/similar_speed.py [--passages 100000] [--loose]

Each made-up case takes each field, and each sentence of its facts, from a bundled record chosen at
random, so that words, marks and names are as frequent as in real ones. With --loose the library
holds articles that belong to no case instead. Vectors are random unit vectors around those of a
few hundred topics: how long a search takes does not depend on what they mean.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml

from casequote.corpus.document import Document, DocumentKind
from casequote.corpus.library import Library, Provenance
from casequote.corpus.records import record_document
from casequote.corpus.schema import RecordFile
from casequote.corpus.sentences import sentences
from casequote.embeddings.encoder import EncoderIdentity, Matrix, Spans
from casequote.embeddings.synchronise import synchronise
from casequote.prompts.similarity.finder import SimilarCases, Wanted
from casequote.prompts.similarity.narrative import narrative
from casequote.server.composition import bundled_corpus

DIMENSION = 384
BATCH = 500


class RandomEncoder:
    """`Encoder` with random unit vectors around topics."""

    identity = EncoderIdentity("random", "0" * 64, "random", DIMENSION)

    def __init__(self) -> None:
        self._random = np.random.default_rng(0)
        self._topics = self._random.standard_normal((300, DIMENSION)).astype(np.float32)

    def encode(self, texts: Sequence[str]) -> Matrix:
        return self._rows(len(texts))

    def encode_query(self, text: str) -> Matrix:  # noqa: ARG002
        return self._rows(1)[0]

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Matrix, list[Matrix]]:
        return self._rows(len(texts)), [self._rows(len(own)) for own in spans]

    def _rows(self, count: int) -> Matrix:
        noise = self._random.standard_normal((count, DIMENSION)).astype(np.float32)
        rows = noise + 2 * self._topics[self._random.integers(0, 300, count)]
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def made_up(records: Sequence[dict], choose: random.Random, loose: bool) -> Iterator[Document]:  # type: ignore[type-arg]
    """Documents without end."""
    facts = [
        text[a:b]
        for record in records
        for text in [" ".join(record["fact_summary"].split())]
        for a, b in sentences(text)
    ]
    keys = [k for k in RecordFile.model_fields if k not in ("id", "title", "aliases", "sources")]
    number = 0
    while True:
        number += 1
        text = " ".join(choose.sample(facts, 9))
        if loose:
            body = f"{text}\n\n" + " ".join(choose.sample(facts, 30))
            yield Document(f"article-{number}", DocumentKind.ARTICLE, f"Article {number}", body)
            continue
        values = {k: v for k in keys if (v := choose.choice(records).get(k)) is not None}
        values |= {"id": f"case-{number}", "title": f"Case {number}", "fact_summary": text}
        values |= {"status": "concluded", "kind": "case", "sources": []}
        values |= {"crime_types": choose.choice(records)["crime_types"], "period": "2014"}
        yield record_document(RecordFile.model_validate(values))
        for place in range(2):
            body = " ".join(choose.sample(facts, 6))
            name = f"article-{number}-{place}"
            yield Document(name, DocumentKind.ARTICLE, name, body, case=f"case-{number}")


def main() -> None:
    """Makes the library, then measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--loose", action="store_true")
    options = parser.parse_args()
    folder = bundled_corpus() / "records"
    records = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.yaml"))]
    choose = random.Random(0)  # noqa: S311 — the same library every time
    with tempfile.TemporaryDirectory() as work:
        library = Library.create(Path(work) / "library")
        source = made_up(records, choose, options.loose)
        while library.passage_count() < options.passages:
            batch = [next(source) for _ in range(BATCH)]
            library.add_all((d, Provenance("", d.id, d.content_hash)) for d in batch)
        encoder = RandomEncoder()
        index = synchronise(library, encoder)
        print(f"{library.passage_count()} passages, {len(library.documents())} documents")
        started = time.perf_counter()
        similar = SimilarCases(library, encoder, lambda: index)
        similar.prepare()
        print(f"prepared in {time.perf_counter() - started:.1f} s")
        cases = [d.id for d in library.documents() if d.case is None or d.id.endswith("--record")]
        times = []
        for case in choose.sample(cases, 40):
            started = time.perf_counter()
            similar.like(case.removesuffix("--record"), Wanted(k=5))
            times.append((time.perf_counter() - started) * 1000)
        _print("case", times)
        texts = [" ".join(" ".join(r["fact_summary"].split()) for r in choose.sample(records, 5))]
        times = []
        for text in texts * 10:
            started = time.perf_counter()
            similar.like_document(narrative(text), Wanted(k=5))
            times.append((time.perf_counter() - started) * 1000)
        _print("narrative (without encoding)", times)


def _print(name: str, times: list[float]) -> None:
    times.sort()
    print(
        f"{name}: p50 {times[len(times) // 2]:.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms"
    )


if __name__ == "__main__":
    main()
