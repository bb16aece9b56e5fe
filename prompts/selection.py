"""Candidates → ranked candidates: a transparent, linear ranker over a few features.

The weights are in `data/weights.yaml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from casequote.corpus.document import DocumentKind
from casequote.embeddings.terms import stems
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.evidence import Candidate, sentence_stems
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import Kind, data
from casequote.prompts.values import Found, find

TYPED = 60
"""Only so many candidates, the best by the other features, are searched for typed values."""
_NEAR = 40
"""Characters between a count and the word it counts."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, the typed values in it and how much of the question it covers."""

    candidate: Candidate
    score: float
    values: tuple[Found, ...]
    coverage: float
    """Rarity-weighted share of the wanted stems in the text or its context; 1 if none is wanted."""
    own_coverage: float
    """The same for its text alone."""


@cache
def weights() -> dict[str, float]:
    """The weights of the features."""
    return {name: float(value) for name, value in data("weights.yaml")["weights"].items()}


def rank(
    candidates: Sequence[Candidate], asked: Interpretation, catalogue: Catalogue
) -> list[Ranked]:
    """Candidates by score, best first; ties by document and place."""
    w = weights()
    rarities = {stem: catalogue.rarity(stem) for stem in asked.wanted}
    total = sum(rarities.values())
    partial = []
    for candidate in candidates:
        own = _share(candidate.stems, rarities, total)
        around = _share(candidate.stems | candidate.context, rarities, total)
        score = (
            w["cosine"] * candidate.cosine
            + w["overlap"] * (own if total else 0.0)
            + w["context"] * ((around - own) if total else 0.0)
            + w["field"] * field_match(candidate, asked.kind)
            + w["prior"] * candidate.prior
            + w["record"] * (candidate.document.kind is DocumentKind.RECORD)
        )
        partial.append((score, candidate, own, around))
    partial.sort(key=lambda entry: (-entry[0], entry[1].document.id, entry[1].start))
    ranked = []
    for place, (score, candidate, own, around) in enumerate(partial):
        values: tuple[Found, ...] = ()
        if asked.kind.type and place < TYPED:
            values = tuple(find(asked.kind.type, candidate.text))
            score += w["type"] * _type_match(values, candidate, asked)
        ranked.append(Ranked(candidate, score, values, around, own))
    ranked.sort(key=lambda r: (-r.score, r.candidate.document.id, r.candidate.start))
    return ranked


def field_match(candidate: Candidate, kind: Kind) -> float:
    """1 for an item of the first field of the kind, less for the others, 0 elsewhere."""
    if kind.section and kind.section in candidate.section:
        return 1.0
    field = candidate.field
    if field is None or field.name not in kind.fields:
        return 0.0
    if kind.part and field.attributes.get("part", "name") != kind.part:
        return 0.0
    return 1.0 if field.name is kind.fields[0] else 0.6


def _share(found: frozenset[str], rarities: dict[str, float], total: float) -> float:
    if not total:
        return 1.0
    return sum(weight for stem, weight in rarities.items() if stem in found) / total


def _type_match(values: Sequence[Found], candidate: Candidate, asked: Interpretation) -> float:
    if not values:
        return 0.0
    if asked.kind.type != "count" or not asked.wanted:
        return 1.0
    text = candidate.text
    wanted = set(asked.wanted)
    close = any(
        wanted & set(stems(text[value.end : value.end + _NEAR])) for value in values
    )
    return 1.0 if close else 0.4


__all__ = ["Ranked", "field_match", "rank", "sentence_stems", "weights"]
