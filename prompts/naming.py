"""Question → the cases it names, fuzzily but never wrongly.

A case is named when a name of it is told by a distinctive word; misspellings count when they are
close.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz, process

from casequote.embeddings.terms import stems, stop_words, words
from casequote.prompts.catalogue import Catalogue, Name, is_common
from casequote.prompts.unknown_names import near_titles, unknown_names

CLOSE = 84.0
"""Least similarity (rapidfuzz ratio, 0–100) for a misspelt word."""
CLOSE_BESIDE = 65.0
"""The same for a word beside one that is spelt right."""
CLOSE_BESIDE_COMMON = 75.0
"""The same beside a word that tells nothing, such as "operation"."""
_SHORTEST_FUZZY = 5
_JOINED = 2
"""More letters than this between two words, one within the other, mean that a part is missing."""
WHOLE = 0.95
LEAST_COVERAGE = 0.34
EXACT_SCORE = 4.0
"""Score of a name without telling words that stands whole in the question."""
SAME = 0.97
"""Share of the best score from which another case is named just as well."""
_NUMERAL = re.compile(r"[ivx]{1,4}|\d+")
_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names: cases, its misspelt words, and names nobody has."""

    cases: tuple[str, ...] = ()
    spelled: Mapping[str, str] = field(default_factory=dict)
    """Stem as it was typed → stem of the name that was meant."""
    texts: tuple[str, ...] = ()
    """The names themselves."""
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    """Titles of cases with names near to the unknown ones."""


@dataclass(frozen=True, slots=True)
class _Match:
    name: Name
    matched: dict[str, str]
    """Word of the name → word of the question."""
    score: float
    coverage: float


def find_names(question: str, catalogue: Catalogue) -> Named:
    """The cases a question names and the proper names in it that the library does not have."""
    asked = _asked_words(question)
    matches = _matches(asked, catalogue)
    best = max((match.score for match in matches), default=0.0)
    chosen = [match for match in matches if match.score >= SAME * best]
    consumed = {word for match in chosen for word in match.matched.values()}
    known = {word for match in chosen for word in match.name.words}
    unknown = unknown_names(question, consumed, known, catalogue)
    return Named(
        cases=tuple(dict.fromkeys(match.name.case for match in chosen)),
        spelled={
            stems(asked_word)[0]: stems(word)[0]
            for match in chosen
            for word, asked_word in match.matched.items()
            if _is_misspelt(word, asked_word)
        },
        texts=tuple(dict.fromkeys(match.name.text for match in chosen)),
        unknown=unknown,
        near=near_titles(unknown, catalogue),
    )


def _is_misspelt(word: str, asked: str) -> bool:
    """Whether the asked word is the word with other letters, not one that joins or splits it."""
    apart = abs(len(word) - len(asked)) > _JOINED
    return word != asked and not (apart and (word in asked or asked in word))


def _asked_words(question: str) -> list[str]:
    return [w for token in _TOKEN.findall(question) for w in words(re.sub(r"['’]s$", "", token))]


def _matches(asked: Sequence[str], catalogue: Catalogue) -> list[_Match]:
    lookup = _Lookup(asked, catalogue)
    found = []
    for name in catalogue.names:
        matched = lookup.match(name.words)
        if not any(word in name.distinctive for word in matched):
            if not name.distinctive and _occurs(name.words, asked):
                found.append(_Match(name, matched, EXACT_SCORE, 1.0))
            continue
        weights = {word: catalogue.name_rarity(word) for word in dict.fromkeys(name.words)}
        coverage = sum(weights[word] for word in matched) / sum(weights.values())
        got = _explained(matched, weights)
        telling = max(weights[word] for word in matched if word in name.distinctive)
        if coverage < LEAST_COVERAGE or not _is_used_as_name(matched, name, coverage, catalogue):
            continue
        found.append(_Match(name, matched, telling * (0.5 + 0.5 * coverage) + 0.5 * got, coverage))
    return found


def _explained(matched: Mapping[str, str], weights: Mapping[str, float]) -> float:
    """How much of the question a name explains: a word that was split counts once."""
    of_question: dict[str, float] = {}
    for word, asked in matched.items():
        of_question[asked] = max(of_question.get(asked, 0.0), weights[word])
    return sum(of_question.values())


def _occurs(name: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether the words of a name stand together in the question."""
    size = len(name)
    return any(tuple(asked[i : i + size]) == tuple(name) for i in range(len(asked) - size + 1))


def _is_used_as_name(
    matched: Mapping[str, str], name: Name, coverage: float, catalogue: Catalogue
) -> bool:
    """Whether the words found are more than ordinary words that happen to be in a name.

    A whole name of several words is; otherwise one of its words must belong to few cases.
    """
    if coverage >= WHOLE and len(matched) > 1 and not name.distinctive <= name.cities:
        return True
    if all(is_common(word) or _NUMERAL.fullmatch(word) for word in matched):
        return False
    return any(
        catalogue.only_in(word, name.case)
        if word in name.cities
        else catalogue.belongs_to(word, name.case)
        for word in matched
        if word in name.distinctive
    )


class _Lookup:
    """Words of the question, found exactly, joined or split otherwise, or nearly."""

    def __init__(self, asked: Sequence[str], catalogue: Catalogue) -> None:
        self._asked = list(asked)
        self._set = set(asked)
        common = stop_words()
        self._unknown = {
            word for word in self._set if word not in common and not catalogue.knows(word)
        }
        self._joined = {a + b: a for a, b in pairwise(asked)}

    def match(self, name: Sequence[str]) -> dict[str, str]:
        """Word of the name → word of the question that stands for it."""
        matched = {word: hit for word in dict.fromkeys(name) if (hit := self._find(word))}
        for first, second in pairwise(name):
            if first + second in self._set and first + second not in name:
                matched |= {first: first + second, second: first + second}
        if matched and self._unknown:
            matched |= self._beside(name, matched)
        return matched

    def _find(self, word: str) -> str | None:
        if word in self._set:
            return word
        if len(word) < _SHORTEST_FUZZY:
            return None
        if word in self._joined:
            return self._joined[word]
        return self._near(word, self._unknown, CLOSE)

    def _beside(self, name: Sequence[str], matched: Mapping[str, str]) -> dict[str, str]:
        """Misspelt words beside a word that is right: "Zac Coyne", "Ramon Abass"."""
        right = set(matched.values())
        telling = {word for word in right if not is_common(word)}
        beside = {
            word
            for a, b in pairwise(self._asked)
            for word, other in ((a, b), (b, a))
            if word in self._unknown and other in right
        }
        found = {}
        for word in dict.fromkeys(name):
            least = CLOSE_BESIDE if telling else CLOSE_BESIDE_COMMON
            near = None if word in matched else self._near(word, beside, least)
            if near:
                found[word] = near
        return found

    @staticmethod
    def _near(word: str, among: Collection[str], least: float) -> str | None:
        longest = [w for w in among if len(w) >= min(len(word), _SHORTEST_FUZZY)]
        near = process.extractOne(word, sorted(longest), scorer=fuzz.ratio, score_cutoff=least)
        return str(near[0]) if near and near[0][0] == word[0] else None
