"""Question and the turns before it → what it carries on: cases, kind, filters, an item of a list.

A question that names another case keeps the kind; one that changes the subject keeps nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from casequote.embeddings.terms import content_stems
from casequote.prompts.filters import Filters
from casequote.prompts.interpretation import Turn
from casequote.prompts.kinds import Kind
from casequote.prompts.naming import Named
from casequote.prompts.phrases import matches, phrases

MOST_FOLLOW_UP = 5
"""A question of so few content words, without a name, goes on with the one before."""
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "last": -1}
_ORDINAL = re.compile(
    rf"\b(?:the )?({'|'.join(_ORDINALS)}|latter|former)(?: (?:one|case|of (?:them|these|those)))?\b"
    r"(?= *(?:[?.!,;]|$))|"
    rf"\b(?:the )?({'|'.join(_ORDINALS)}) (?:one|of (?:them|these|those))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question takes over from the turn before; empty when it stands alone."""

    text: str
    """The question, with "the second one" put into words."""
    kind: Kind | None = None
    cases: tuple[str, ...] = ()
    query: str = ""
    across: bool = False
    filters: Filters | None = None


def referred(text: str, previous: Turn | None) -> Carried:
    """The question with an item of the last answer in place of "the second one".

    An item of a list of cases is carried as that case.
    """
    m = _ORDINAL.search(text) if previous else None
    if previous is None or m is None:
        return Carried(text)
    word = (m.group(1) or m.group(2)).casefold()
    place = {"latter": -1, "former": 0}.get(word, _ORDINALS.get(word, 0))
    if previous.interpretation.across:
        chosen = previous.cases[place : place + 1 or None]
        return Carried(text[: m.start()] + text[m.end() :], cases=chosen)
    value = previous.values[place : place + 1 or None]
    if not value:
        return Carried(text)
    return Carried(text[: m.start()] + value[0] + text[m.end() :])


def carry(
    text: str, kind: Kind | None, named: Named, stated: Filters, across: bool, previous: Turn | None
) -> Carried:
    """What the question carries on from the turn before."""
    if previous is None or named.unknown:
        return Carried(text)
    said = phrases()
    pointing = matches(said.follow_up, text)
    if not pointing and (across or len(content_stems(text)) > MOST_FOLLOW_UP):
        return Carried(text)
    earlier = previous.interpretation
    if named.cases:
        return Carried(text, kind=None if kind else earlier.kind, query=text)
    pronoun = matches(said.pronouns, text) and not matches(said.among_them, text)
    if earlier.across and not pronoun and (across or stated.stated()):
        return Carried(text, across=True, filters=merged(earlier.filters, stated))
    if across and not pronoun:
        return Carried(text)
    return Carried(
        text,
        kind=kind or earlier.kind,
        cases=previous.cases,
        query=f"{text} {earlier.query}",
    )


def merged(before: Filters, now: Filters) -> Filters:
    """The filters before, with those that the question states in their place."""
    values = {f.name: getattr(now, f.name) or getattr(before, f.name) for f in fields(Filters)}
    if now.year_from or now.year_to:
        values |= {"year_from": now.year_from, "year_to": now.year_to}
    return Filters(**values)
