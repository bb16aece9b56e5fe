"""Words that count the same thing (`data/synonyms.yaml`): stems → the stems of their class."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from casequote.embeddings.terms import content_stems, stems
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


@cache
def similar(stem: str) -> frozenset[str]:
    """Stems of the words that say nearly the same (`data/similar_words.yaml`), without itself."""
    classes = (cls for cls in _similar_classes() if stem in cls)
    return frozenset().union(*classes) - {stem}


@cache
def _similar_classes() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(stem for word in words for stem in content_stems(word))
        for words in data("similar_words.yaml")
    )


def spelled_out(stem: str) -> tuple[frozenset[str], ...]:
    """The word itself and what it abbreviates, each as the stems that must occur together."""
    return (frozenset((stem,)), *_abbreviations().get(stem, ()))


def is_abbreviation(word: str) -> bool:
    """Whether a word is one of the abbreviations."""
    return all(stem in _abbreviations() for stem in stems(word))


@cache
def _abbreviations() -> dict[str, tuple[frozenset[str], ...]]:
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for short, long in data("abbreviations.yaml").items():
        for stem in stems(short):
            found[stem] = (*found.get(stem, ()), frozenset(content_stems(long)))
    return found
