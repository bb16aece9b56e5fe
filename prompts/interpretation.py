"""Question (and the turns before it) → interpretation: kind, cases, filters, what remains.

What a question was taken to mean is data that is shown and can be corrected; nothing is searched
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from casequote.embeddings.terms import content_stems
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.filters import Filters, find_filters
from casequote.prompts.kinds import Kind, kinds, match_kind
from casequote.prompts.naming import find_names
from casequote.prompts.phrases import matches, phrases

MOST_FOLLOW_UP = 5
"""A question of so few content words, without a name, goes on with the one before."""
LONGEST = 2_000
"""Only so many characters of a question are read; the rest is ignored by saying so."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a question was taken to mean."""

    question: str
    kind: Kind
    cases: tuple[str, ...] = ()
    carried: bool = False
    """Whether the cases come from the turn before."""
    across: bool = False
    """Whether it is asked over many cases."""
    counting: bool = False
    yes_no: bool = False
    filters: Filters = field(default_factory=Filters)
    query: str = ""
    """What is searched for: the question, with the words it goes on from."""
    topic: tuple[str, ...] = ()
    """Stems that evidence must have, in its text or because its case is about them: the content
    without cue words and empty words."""
    content: tuple[str, ...] = ()
    """Stems of all content words."""
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    refusal: str | None = None
    """Why it is out of scope, if it is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and the cases its answer came from."""

    interpretation: Interpretation
    cases: tuple[str, ...]


def interpret(
    question: str,
    catalogue: Catalogue,
    *,
    before: Sequence[Turn] = (),
    cases: Sequence[str] = (),
    filters: Filters | None = None,
) -> Interpretation:
    """What the question means; `cases` and `filters` given by the user overrule its words."""
    text = " ".join(question.split())[:LONGEST]
    said = phrases()
    named = find_names(text, catalogue)
    match = match_kind(text)
    previous = before[-1] if before else None
    across = matches(said.across, text) and not named.cases and not cases
    goes_on = previous is not None and not (named.cases or named.unknown or across)
    goes_on = goes_on and (
        matches(said.follow_up, text) or len(content_stems(text)) <= MOST_FOLLOW_UP
    )
    kind = match.kind if match else kinds()["passage"]
    query = text
    if goes_on and previous:
        kind, query = _carried(text, kind if match else None, previous)
    chosen = tuple(cases) or named.cases or (previous.cases if goes_on and previous else ())
    wanted_filters = filters or find_filters(text, catalogue)
    return Interpretation(
        question=question,
        kind=kind,
        cases=chosen,
        carried=goes_on and not cases,
        across=across,
        counting=across and matches(said.how_many_cases, text),
        yes_no=matches(said.yes_no, text) and match is None,
        filters=wanted_filters,
        query=query,
        topic=_topic(text, kind),
        content=tuple(content_stems(text)),
        unknown=named.unknown,
        near=named.near,
        refusal=None if chosen else said.refusal(text),
    )


def _carried(text: str, kind: Kind | None, previous: Turn) -> tuple[Kind, str]:
    """A follow-up keeps the kind it does not change and is searched with the question before."""
    earlier = previous.interpretation
    return kind or earlier.kind, f"{text} {earlier.query}"


def _topic(text: str, kind: Kind) -> tuple[str, ...]:
    empty = phrases().empty_stems | kind.words
    return tuple(stem for stem in content_stems(text) if stem not in empty)
