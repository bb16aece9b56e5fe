"""Words that count the same thing (`data/synonyms.yaml`): stems → the stems of their class."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from casequote.embeddings.terms import stems
from casequote.prompts.kinds import data


@cache
def _classes() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(stem for word in words for stem in stems(word)[-1:])
        for words in data("synonyms.yaml")
    )


def alike(asked: Collection[str]) -> frozenset[str]:
    """The stems themselves and those of every class that one of them is in."""
    return frozenset(asked).union(*(found for found in _classes() if found & set(asked)))
