"""Ranked candidates → findings, or the reason why there are none.

An answer needs evidence of the type that is asked for and for the words that are asked about; a
high score alone is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from casequote.corpus.library import Library
from casequote.prompts import facts, lists
from casequote.prompts.evidence import Evidence
from casequote.prompts.findings import Findings, NotFound, Quote
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import data
from casequote.prompts.selection import Ranked

MOST_PASSAGES = 3
NEXT_PASSAGE = 0.88
"""Share of the best score from which a further sentence is quoted with a passage answer."""
CONSTRAINED = 0.6
"""Own coverage from which a sentence says more about a list question than the list does."""


@cache
def thresholds() -> dict[str, float]:
    """The thresholds of refusal (`data/weights.yaml`)."""
    return {name: float(value) for name, value in data("weights.yaml")["refusal"].items()}


def refused_at_once(asked: Interpretation) -> NotFound | None:
    """What can be refused from the question alone."""
    if asked.refusal:
        return NotFound("out_of_scope", "out_of_scope", {"message": asked.refusal})
    if not asked.content and not asked.cases and not asked.kind.fields:
        return NotFound("unclear", "unclear")
    if asked.unknown:
        return NotFound("not_in_corpus", "unknown_name", {"names": asked.unknown, "near": asked.near})
    return None


def decide(
    asked: Interpretation,
    evidence: Evidence,
    ranked: Sequence[Ranked],
    library: Library,
) -> Findings | NotFound:
    """What answers the question, or why nothing does."""
    if not ranked:
        return NotFound("not_in_corpus", "nothing", {"label": asked.kind.label})
    if asked.kind.style == "list":
        return _list(asked, evidence, ranked, library)
    return _from_text(asked, ranked)


def _list(
    asked: Interpretation,
    evidence: Evidence,
    ranked: Sequence[Ranked],
    library: Library,
) -> Findings | NotFound:
    best = ranked[0]
    cases = asked.cases or tuple(c for c in (best.candidate.document.case,) if c)
    items = lists.listed(library, asked.kind, cases)
    says_more = best.rest and best.own >= CONSTRAINED and best.values and not _is_item(best, asked)
    if not items or says_more:
        return _from_text(asked, ranked)
    if not asked.cases and best.coverage < thresholds()["coverage"]:
        return NotFound("not_in_corpus", "not_stated", {"label": asked.kind.label})
    chosen = lists.narrowed(items, asked, library)
    return Findings(values=lists.as_findings(chosen, library), cases=cases)


def _is_item(ranked: Ranked, asked: Interpretation) -> bool:
    field = ranked.candidate.field
    return field is not None and field.name in asked.kind.fields


def _from_text(asked: Interpretation, ranked: Sequence[Ranked]) -> Findings | NotFound:
    limits = thresholds()
    typed = list(ranked)
    if asked.kind.type and asked.kind.style != "passage":
        typed = [r for r in ranked if r.values or _is_item(r, asked)]
    details: dict[str, object] = {"label": asked.kind.label, "cases": asked.cases}
    if not typed:
        return NotFound("not_in_corpus", "no_value", details)
    best = typed[0]
    if best.coverage < limits["coverage"] or best.candidate.cosine < limits["cosine"]:
        return NotFound("not_in_corpus", "not_stated", details)
    cases = tuple(c for c in (best.candidate.document.case,) if c)
    conflicts = facts.disagreements(ranked, asked)
    if asked.kind.style == "passage" or asked.kind.type is None:
        return Findings(passages=_passages(typed), conflicts=conflicts, cases=cases)
    values = facts.values_of(typed, asked)
    return Findings(values=values, conflicts=conflicts, cases=cases)


def _passages(ranked: Sequence[Ranked]) -> tuple[Quote, ...]:
    best = ranked[0]
    chosen = [best] + [
        r
        for r in ranked[1:10]
        if r.score >= NEXT_PASSAGE * best.score
        and r.candidate.document.case == best.candidate.document.case
    ]
    return tuple(
        Quote(r.candidate.document, r.candidate.start, r.candidate.end)
        for r in chosen[:MOST_PASSAGES]
    )
