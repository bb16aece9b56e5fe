"""Texts → the countries, places, public bodies, online services and offences that they name.

Names that are not in `data/vocabulary` are not found, persons and courts among them, and whether
what is named took part in a case is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from casequote.corpus.phrase_index import Match, PhraseIndex
from casequote.corpus.vocabulary_files import (
    Body,
    Country,
    CrimeType,
    Kind,
    Platform,
    Sense,
    Spellings,
    VocabularyFile,
    check_bodies,
    check_shared,
    read_vocabulary_file,
)

_COUNTRY: frozenset[Kind] = frozenset({"country", "demonym"})
_THE = re.compile(r"^\s*the\s+", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:the\s+)?|\s*\(", re.IGNORECASE)
_BESIDE = re.compile(r"(?:['’]s?)?\s")


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters of a text that name something; a demonym or city has its country's name."""

    kind: Kind
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Vocabulary:
    """The names that are known, and where a text mentions them."""

    countries: tuple[Country, ...]
    bodies: tuple[Body, ...]
    platforms: tuple[Platform, ...]
    crime_types: tuple[CrimeType, ...]
    _index: PhraseIndex[Sense]

    def country(self, text: str) -> str | None:
        """The United Nations name for a name, acronym or demonym."""
        return _name(self._senses(text, _COUNTRY))

    def body(self, text: str, country: str | None = None) -> str | None:
        """The full name of a public body; `country` decides where several share the text."""
        if senses := self._senses(text, {"body"}):
            return _name([s for s in senses if s.country == country] or senses)
        bare = _THE.sub("", text).strip()
        match self.mentions(bare):
            case (Mention("body", name, 0, end),) if end == len(bare):
                return name
        return None

    def bodies_called(self, text: str) -> tuple[Body, ...]:
        """Every body that the text may stand for, such as each country's Department of Justice."""
        called = {(s.name, s.country) for s in self._senses(text, {"body"})}
        return tuple(body for body in self.bodies if (body.name, body.country) in called)

    def other_names(self, name: str) -> tuple[str, ...]:
        """Names, acronyms and demonyms beside the name of a country or body; none if unknown."""
        return self._others.get(name, ())

    @cached_property
    def _others(self) -> dict[str, tuple[str, ...]]:
        countries = {c.name: (*c.aliases, *c.acronyms, *c.demonyms) for c in self.countries}
        return countries | {b.name: (*b.aliases, *b.acronyms) for b in self.bodies}

    @cached_property
    def _above(self) -> dict[str, str | None]:
        return {entry.name: entry.parent for entry in self.bodies}

    def parents(self, body: str) -> tuple[str, ...]:
        """The bodies above a body, nearest first; empty for one that is not known."""
        found: list[str] = []
        parent = self._above.get(body)
        while parent and parent not in found:
            found.append(parent)
            parent = self._above.get(parent)
        return tuple(found)

    def platform(self, text: str) -> str | None:
        """The usual name of an online service or technology."""
        return _name(self._senses(text, {"platform"}))

    def crime_type(self, text: str) -> str | None:
        """The crime type that a word for an offence belongs to."""
        return _name(self._senses(text, {"crime_type"}))

    def is_place(self, text: str) -> bool:
        """Whether the text is a city or region that stands for a country."""
        return bool(self._senses(text, {"city"}))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The mentions from left to right: the longest at each place, none overlapping.

        A country beside a body of that country is part of the body's mention ("Moroccan Ministry
        of Justice", "Ministry of Justice of Morocco"), also where the body's name alone is too
        common to be looked for.
        """
        return tuple(_mentions(text, list(self._index.find(text))))

    def _senses(self, text: str, kinds: Collection[Kind]) -> list[Sense]:
        for form in dict.fromkeys((text, _THE.sub("", text))):
            if senses := [s for s in self._index.senses(form) if s.kind in kinds]:
                return senses
        return []


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the package. Raises InvalidDocument when a file of it is not sound."""
    countries = read_vocabulary_file("countries.yaml", VocabularyFile[Country])
    bodies = read_vocabulary_file("bodies.yaml", VocabularyFile[Body])
    platforms = read_vocabulary_file("platforms.yaml", VocabularyFile[Platform])
    crime_types = read_vocabulary_file("crime_types.yaml", VocabularyFile[CrimeType])
    spellings = read_vocabulary_file("spellings.yaml", Spellings)
    check_bodies(bodies.entries, countries.entries)
    phrases = (
        *countries.phrases("country"),
        *bodies.phrases("body"),
        *platforms.phrases("platform"),
        *crime_types.phrases("crime_type"),
    )
    spelled = (form for phrase in phrases for form in spellings.spelled(phrase))
    index = PhraseIndex(spelled, spellings.canonical())
    check_shared(index.shared())
    return Vocabulary(
        countries.entries, bodies.entries, platforms.entries, crime_types.entries, index
    )


def _mentions(text: str, matches: list[Match[Sense]]) -> Iterator[Mention]:
    position = 0
    while position < len(matches):
        match, following = matches[position], matches[position + 1 : position + 2]
        position += 1
        if following and (joined := _joined(text, match, following[0])):
            position += 1
            yield joined
            continue
        sense = _chosen([s for s in match.senses if s.searched])
        if sense and sense.kind:
            yield Mention(sense.kind, sense.name, match.start, match.end)


def _joined(text: str, left: Match[Sense], right: Match[Sense]) -> Mention | None:
    """A body and its country as one mention, or None where they do not belong together."""
    between = text[left.end : right.start]
    end = right.end
    if left.senses[0].kind in _COUNTRY and _BESIDE.fullmatch(between):
        place, body = left, right
    elif right.senses[0].kind in _COUNTRY and _OF.fullmatch(between):
        place, body = right, left
        if between.endswith("("):
            if not text.startswith(")", end):
                return None
            end += 1
    else:
        return None
    countries = {s.name for s in place.senses}
    named = next((s.name for s in body.senses if s.country in countries), None)
    return Mention("body", named, left.start, end) if named else None


def _chosen(senses: list[Sense]) -> Sense | None:
    """The sense itself where all have one name, else the one that the file prefers."""
    return next((s for s in senses if s.preferred), senses[0]) if senses else None


def _name(senses: list[Sense]) -> str | None:
    chosen = _chosen(senses)
    return chosen.name if chosen else None
