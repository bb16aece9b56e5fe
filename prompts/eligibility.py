"""Ranked candidate → whether it has what the kind of question asks for, whatever its score."""

from __future__ import annotations

from casequote.corpus.document import FieldName
from casequote.prompts import facts
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.selection import Ranked

SOFT = frozenset({"reason", "definition", "name", "place"})
"""Types whose marks in the text are a hint only …"""
HARD_KINDS = frozenset({"named", "names"})
"""… but for kinds that ask for a name and nothing else."""
UNTYPED = 0.5
"""Share of the rest of the topic that a sentence without such a mark must have."""

_NAMES_ONLY = (FieldName.TITLE, FieldName.ALIASES)


def may_answer(ranked: Ranked, asked: Interpretation) -> bool:
    """Whether a candidate has what the kind of question asks for."""
    field = ranked.candidate.field
    if asked.kind.section and asked.cases and asked.kind.section not in ranked.candidate.section:
        return False
    if field and field.name in _NAMES_ONLY:
        return asked.kind.id == "aliases"
    if asked.kind.type == "date":
        return bool(facts.stated_in(ranked, asked))
    return is_item(ranked, asked) or _has_type(ranked, asked)


def _has_type(ranked: Ranked, asked: Interpretation) -> bool:
    if asked.kind.type is None:
        free = asked.kind.style == "passage" or not asked.kind.fields
        return free or bool(asked.kind.words & ranked.candidate.stems)
    if asked.kind.type in SOFT and asked.kind.id not in HARD_KINDS:
        return _may_answer_softly(ranked, asked)
    if asked.kind.id in HARD_KINDS and ranked.rest and not ranked.own:
        return False
    return bool(facts.asked_for(ranked.values, ranked.candidate.text, asked))


def _may_answer_softly(ranked: Ranked, asked: Interpretation) -> bool:
    """A name or place that no pattern finds must stand in a sentence that says much of the rest."""
    if asked.kind.type == "reason":
        return ranked.candidate.field is None
    if asked.kind.type not in ("name", "place"):
        return True
    if ranked.own >= UNTYPED and ranked.candidate.field is None:
        return True
    return bool(facts.asked_for(ranked.values, ranked.candidate.text, asked))


def is_item(ranked: Ranked, asked: Interpretation) -> bool:
    """Whether a candidate is an item of a field that states this kind of thing."""
    field = ranked.candidate.field
    if field is None or field.name not in asked.kind.fields:
        return False
    return not asked.kind.part or field.attributes.get("part", "name") == asked.kind.part
