"""Values and clauses that say only that something is not known (`data/not_stated.yaml`)."""

from __future__ import annotations

import re
from functools import cache

from casequote.embeddings.terms import content_stems
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import data

LONGEST = 14
"""A value of more words says other things too, unless it opens by saying nothing."""
_CLAUSE = re.compile(r"[^.;()]+")
_BEFORE = 6
"""Words before "is not stated" that say what is not stated."""
_SHARE = 0.5
_NAMING = frozenset({"name", "person", "proper"})


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in data("not_stated.yaml")[name])


def says_nothing(value: str) -> bool:
    """Whether a value only says that the sources do not tell."""
    short = len(value.split()) <= LONGEST
    return any(p.search(value) if short else p.match(value) for p in _patterns("match"))


def unstated(text: str, asked: Interpretation) -> str | None:
    """The clause of a sentence that says that just what is asked is not known, if there is one."""
    patterns = _patterns("within")
    if asked.kind.type in _NAMING:
        patterns += _patterns("unnamed")
    wanted = set(asked.content) | asked.kind.words
    for clause in _CLAUSE.finditer(text):
        for pattern in patterns:
            m = pattern.search(clause.group())
            if m and _asks_for(clause.group()[: m.start()], wanted, asked.anchors):
                return clause.group().strip()
    return None


def _asks_for(before: str, wanted: set[str], anchors: frozenset[str]) -> bool:
    said = set(content_stems(" ".join(before.split()[-_BEFORE:])))
    return bool(said & anchors) and len(said & wanted) >= _SHARE * len(said)
