"""Ranked candidates → findings, or the reason why there are none.

An answer needs evidence of the type that is asked for and for the words that are asked about; a
high score alone is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from casequote.corpus.library import Library, StatedField
from casequote.prompts import facts, lists
from casequote.prompts.conflicts import disagreements
from casequote.prompts.eligibility import is_item, may_answer
from casequote.prompts.findings import Finding, Findings, NotFound, Quote
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import data
from casequote.prompts.persons import Persons
from casequote.prompts.requirements import admitted, requirements
from casequote.prompts.selection import About, Ranked
from casequote.prompts.statedness import says_nothing, unstated
from casequote.prompts.synonyms import similar
from casequote.prompts.values import figures

MOST_PASSAGES = 3
NEXT_PASSAGE = 0.88
"""Share of the best score from which a further sentence is quoted with a passage answer."""
HINTS = frozenset({"charge", "item", "measure", "quotation", "definition", "reason"})
"""Types whose patterns find words that go with a value, not the value."""
MOST = 0.5
"""Share of the rest of the topic that is most of it."""
LEAST_PRIOR = 0.5
"""How much a question without a case must be about the case of its answer."""
CONSTRAINED = 0.6
"""Own coverage from which a sentence says more about a list question than the list does."""


ALIKE = 0.85
"""Share of the best score within which the better covered candidate is taken."""
RESTRICTED = 0.4
"""Share of the topic beyond what the case is about, from which a list question is restricted."""


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
        return NotFound(
            "not_in_corpus", "unknown_name", {"names": asked.unknown, "near": asked.near}
        )
    return None


def decide(
    asked: Interpretation, ranked: Sequence[Ranked], library: Library, about: About
) -> Findings | NotFound:
    """What answers the question, or why nothing does."""
    if not ranked:
        return NotFound("not_in_corpus", "nothing", {"label": asked.kind.label})
    cases = asked.cases or tuple(c for c in (ranked[0].candidate.document.case,) if c)
    required = requirements(asked, cases, library)
    concerned = admitted(ranked, required)
    if asked.kind.style != "list" or not concerned:
        found = _from_text(asked, concerned)
    else:
        found = _list(asked, concerned, cases, library, required.persons, about)
    told = found.cases if isinstance(found, Findings) else asked.cases
    if (
        conflicts := disagreements(library, told, asked, required.country if asked.cases else None)
        if told
        else ()
    ):
        if isinstance(found, NotFound):
            return Findings(conflicts=conflicts, cases=told)
        return replace(found, conflicts=conflicts)
    if isinstance(found, NotFound) and found.why in ("no_value", "not_stated"):
        empty = asked.cases and asked.kind.fields and not lists.listed(library, asked.kind, cases)
        return replace(found, why="field_empty") if empty else found
    return found


def _list(
    asked: Interpretation,
    ranked: Sequence[Ranked],
    cases: tuple[str, ...],
    library: Library,
    persons: Persons,
    about: About,
) -> Findings | NotFound:
    best = ranked[0]
    items = lists.listed(library, asked.kind, cases)
    described = frozenset().union(*(about(case) for case in cases))
    chosen = lists.narrowed(items, asked, library, persons, described)
    if not chosen or _says_more(best, asked) or not _with_figures(chosen, asked, library):
        return _from_text(asked, ranked)
    if not asked.cases and best.coverage < thresholds()["coverage"]:
        return NotFound("not_in_corpus", "not_stated", {"label": asked.kind.label})
    return Findings(values=lists.as_findings(chosen, library), cases=cases)


def _with_figures(items: Sequence[StatedField], asked: Interpretation, library: Library) -> bool:
    """Whether the items state the figures of the question, if it has any."""
    stated = [figures(library.document(i.document).quote(i.field)) for i in items]
    return asked.figures <= frozenset().union(*stated)


def _says_more(best: Ranked, asked: Interpretation) -> bool:
    """Whether a sentence answers what the question restricts, better than the whole list would."""
    typed = facts.asked_for(best.values, best.candidate.text, asked)
    return (
        bool(typed)
        and best.rest >= RESTRICTED
        and best.own >= CONSTRAINED
        and not is_item(best, asked)
    )


def _from_text(asked: Interpretation, ranked: Sequence[Ranked]) -> Findings | NotFound:
    typed = [r for r in ranked if may_answer(r, asked)]
    if not typed:
        coarse = facts.less_precise(ranked, asked)
        return (
            _not_found(asked, "less_precise", coarse) if coarse else _not_found(asked, "no_value")
        )
    best = _best(typed)
    if missing := _shortfall(best, asked):
        return missing
    typed = [best, *(r for r in typed if r is not best)]
    cases = tuple(c for c in (best.candidate.document.case,) if c)
    values: tuple[Finding, ...] = ()
    if asked.kind.style != "passage" and asked.kind.type not in (None, *HINTS):
        values = facts.values_of(typed, asked)
    if values:
        return Findings(values=values, cases=cases)
    return Findings(passages=_passages(typed), cases=cases)


def _best(typed: Sequence[Ranked]) -> Ranked:
    """The first, or one that scores nearly as well and covers enough of the topic."""
    least = ALIKE * typed[0].score
    enough = thresholds()["coverage"]
    covering = (r for r in typed if r.coverage >= enough and r.score >= least)
    return next(covering, typed[0])


def _shortfall(best: Ranked, asked: Interpretation) -> NotFound | None:
    """Why the best candidate does not answer, or None when it does."""
    if _is_beside(best, asked) or not _is_enough(best, asked):
        return _not_found(asked, "not_stated")
    if says_nothing(_value_text(best)):
        return _not_found(asked, "says_nothing", _value_text(best))
    clause = unstated(best.candidate.text, asked)
    return _not_found(asked, "says_nothing", clause) if clause else None


def _not_found(asked: Interpretation, why: str, says: str | None = None) -> NotFound:
    details: dict[str, object] = {"label": asked.kind.label}
    return NotFound("not_in_corpus", why, details | ({"says": says} if says else {}))


def _is_beside(best: Ranked, asked: Interpretation) -> bool:
    """Whether the best candidate is about another case than the question, or leaves out its noun.

    Both are forgiven where it has most of what the question says.
    """
    if best.own >= MOST:
        return False
    candidate = best.candidate
    if not asked.cases and candidate.prior < LEAST_PRIOR:
        return True
    if asked.kind.id != "passage" or candidate.field is not None:
        return False
    here = candidate.stems | candidate.context
    return bool(asked.head) and not any({stem, *similar(stem)} & here for stem in asked.head)


def _is_enough(best: Ranked, asked: Interpretation) -> bool:
    """Whether the best candidate covers what is asked; a section asked for by name needs less."""
    limits = thresholds()
    if asked.cases and asked.kind.section:
        return best.candidate.cosine >= limits["section_cosine"]
    likeness = best.candidate.cosine
    if likeness >= limits["alike"] and best.coverage >= limits["alike_coverage"]:
        return True
    return best.coverage >= limits["coverage"] and best.coverage + likeness >= limits["evidence"]


def _value_text(ranked: Ranked) -> str:
    candidate = ranked.candidate
    if candidate.field is None:
        return candidate.text
    return candidate.document.text[slice(*candidate.field.value_span)]


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
