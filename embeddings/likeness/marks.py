"""Text → marks: the points of a case that a reader notes, each with the words that state it.

Marks are data (`data/marks.yaml`). A phrase is compared by the stems of its words, within a
sentence; whether a mark matters more than another is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Annotated, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from casequote.corpus.errors import InvalidDocument
from casequote.embeddings.terms import stems

FILE = "data/marks.yaml"
GAP = 5
"""Other words that "..." in a phrase may stand for."""
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.!?;\n•]")
_ANY = "..."


class Token(NamedTuple):
    """A word of a text: its stem, its span, and whether a sentence may begin with it."""

    stem: str
    start: int
    end: int
    begins: bool
    exact: str
    """The word as it stands, folded, after "="."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in which cases may be alike; `general` is a wider mark that holds too."""

    view: str
    name: str
    label: str
    general: str | None = None


@dataclass(frozen=True, slots=True)
class MarkHit:
    """The words of a text that state a mark."""

    mark: Mark
    start: int
    end: int


class _MarkEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(min_length=1)]
    label: Annotated[str, StringConstraints(min_length=1)]
    general: Annotated[str | None, Field(alias="is")] = None
    phrases: Annotated[tuple[str, ...], Field(min_length=1)]
    unless: tuple[str, ...] = ()


class _MarkFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    method: tuple[_MarkEntry, ...]
    victims: tuple[_MarkEntry, ...]
    offender: tuple[_MarkEntry, ...]
    measures: tuple[_MarkEntry, ...]
    cooperation: tuple[_MarkEntry, ...]
    outcome: tuple[_MarkEntry, ...]


class _Step(NamedTuple):
    """One word of a phrase: the stems it may have, and whether other words may come before it."""

    stems: frozenset[str]
    after_gap: bool


class _Phrase(NamedTuple):
    mark: Mark
    steps: tuple[_Step, ...]
    counts: bool
    """False for words in which the mark does not count."""


class MarkIndex:
    """Finds marks in tokens, by the first word of each phrase."""

    def __init__(self, marks: Iterable[tuple[Mark, Sequence[str], Sequence[str]]]) -> None:
        self.marks: dict[tuple[str, str], Mark] = {}
        self._by_first: dict[str, list[_Phrase]] = {}
        for mark, phrases, unless in marks:
            self.marks[mark.view, mark.name] = mark
            for phrase in (*phrases, *unless):
                for steps in _steps(phrase):
                    found = _Phrase(mark, steps, phrase in phrases)
                    for stem in steps[0].stems:
                        self._by_first.setdefault(stem, []).append(found)
        self._check()

    def find(self, tokens: Sequence[Token]) -> list[MarkHit]:
        """Every mark that the tokens state, from left to right, general marks after special ones.

        A mark that is stated twice is found twice.
        """
        hits: list[tuple[_Phrase, int, int]] = []
        for position, token in enumerate(tokens):
            phrases = self._by_first.get(token.stem, ())
            exact = self._by_first.get(f"={token.exact}", ())
            for phrase in (*phrases, *exact):
                last = _match(tokens, phrase, 1, position)
                if last is not None:
                    hits.append((phrase, token.start, tokens[last].end))
        denied = [(p.mark, start, end) for p, start, end in hits if not p.counts]
        found: dict[tuple[str, str, int], MarkHit] = {}
        for phrase, start, end in hits:
            if not phrase.counts or any(
                m is phrase.mark and s < end and start < e for m, s, e in denied
            ):
                continue
            mark: Mark | None = phrase.mark
            while mark:
                found.setdefault((mark.view, mark.name, start), MarkHit(mark, start, end))
                mark = self.marks.get((mark.view, mark.general or ""))
        return list(found.values())

    def more_general(self, mark: Mark) -> list[str]:
        """Names of the marks that hold wherever `mark` does, nearest first."""
        names: list[str] = []
        while mark.general:
            names.append(mark.general)
            mark = self.marks[mark.view, mark.general]
        return names

    def _check(self) -> None:
        for mark in self.marks.values():
            seen = {mark.name}
            above = mark
            while above.general:
                parent = self.marks.get((above.view, above.general))
                if parent is None or parent.name in seen:
                    raise InvalidDocument(
                        f"{FILE}: {mark.name!r}: `is: {above.general}` names no other mark of "
                        f"{mark.view}; write the name of one"
                    )
                seen.add(parent.name)
                above = parent


