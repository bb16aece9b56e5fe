"""Phrases and a text → the longest phrases that the text contains, with code-point offsets.

Case, accents, hyphens, apostrophes, possessive endings and listed spellings do not count. What a
phrase means, and which of two meanings is right, is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from casequote.corpus.errors import InvalidDocument

Sense = TypeVar("Sense")

_DOTTED = r"[^\W\d_](?:\.[^\W\d_])+\b\.?"  # U.S. is one word, the same as US
_WORD = re.compile(rf"{_DOTTED}|&|[^\W_]+(?:[\u0300-\u036f'’]+[^\W_]+)*[\u0300-\u036f]*")
_TAIL = re.compile(r"[^\w\s.]*$")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "&": "and"}
    | dict.fromkeys(".'’")
)
_INSIGNIFICANT = re.compile(r"[\s'’‘]+")
_HYPHENS = frozenset("-‐‑–")


class Written(Enum):
    """How a phrase must be written to count in running text."""

    ANYHOW = "in any case"
    EXACTLY = "with just these capitals, as acronyms are"
    CAPITALISED = "with a capital, because it is a common word too"
    APART = "with a capital and beside no other capital, because it is a personal name too"


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Sense]):
    """A phrase and one thing that it stands for."""

    text: str
    sense: Sense
    written: Written = Written.ANYHOW


@dataclass(frozen=True, slots=True)
class Match(Generic[Sense]):
    """Characters of a text that are a phrase, and everything that the phrase may stand for."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class Word(NamedTuple):
    """A word of a text: its span without a possessive ending, and where that ending ends."""

    start: int
    end: int
    after: int
    raw: str


@dataclass(slots=True)
class _Node(Generic[Sense]):
    """What may follow the words so far, and the phrases that end here, with their last signs."""

    following: dict[str, _Node[Sense]] = field(default_factory=dict)
    ending: list[tuple[Phrase[Sense], str, str]] = field(default_factory=list)


class PhraseIndex(Generic[Sense]):
    """Finds phrases in texts; `spellings` says which words count as which other word."""

    def __init__(self, phrases: Iterable[Phrase[Sense]], spellings: Mapping[str, str]) -> None:
        self._spellings = dict(spellings)
        self._root: _Node[Sense] = _Node()
        for phrase in phrases:
            node = self._root
            words = split_words(phrase.text)
            if not words:
                raise InvalidDocument(
                    f"data/vocabulary: the name {phrase.text!r} has no letter or digit; correct it"
                )
            for key in self._keys(phrase.text, words):
                node = node.following.setdefault(key, _Node())
            tail = _TAIL.search(phrase.text, words[-1].end)
            exact = _as_written(phrase.text, words) if phrase.written is Written.EXACTLY else ""
            node.ending.append((phrase, tail.group() if tail else "", exact))

    def shared(self) -> Iterator[tuple[Phrase[Sense], ...]]:
        """Groups of phrases that are the same to the index."""
        nodes = [self._root]
        while nodes:
            node = nodes.pop()
            nodes += node.following.values()
            for tail in dict.fromkeys(tail for _, tail, _ in node.ending):
                group = tuple(phrase for phrase, own, _ in node.ending if own == tail)
                if len(group) > 1:
                    yield group

    def find(self, text: str) -> Iterator[Match[Sense]]:
        """The phrases of a text from left to right, at each place the longest, none overlapping."""
        words = split_words(text)
        roots = self._root.following
        spellings = self._spellings
        position = 0
        while position < len(words):
            folded = fold_word(words[position].raw)
            found = None
            if node := roots.get(spellings.get(folded, folded)):
                found = self._longest(text, words, position, node)
            if found:
                match, position = found
                yield match
            else:
                position += 1

    def senses(self, text: str) -> tuple[Sense, ...]:
        """What the whole text stands for as a value; capitals count in acronyms only."""
        words = split_words(text)
        node: _Node[Sense] | None = self._root
        for key in self._keys(text, words):
            node = node.following.get(key) if node else None
        if node is None or not words:
            return ()
        rest = text[words[-1].end :].strip()
        return tuple(
            phrase.sense
            for phrase, tail, exact in node.ending
            if rest in {tail, "."} and (not exact or exact == _as_written(text, words))
        )

    def _keys(self, text: str, words: list[Word]) -> Iterator[str]:
        after = words[0].start if words else 0
        for word in words:
            folded = fold_word(word.raw)
            yield fold_gap(text[after : word.start]) + self._spellings.get(folded, folded)
            after = word.after

    def _longest(
        self, text: str, words: list[Word], first: int, node: _Node[Sense]
    ) -> tuple[Match[Sense], int] | None:
        best = self._ended(text, words, first, first, node) if node.ending else None
        last = first
        while node.following and last + 1 < len(words):
            gap = fold_gap(text[words[last].after : words[last + 1].start])
            last += 1
            folded = fold_word(words[last].raw)
            following = node.following.get(gap + self._spellings.get(folded, folded))
            if following is None:
                break
            node = following
            if node.ending:
                best = self._ended(text, words, first, last, node) or best
        return best

    def _ended(
        self, text: str, words: list[Word], first: int, last: int, node: _Node[Sense]
    ) -> tuple[Match[Sense], int] | None:
        end = words[last].end
        counting = [
            (len(tail), phrase.sense)
            for phrase, tail, exact in node.ending
            if text.startswith(tail, end)
            and _counts(phrase.written, exact, text, words, first, last)
        ]
        if not counting:
            return None
        longest = max(length for length, _ in counting)
        senses = tuple(sense for length, sense in counting if length == longest)
        return Match(words[first].start, end + longest, senses), last + 1


