"""Question → the details that narrow what it asks for: precision, figures, countries, publisher."""

from __future__ import annotations

import re

from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import content_stems, words
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.interpretation import FOREIGN
from casequote.prompts.kinds import KindMatch
from casequote.prompts.measures import Comparison
from casequote.prompts.naming import Named
from casequote.prompts.phrases import phrases
from casequote.prompts.values import figures

_COUNTED = re.compile(
    r"\bhow many ((?:[\w'’-]+ ){0,3}?[\w'’-]+)(?= (?:did|do|does|was|were|is|are|had|have|has|been|"
    r"of|in|on|from|by|to|at|with|that|who|which|took|could|must|for)\b|\?|$)",
    re.IGNORECASE,
)
_VERB = "did|do|does|was|were|is|are|had|have|has|could|can|would|should|will|must"
_ASKED = re.compile(
    rf"^(?:what|which) ((?:(?!(?:{_VERB})\b)[\w'’-]+ ){{1,4}}?)(?=(?:{_VERB}|led|made|caused)\b)",
    re.IGNORECASE,
)
_DAY = re.compile(r"\b(?:what|which|exact)(?: \w+)? (?:day|date)\b", re.IGNORECASE)
_MONTH = re.compile(r"\b(?:what|which)(?: \w+)? month\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?:foreign|overseas|international|other countries)\b", re.IGNORECASE)
_ACCORDING = re.compile(r"\b[Aa]ccording to ((?:the )?[A-Z0-9][\w'’.-]*(?: [A-Z0-9][\w'’.-]*)*)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def precision(text: str) -> int:
    if _DAY.search(text):
        return len("YYYY-MM-DD")
    return len("YYYY-MM") if _MONTH.search(text) else 0


def left_words(
    text: str, filtered: frozenset[str], comparison: Comparison | None
) -> tuple[str, ...]:
    said = phrases()
    content = content_stems(text, without=said.empty_words | said.across_empty_words)
    explained = filtered | (comparison.said | comparison.counted if comparison else frozenset())
    return tuple(stem for stem in content if stem not in explained)


def head(text: str) -> frozenset[str]:
    """What "which" or "what" asks for: the stem of "condition" in "what medical condition led"."""
    m = _ASKED.search(text)
    return (
        frozenset(content_stems(m.group(1), without=phrases().empty_words)[-1:])
        if m
        else frozenset()
    )


def counted(text: str) -> frozenset[str]:
    """What "how many" counts: the words up to the next verb or preposition."""
    m = _COUNTED.search(text)
    return frozenset(content_stems(m.group(1))) if m else frozenset()


def restriction(text: str, match: KindMatch | None, *, carried: bool) -> tuple[str, ...]:
    """The countries within the cue ("which United States bodies"), or "foreign".

    A follow-up that carries its kind on has no cue: all of it restricts ("and in Singapore?").
    """
    if match is None and not carried:
        return ()
    cue = text[match.start : match.end] if match else text
    if _FOREIGN.search(cue):
        return (FOREIGN,)
    mentions = vocabulary().mentions(cue)
    return tuple(dict.fromkeys(m.name for m in mentions if m.kind in ("country", "demonym")))


def asked_figures(text: str, named: Named) -> frozenset[str]:
    names = {word for name in named.texts for word in words(name)}
    found = (figure for figure in figures(text) if figure not in names)
    return frozenset(figure for figure in found if not _YEAR.fullmatch(figure))


def publisher(text: str, catalogue: Catalogue) -> str | None:
    """The publisher that a question keeps to ("according to Le360")."""
    m = _ACCORDING.search(text)
    if not m:
        return None
    said = fold(m.group(1))
    near = [name for name in catalogue.publishers() if fold(name).startswith(said)]
    return min(near, key=len, default=None)
