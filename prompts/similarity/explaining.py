"""A similar case and its scores → the result that says why it is alike and how it differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from casequote.corpus.document import Document, Span
from casequote.corpus.library import Library
from casequote.embeddings.likeness.description import Description
from casequote.embeddings.likeness.marks import mark_index, tokens_of
from casequote.embeddings.likeness.scoring import Likeness, Scores, stated
from casequote.embeddings.likeness.sentence_pairs import Sentences, most_alike, sentences_of
from casequote.embeddings.vector_index import VectorIndex
from casequote.prompts.similarity.differences import differences
from casequote.prompts.similarity.quoting import Numbering, Quoter
from casequote.prompts.similarity.reasons import Passages, reasons
from casequote.prompts.similarity.results import SimilarCase

_TOLD_ALIKE = 0.4
"""Likeness of two sentences from which they are quoted as telling the same."""
_DONE = frozenset({"method", "victims"})
"""Views of marks that say what was done, and to whom."""
_SLIGHT = 0.03
"""Part of the score below which something shared is named only where there is nothing better."""


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains the results of one search."""

    library: Library
    index: VectorIndex
    likeness: Likeness
    weights: Mapping[str, float]
    asked: Description
    sentences: dict[str, Sentences]
    document: Callable[[str], Document]
    """The document of an id, the narrative among them."""

    def result(
        self, rank: int, other: Description, scores: Mapping[str, Scores], repeats: str | None
    ) -> SimilarCase:
        """The result for one case, with its place in the ranking."""
        row = self.likeness.rows[other.id]
        own = {view: float(found[row]) for view, found in scores.items()}
        sides = (self.asked, other)
        quoter = Quoter(self.document, ((d.documents, d.protected) for d in sides))
        numbering = Numbering()
        weights = stated(scores, self.weights)
        shared = self.likeness.shared(self.asked, other, weights)
        counting = self.likeness.counting(weights)
        alike = self._told_alike(other, quoter, counting["narrative"] * own["narrative"])
        score = sum(part * own[view] for view, part in counting.items())
        return SimilarCase(
            rank=rank,
            case=other.id,
            is_case=other.is_case,
            title=other.title,
            score=score,
            views=own,
            reasons=reasons(shared, alike, quoter, numbering, least=_SLIGHT * score),
            differences=differences(self.asked, other, self.document, quoter, numbering),
            repeats=repeats,
        )

    def _told_alike(self, other: Description, quoter: Quoter, share: float) -> Passages | None:
        """The sentences that tell the same, where there are some and the view counts."""
        if not share:
            return None

        def usable(place: tuple[str, Span]) -> bool:
            quote = quoter.span(*place)
            return quote is not None and _tells_what_was_done(quote.text)

        there = sentences_of(other, self.library, self.index)
        pair = most_alike(self.sentences, there, self.likeness.rarity, usable)
        if pair is None or pair.likeness < _TOLD_ALIKE:
            return None
        mine, their = quoter.span(*pair.here), quoter.span(*pair.there)
        return Passages(mine, their, share) if mine and their else None


@lru_cache(maxsize=4_096)
def _tells_what_was_done(text: str) -> bool:
    """Whether a sentence states what was done or to whom, and not how it ended."""
    views = {hit.mark.view for hit in mark_index().find(tokens_of(text))}
    return not views.isdisjoint(_DONE) and "outcome" not in views