@cache
def mark_index() -> MarkIndex:
    """The marks of the package. Raises InvalidDocument when the file is not sound."""
    text = files("casequote.embeddings.likeness").joinpath(FILE).read_text("utf-8")
    return read_marks(text)


def read_marks(text: str) -> MarkIndex:
    """The marks of a file's text. Raises InvalidDocument with the place of the first fault."""
    try:
        read = _MarkFile.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InvalidDocument(f"{FILE}: is no YAML ({error}); correct it") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidDocument(f"{FILE}, {place}: {first['msg']}; correct it") from error
    entries: list[tuple[Mark, Sequence[str], Sequence[str]]] = []
    names: set[tuple[str, str]] = set()
    for view in _MarkFile.model_fields:
        for entry in getattr(read, view):
            if (view, entry.name) in names:
                raise InvalidDocument(f"{FILE}, {view}: two marks are called {entry.name!r}")
            names.add((view, entry.name))
            mark = Mark(view, entry.name, entry.label, entry.general)
            entries.append((mark, entry.phrases, entry.unless))
    return MarkIndex(entries)


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of ``text[start:end]`` in order, stemmed as the lexical index stems them."""
    found: list[Token] = []
    last = start
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        begins = _BREAK.search(text, last, match.start()) is not None or not found
        word = match.group()
        found.append(Token(_stem(word), match.start(), match.end(), begins, word.casefold()))
        last = match.end()
    return found


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """The stem of a word; letters that do not stem are only folded."""
    return next(iter(stems(word)), word.casefold())


def _steps(phrase: str) -> list[tuple[_Step, ...]]:
    """The rows of words that a phrase stands for; "e-mail|mail" makes two of them."""
    slots: list[tuple[bool, list[tuple[str, ...]]]] = []
    gap = False
    for part in phrase.split():
        if part == _ANY:
            gap = True
            continue
        words = [_option(option) for option in part.split("|")]
        slots.append((gap, [w for w in dict.fromkeys(words) if w]))
        gap = False
    if not slots or gap or slots[0][0] or not all(options for _, options in slots):
        raise InvalidDocument(
            f"{FILE}: the phrase {phrase!r} needs words between spaces, and one at each end"
        )
    if all(len(option) == 1 for _, options in slots for option in options):
        return [tuple(_Step(frozenset(o[0] for o in options), g) for g, options in slots)]
    return [
        tuple(
            _Step(frozenset({word}), gap and not place)
            for (gap, _), option in zip(slots, chosen, strict=True)
            for place, word in enumerate(option)
        )
        for chosen in product(*(options for _, options in slots))
    ]


def _option(option: str) -> tuple[str, ...]:
    """The stems of one way to fill a place in a phrase; "=word" stands for itself."""
    if option.startswith("="):
        return (option.casefold(),)
    return tuple(map(_stem, _WORD.findall(option)))


def _match(tokens: Sequence[Token], phrase: _Phrase, step: int, at: int) -> int | None:
    """The position of the last word of a phrase whose word before `step` stands at `at`.

    The shortest match, or the longest of words that do not count.
    """
    if step == len(phrase.steps):
        return at
    wanted, after_gap = phrase.steps[step]
    best: int | None = None
    for position in range(at + 1, min(len(tokens), at + 2 + (GAP if after_gap else 0))):
        if tokens[position].begins:
            break
        if tokens[position].stem in wanted or f"={tokens[position].exact}" in wanted:
            last = _match(tokens, phrase, step + 1, position)
            if last is not None and phrase.counts:
                return last
            best = last if last is not None else best
    return best