def split_words(text: str) -> list[Word]:
    """The words of a text; an ampersand is one, and so is an abbreviation with full stops."""
    words = []
    for match in _WORD.finditer(text):
        raw = match.group()
        start, after = match.span()
        end = after - 2 if raw.endswith(("'s", "’s")) and len(raw) > 2 else after
        words.append(Word(start, end, after, raw))
    return words


@lru_cache(maxsize=1 << 16)
def fold_word(raw: str) -> str:
    """The word without case, accents, full stops, apostrophes and possessive ending."""
    bare = raw[:-2] if raw.endswith(("'s", "’s")) else raw
    decomposed = unicodedata.normalize("NFKD", bare.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


@lru_cache(maxsize=1 << 12)
def fold_gap(raw: str) -> str:
    """What stands between two words, without white space, quotes and a hyphen; "" joins them.

    A blank line and a dash set off by spaces never join words.
    """
    if raw == " ":
        return ""
    if raw in _HYPHENS:
        return ""
    return "\n" if raw.count("\n") > 1 else _INSIGNIFICANT.sub("", raw)


def _as_written(text: str, words: list[Word]) -> str:
    """The words with their capitals; U.S. and u.s. as US."""
    return " ".join(
        w.raw.replace(".", "").upper() if "." in w.raw else text[w.start : w.end] for w in words
    )


def _counts(
    written: Written, exact: str, text: str, words: list[Word], first: int, last: int
) -> bool:
    if written is Written.ANYHOW:
        return True
    if written is Written.EXACTLY:
        return exact == _as_written(text, words[first : last + 1])
    if not words[first].raw[0].isupper():
        return False
    return written is Written.CAPITALISED or not _beside_a_capital(text, words, first, last)


def _beside_a_capital(text: str, words: list[Word], first: int, last: int) -> bool:
    """Whether the phrase looks like a part of a longer name ("Jordan Smith", "Michael Jordan").

    A capital at the start of a sentence says nothing, and neither do words all in capitals.
    """

    def joined(left: int, right: int) -> bool:
        return text[words[left].after : words[right].start] == " " and words[right].raw[0].isupper()

    if words[first].raw.isupper():
        return False
    if last + 1 < len(words) and words[last].end == words[last].after and joined(last, last + 1):
        return True
    return (
        first > 1
        and words[first - 1].raw[0].isupper()
        and joined(first - 1, first)
        and joined(first - 2, first - 1)
    )
