"""Question (and the turns before it) → interpretation: kind, cases, filters, what remains.

What a question was taken to mean is data that is shown and can be corrected; nothing is searched
here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import content_stems, words
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.filters import Filters, find_filters
from casequote.prompts.kinds import Kind, KindMatch, kinds, match_kind
from casequote.prompts.measures import Comparison, find_comparison
from casequote.prompts.naming import Named, find_names
from casequote.prompts.phrases import matches, phrases
from casequote.prompts.values import figures

FOREIGN = "foreign"
_COUNTED = re.compile(
    r"\bhow many ((?:[\w'’-]+ ){0,3}?[\w'’-]+)(?= (?:did|do|does|was|were|is|are|had|have|has|been|"
    r"of|in|on|from|by|to|at|with|that|who|which|took|could|must|for)\b|\?|$)",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b(?:what|which|exact)(?: \w+)? (?:day|date)\b", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:what|which)(?: \w+)? month\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?:foreign|overseas|international|other countries)\b", re.IGNORECASE)
_ACCORDING = re.compile(r"\b[Aa]ccording to ((?:the )?[A-Z0-9][\w'’.-]*(?: [A-Z0-9][\w'’.-]*)*)")
_YEAR = re.compile(r"(?:19|20)\d\d")
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
    named_by: tuple[str, ...] = ()
    """The names by which its cases were found."""
    filters: Filters = field(default_factory=Filters)
    query: str = ""
    """What is searched for: the question, with the words it goes on from."""
    topic: tuple[str, ...] = ()
    """Stems that evidence must have, in its text or because its case is about them: the content
    without cue words and empty words."""
    cues: tuple[str, ...] = ()
    """Stems of the words that told its kind."""
    content: tuple[str, ...] = ()
    """Stems of all content words."""
    anchors: frozenset[str] = frozenset()
    """Stems of the topic that are no part of the names of its cases."""
    focus: frozenset[str] = frozenset()
    """Stems of what "how many" counts."""
    precision: int = 0
    """Least length of an ISO date that is asked for: 7 for a month, 10 for a day."""
    left: tuple[str, ...] = ()
    """Stems of content words that neither a filter nor the question over many cases explains."""
    restricted: tuple[str, ...] = ()
    """Countries that list items must belong to, or `FOREIGN`."""
    figures: frozenset[str] = frozenset()
    """Figures in the question that evidence must have too; years are none."""
    publisher: str | None = None
    """The publisher whose account is asked for."""
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    comparison: Comparison | None = None
    """What it compares over many cases."""
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
    comparison = None if named.cases or cases else find_comparison(text)
    across = not named.cases and not cases
    across = across and (matches(said.across, text) or comparison is not None)
    across = across and not matches(said.not_across, text)
    goes_on = previous is not None and not (named.cases or named.unknown or across)
    goes_on = goes_on and (
        matches(said.follow_up, text) or len(content_stems(text)) <= MOST_FOLLOW_UP
    )
    kind = match.kind if match else kinds()["passage"]
    query = text
    if goes_on and previous:
        kind, query = _carried(text, kind if match else None, previous)
    chosen = tuple(cases) or named.cases or (previous.cases if goes_on and previous else ())
    stated = find_filters(text, catalogue)
    topic = _topic(text, kind, named)
    said_names = {stem for name in named.texts for stem in content_stems(name)}
    return Interpretation(
        question=question,
        kind=kind,
        cases=chosen,
        carried=goes_on and not cases,
        across=across,
        counting=across and matches(said.how_many_cases, text),
        yes_no=matches(said.yes_no, text),
        named_by=named.texts,
        filters=filters or stated.filters,
        left=_left(text, stated.stems, comparison),
        comparison=comparison,
        precision=_precision(text),
        query=query,
        topic=topic,
        cues=tuple(stem for stem in content_stems(text) if stem in kind.words),
        anchors=frozenset(stem for stem in topic if stem not in said_names),
        focus=_focus(text),
        restricted=_restriction(text, match),
        figures=_figures(text, named),
        publisher=_publisher(text, catalogue),
        content=tuple(content_stems(text)),
        unknown=named.unknown,
        near=named.near,
        refusal=None if chosen else said.refusal(text),
    )


def _carried(text: str, kind: Kind | None, previous: Turn) -> tuple[Kind, str]:
    """A follow-up keeps the kind it does not change and is searched with the question before."""
    earlier = previous.interpretation
    return kind or earlier.kind, f"{text} {earlier.query}"


def _topic(text: str, kind: Kind, named: Named) -> tuple[str, ...]:
    content = content_stems(text, without=phrases().empty_words)
    stems = (named.spelled.get(stem, stem) for stem in content)
    return tuple(dict.fromkeys(stem for stem in stems if stem not in kind.words))


def _precision(text: str) -> int:
    if _DAY.search(text):
        return len("YYYY-MM-DD")
    return len("YYYY-MM") if _MONTH.search(text) else 0


def _left(text: str, filtered: frozenset[str], comparison: Comparison | None) -> tuple[str, ...]:
    said = phrases()
    content = content_stems(text, without=said.empty_words | said.across_empty_words)
    explained = filtered | (comparison.said | comparison.counted if comparison else frozenset())
    return tuple(stem for stem in content if stem not in explained)


def _focus(text: str) -> frozenset[str]:
    """What "how many" counts: the words up to the next verb or preposition."""
    m = _COUNTED.search(text)
    return frozenset(content_stems(m.group(1))) if m else frozenset()


def _restriction(text: str, match: KindMatch | None) -> tuple[str, ...]:
    """The countries within the cue ("which United States bodies"), or "foreign"."""
    if match is None:
        return ()
    cue = text[match.start : match.end]
    if _FOREIGN.search(cue):
        return (FOREIGN,)
    mentions = vocabulary().mentions(cue)
    return tuple(dict.fromkeys(m.name for m in mentions if m.kind in ("country", "demonym")))


def _figures(text: str, named: Named) -> frozenset[str]:
    names = {word for name in named.texts for word in words(name)}
    found = (figure for figure in figures(text) if figure not in names)
    return frozenset(figure for figure in found if not _YEAR.fullmatch(figure))


def _publisher(text: str, catalogue: Catalogue) -> str | None:
    """The publisher that a question keeps to ("according to Le360")."""
    m = _ACCORDING.search(text)
    if not m:
        return None
    said = fold(m.group(1))
    near = [name for name in catalogue.publishers() if fold(name).startswith(said)]
    return min(near, key=len, default=None)
