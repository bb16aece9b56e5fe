"""Fact questions: the values of the asked type in the best evidence, corroborated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from casequote.corpus.document import FieldName
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import stems
from casequote.prompts.findings import Finding, Quote, merge
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import ValueType
from casequote.prompts.selection import Ranked
from casequote.prompts.synonyms import alike, similar
from casequote.prompts.values import Found, find, normal_date

NEAR_BEST = 0.9
"""Share of the best score from which a candidate counts as saying the same thing."""
CORROBORATING = 0.45
MOST_VALUES = 6
_NUMERAL = re.compile(r"[ivx]{1,4}|\d+")
_NEAR = 40
"""Characters after a count within which the word that it counts must stand."""
_OTHER_NUMBERS: dict[ValueType, frozenset[str]] = {
    "date": frozenset(),
    "money": frozenset(stems("bitcoin euros dollars pounds won pesos naira")),
    "duration": frozenset(stems("years months weeks days hours")),
    "age": frozenset(stems("years")),
}
"""Numbers within these are no counts, unless their own unit is what is counted."""
_WINDOW = 80
"""Characters around a person or place within which what it is asked for must stand."""
_ANCHORED = frozenset({"person", "place", "date", "proper"})
_SURNAMED = frozenset({"name", "person", "proper"})
_NAMES = frozenset({"name", "person", "proper", "body", "place", "platform", "judge", "court"})


def values_of(ranked: Sequence[Ranked], asked: Interpretation) -> tuple[Finding, ...]:
    """The values in the best candidate, with the other candidates that state them too."""
    best = ranked[0]
    stated = stated_in(best, asked)
    normals = {finding.normal for finding in stated}
    for other in ranked[1:80]:
        if other.score < CORROBORATING * best.score:
            break
        for finding in stated_in(other, asked):
            same_subject = other.candidate.document.case == best.candidate.document.case
            if finding.normal in normals and same_subject:
                stated.append(finding)
            elif _as_good(other, best) and same_subject:
                stated.append(finding)
                normals.add(finding.normal)
    merged = merge(stated)[:MOST_VALUES]
    return tuple(_worded_as_in_the_field(finding, asked) for finding in merged)


def _worded_as_in_the_field(finding: Finding, asked: Interpretation) -> Finding:
    """The value as a labelled field of the record has it, where one states it."""
    for quote in finding.quotes:
        for item in quote.document.fields:
            here = (item.start, item.end) == (quote.start, quote.end)
            if here and item.stated and item.name in asked.kind.fields:
                text = quote.document.text[slice(*item.value_span)]
                if _normal(text, item.value, asked) == finding.normal:
                    return replace(finding, text=text)
    return finding


def _as_good(other: Ranked, best: Ranked) -> bool:
    return other.score >= NEAR_BEST * best.score and other.own >= best.own and bool(other.values)


def stated_in(ranked: Ranked, asked: Interpretation) -> list[Finding]:
    """The values of the asked type that a candidate states, as precise as the question wants."""
    found = _stated(ranked, asked)
    if asked.precision:
        found = [f for f in found if len(f.normal.split("/")[0]) >= asked.precision]
    return found


def less_precise(ranked: Sequence[Ranked], asked: Interpretation) -> str | None:
    """The best date that is stated, when it is less precise than the question wants."""
    if not asked.precision:
        return None
    found = [f for r in ranked[:3] for f in _stated(r, asked) if r.own > 0]
    return found[0].text if found else None


def _stated(ranked: Ranked, asked: Interpretation) -> list[Finding]:
    candidate = ranked.candidate
    document = candidate.document
    quote = Quote(document, candidate.start, candidate.end)
    field = candidate.field
    if field is not None and field.name is FieldName.DATES and asked.kind.type == "date":
        if asked.anchors and not asked.anchors & candidate.stems:
            return []  # another event
        stamp = field.attributes["date"]
        return [Finding(stamp, normal_date(stamp) or stamp, (quote,))]
    if field is not None and field.name in asked.kind.fields and field.stated:
        text = document.text[slice(*field.value_span)]
        about = field.attributes.get("defendant") or field.attributes.get("label")
        return [Finding(text, _normal(text, field.value, asked), (quote,), about)]
    text = candidate.text
    found = asked_for(ranked.values, text, asked)
    return [Finding(text[v.start : v.end], v.normal, (quote,)) for v in found]


def _normal(text: str, value: str, asked: Interpretation) -> str:
    """The normal form of the first typed value in a field, so that prose can corroborate it."""
    typed = find(asked.kind.type, text) if asked.kind.type else []
    return typed[0].normal if len(typed) == 1 else fold(value)


def asked_for(values: Sequence[Found], text: str, asked: Interpretation) -> list[Found]:
    """Values that may be the answer: not what the question itself says, and the right counts."""
    kind = asked.kind.type
    if kind in _ANCHORED and asked.anchors:
        values = [v for v in values if asked.anchors & _beside(text, v)]
    elif kind == "name" and asked.anchors:
        near = asked.anchors.union(*(similar(stem) for stem in asked.anchors))
        values = [v for v in values if near & _beside(text, v)]
    if asked.kind.beside:
        values = [v for v in values if asked.kind.beside & _beside(text, v)]
    if kind in _NAMES:
        return [v for v in values if not _said(text[v.start : v.end], asked)]
    if kind != "count":
        return list(values)
    wanted = alike(asked.focus) or (set(asked.topic) | asked.kind.words)
    other = [
        span
        for kind, words in _OTHER_NUMBERS.items()
        if not wanted & words
        for span in find(kind, text)
    ]
    values = [v for v in values if not any(o.start <= v.start and v.end <= o.end for o in other)]
    close = [v for v in values if wanted & set(stems(text[v.end : v.end + _NEAR]))]
    if asked.focus:
        return close
    return close or list(values)


@lru_cache(maxsize=100)
def bodies_in(question: str) -> frozenset[str]:
    """The full names of the bodies that a question names."""
    return frozenset(m.name for m in vocabulary().mentions(question) if m.kind == "body")


def _said(name: str, asked: Interpretation) -> bool:
    """Whether the question itself says a name, or the surname of a person."""
    said = set(asked.content)
    if asked.kind.type == "body" and vocabulary().body(name) in bodies_in(asked.question):
        return True
    parts = [stem for stem in stems(name) if not _NUMERAL.fullmatch(stem)]
    if asked.kind.type in _SURNAMED:
        return not parts or parts[-1] in said
    return set(parts) <= said


def _beside(text: str, value: Found) -> set[str]:
    """Stems near a value in its sentence."""
    return set(stems(text[max(0, value.start - _WINDOW) : value.end + _WINDOW]))
