"""Question + one text → extracts of it, without a library, chosen by the fitted ranker."""

from __future__ import annotations

from dataclasses import dataclass

from casequote.corpus.document import Document
from casequote.embeddings.encoder import Encoder
from casequote.prompts.ranking.features import features
from casequote.prompts.ranking.model import Ranker, chosen, ranker

MOST_EXTRACTS = 10


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """An extract of a text and its probability to answer."""

    start: int
    end: int
    score: float


def extract(
    document: Document, question: str, encoder: Encoder, fitted: Ranker | None = None
) -> list[ScoredSpan]:
    """The sentences of the document that answer, most probable first; none when it does not say.

    `fitted` is another ranker than the one that ships with the package.
    """
    judges = fitted or ranker()
    found = features(document, question, encoder)
    if not found.sentences:
        return []
    judged = judges.judge(found)
    return [
        ScoredSpan(*found.sentences[i], score=round(float(judged.sentences[i]), 4))
        for i in chosen(judged, judges.limits, MOST_EXTRACTS)
    ]
