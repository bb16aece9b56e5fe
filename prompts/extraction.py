"""Question + one text → extracts of it, without a library; the same ranking that answers use."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from casequote.corpus.document import Document
from casequote.corpus.passages import passages
from casequote.embeddings.encoder import Encoder
from casequote.embeddings.terms import content_stems
from casequote.prompts.decision import thresholds
from casequote.prompts.evidence import Candidate, candidates_of
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import kinds, match_kind
from casequote.prompts.phrases import phrases
from casequote.prompts.selection import Ranked, rank

MOST_EXTRACTS = 3
FURTHER = 0.9
"""Share of the best score from which a further sentence is an extract too."""


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """An extract of a text and the score it was chosen by."""

    start: int
    end: int
    score: float


def extract(document: Document, question: str, encoder: Encoder) -> list[ScoredSpan]:
    """The sentences of the document that answer, best first; none when it does not say."""
    candidates = _candidates(document, question, encoder)
    if not candidates:
        return []
    asked = _interpreted(question)
    frequencies = Counter(stem for candidate in candidates for stem in candidate.stems)
    count = len(candidates)

    def rarity(stem: str) -> float:
        n = frequencies[stem]
        return math.log(1 + (count - n + 0.5) / (n + 0.5))

    ranked = rank(candidates, asked, rarity, about=lambda _: frozenset())
    best = ranked[0]
    if not _says_it(best):
        return []
    chosen = [r for r in ranked[:MOST_EXTRACTS] if r.score >= FURTHER * best.score]
    return [ScoredSpan(r.candidate.start, r.candidate.end, round(r.score, 4)) for r in chosen]


def _says_it(best: Ranked) -> bool:
    limits = thresholds()
    return (
        best.coverage >= limits["text_coverage"] and best.candidate.cosine >= limits["text_cosine"]
    )


def _interpreted(question: str) -> Interpretation:
    match = match_kind(question)
    kind = match.kind if match else kinds()["passage"]
    content = tuple(content_stems(question))
    wanted = tuple(content_stems(question, without=phrases().empty_words)) or content
    return Interpretation(question, kind, query=question, topic=wanted, content=content)


def _candidates(document: Document, question: str, encoder: Encoder) -> list[Candidate]:
    pieces = passages(document)
    if not pieces:
        return []
    texts = [document.text[p.start : p.end] for p in pieces]
    spans = [[(s.start - p.start, s.end - p.start) for s in p.sentences] for p in pieces]
    _, vectors = encoder.encode_spans(texts, spans)
    query = encoder.encode_query(question)
    return [
        candidate
        for piece, rows in zip(pieces, vectors, strict=True)
        for candidate in candidates_of(
            document, piece.section, piece.sentences, np.asarray(rows @ query), prior=0.0
        )
    ]
