"""Candidates → ranked candidates: a transparent, linear ranker over a few features.

The weights are in `data/weights.yaml`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from casequote.corpus.document import DocumentKind
from casequote.embeddings.terms import stems
from casequote.prompts.evidence import Candidate
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import Kind, data
from casequote.prompts.synonyms import alike, similar
from casequote.prompts.values import Found, find

Rarity = Callable[[str], float]
"""How rare a stem is in the collection (inverse document frequency)."""

About = Callable[[str], frozenset[str]]
"""The stems that describe a case."""

CUE = 0.5
"""What a word of the kind of question counts when the evidence says it too."""
SIMILAR = 0.7
"""What a word counts in place of which a candidate has one that says nearly the same."""
BESIDE = 0.7
"""What a word counts that only the context of a candidate has."""
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
    """Rarity-weighted share of the topic that its text, its context or its case has."""
    own: float
    """Share of the rest, the topic without what its case is about, that its text has."""
    rest: float
    """Share of the topic that its case is not about."""


@cache
def weights() -> dict[str, float]:
    """The weights of the features."""
    return {name: float(value) for name, value in data("weights.yaml")["weights"].items()}


def rank(
    candidates: Sequence[Candidate],
    asked: Interpretation,
    rarity: Rarity,
    about: About,
) -> list[Ranked]:
    """Candidates by score, best first; ties by document and place.

    Words that describe a candidate's case count as covered by the case: only the rest must be
    found in the text.
    """
    w = weights()
    rarities = _rarities(candidates, asked.topic, rarity)
    cues = _rarities(candidates, asked.cues, rarity)
    partial = []
    for candidate in candidates:
        explains = asked.kind.type == "reason" and bool(find("reason", candidate.text))
        cover = _cover(
            candidate, rarities, cues, about(candidate.document.case or ""), explains=explains
        )
        score = (
            w["cosine"] * candidate.cosine
            + w["overlap"] * cover.own * _weight_of(cover.rest)
            + w["context"] * (cover.around - cover.own) * _weight_of(cover.rest)
            + w["field"] * field_match(candidate, asked.kind)
            + w["prior"] * candidate.prior
            + w["record"] * (candidate.document.kind is DocumentKind.RECORD)
        )
        partial.append((score, candidate, cover))
    partial.sort(key=lambda entry: (-entry[0], entry[1].document.id, entry[1].start))
    ranked = []
    for place, (untyped, candidate, cover) in enumerate(partial):
        values: tuple[Found, ...] = ()
        if asked.kind.type and place < TYPED:
            values = tuple(find(asked.kind.type, candidate.text))
        score = untyped + w["type"] * _type_match(values, candidate, asked)
        ranked.append(Ranked(candidate, score, values, cover.all, cover.own, cover.rest))
    ranked.sort(key=lambda r: (-r.score, r.candidate.document.id, r.candidate.start))
    return ranked


def _rarities(
    candidates: Sequence[Candidate], topic: Sequence[str], rarity: Rarity
) -> dict[str, float]:
    """Rarity of each stem in the collection and among the candidates, in equal parts.

    What every sentence of a case says tells none of them apart.
    """
    count = len(candidates)
    found = {}
    for stem in topic:
        n = sum(stem in candidate.stems for candidate in candidates)
        local = math.log(1 + (count - n + 0.5) / (n + 0.5))
        found[stem] = 0.5 * (rarity(stem) + local)
    return found


def _weight_of(rest: float) -> float:
    """Words count for little when the case is about nearly all that is asked."""
    return min(1.0, 2.0 * rest)


class _Cover(NamedTuple):
    """Rarity-weighted shares of the topic."""

    own: float
    around: float
    all: float
    rest: float


def _said(stem: str, text: frozenset[str]) -> float:
    """1 for a word that a text has, less for one of which it has the like."""
    if stem in text:
        return 1.0
    return SIMILAR if text & similar(stem) else 0.0


def _cover(
    candidate: Candidate,
    rarities: dict[str, float],
    cues: dict[str, float],
    about: frozenset[str],
    *,
    explains: bool,
) -> _Cover:
    """The shares of a candidate; one that `explains` speaks of the sentence before it."""
    rest = {stem: weight for stem, weight in rarities.items() if stem not in about}
    total, left = sum(rarities.values()), sum(rest.values())
    if not total:
        return _Cover(0.0, 0.0, 1.0, 0.0)
    own = sum(weight * _said(stem, candidate.stems) for stem, weight in rest.items())
    around = sum(
        weight * max(_said(stem, candidate.stems), _said(stem, candidate.context))
        for stem, weight in rest.items()
    )
    if explains:
        own = around
    here = candidate.stems | candidate.context
    said = CUE * sum(weight for stem, weight in cues.items() if stem in here)
    covered = total - left + own + BESIDE * (around - own) + said
    whole = total + said
    if not left:
        return _Cover(0.0, 0.0, covered / whole, 0.0)
    return _Cover(own / left, around / left, covered / whole, left / total)


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


def _type_match(values: Sequence[Found], candidate: Candidate, asked: Interpretation) -> float:
    if not values:
        return 0.0
    if asked.kind.type != "count" or not asked.topic:
        return 1.0
    text = candidate.text
    wanted = alike(asked.focus) or set(asked.topic)
    close = any(wanted & set(stems(text[value.end : value.end + _NEAR])) for value in values)
    return 1.0 if close else 0.4
