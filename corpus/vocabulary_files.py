"""The files in `data/vocabulary` → validated entries, and phrases with what they stand for.

Nothing here looks at a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import ClassVar, Generic, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from casequote.corpus.errors import InvalidDocument
from casequote.corpus.phrase_index import Phrase, Written

Kind = Literal["country", "demonym", "city", "body", "platform", "crime_type"]
UNIONS = frozenset({"International", "European Union", "African Union"})
"""What stands as the country of a body that belongs to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something with a name; a generic one is a kind of thing and not looked for in prose.

    A name that is also among the acronyms counts only as written (LINE, not "line").
    """

    name: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    generic: bool = False
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Entry):
    """A country or territory under its United Nations name; `iso` is its alpha-2 code."""

    iso: str
    demonyms: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Entry):
    """A public body; bodies of different countries may have the same name."""

    country: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform(Entry):
    """An online service or technology; `type` says of what sort."""

    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrimeType(Entry):
    """A crime type of the records."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a phrase may stand for; without a kind it stands for none of ours.

    `searched` is false where the phrase counts only as a whole value or beside its country;
    `preferred` marks what an ambiguous phrase usually means.
    """

    kind: Kind | None = None
    name: str = ""
    country: str | None = None
    searched: bool = True
    preferred: bool = False


EntryT = TypeVar("EntryT", bound=Entry)
ModelT = TypeVar("ModelT", bound=BaseModel)


class VocabularyFile(BaseModel, Generic[EntryT]):
    """A file of entries, with lists of phrases that say how entries are looked for in prose."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    ambiguous: dict[str, str] = {}
    common_words: frozenset[str] = frozenset()
    personal_names: frozenset[str] = frozenset()
    values_only: frozenset[str] = frozenset()
    not_mentions: tuple[str, ...] = ()
    entries: tuple[EntryT, ...]

    def phrases(self, kind: Kind) -> Iterator[Phrase[Sense]]:
        """Every phrase of the file with what it stands for."""
        for entry in self.entries:
            for text in (entry.name, *entry.aliases):
                if text not in entry.acronyms:
                    yield self._phrase(text, kind, entry)
            for acronym in entry.acronyms:
                yield self._phrase(acronym, kind, entry, Written.EXACTLY)
            if isinstance(entry, Country):
                for demonym in entry.demonyms:
                    yield self._phrase(demonym, "demonym", entry)
                for city in entry.cities:
                    yield self._phrase(city, "city", entry)
        for text in self.not_mentions:
            yield Phrase(text, Sense())

    def _phrase(
        self, text: str, kind: Kind, entry: Entry, written: Written = Written.ANYHOW
    ) -> Phrase[Sense]:
        if text in self.common_words:
            written = Written.CAPITALISED
        elif text in self.personal_names:
            written = Written.APART
        searched = not entry.generic and text not in self.values_only
        country = entry.country if isinstance(entry, Body) else None
        preferred = self.ambiguous.get(text) == entry.name
        return Phrase(text, Sense(kind, entry.name, country, searched, preferred), written)


class Spellings(BaseModel):
    """Other spellings: of a word, by its usual spelling, and groups of phrases that are alike."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: dict[str, tuple[str, ...]]
    phrases: tuple[tuple[str, ...], ...]

    def canonical(self) -> Mapping[str, str]:
        """The usual spelling of each other spelling."""
        return {other: usual for usual, others in self.words.items() for other in others}

    def spelled(self, phrase: Phrase[Sense]) -> Iterator[Phrase[Sense]]:
        """The phrase and its other forms: "United States Secret Service", "US Secret Service".

        A phrase that is itself one of the group gets no other form: US is not always a country.
        """
        yield phrase
        folded = phrase.text.casefold()
        for group in self.phrases:
            for form in group:
                if form not in folded or form == folded:
                    continue
                pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
                for other in group:
                    if other != form and pattern.search(phrase.text):
                        text = pattern.sub(other, phrase.text)
                        yield Phrase(text, phrase.sense, phrase.written)


def read_vocabulary_file(name: str, model: type[ModelT]) -> ModelT:
    """The validated content of a file. Raises InvalidDocument."""
    file = resources.files("casequote.corpus") / "data" / "vocabulary" / name
    try:
        content = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return model.model_validate(content)
    except (yaml.YAMLError, ValidationError) as error:
        raise InvalidDocument(
            f"data/vocabulary/{name}: {error}; correct the entry as the file's comment says"
        ) from error


def check_bodies(bodies: tuple[Body, ...], countries: tuple[Country, ...]) -> None:
    """Raises InvalidDocument where a body's country or parent is not an entry."""
    places = UNIONS | {country.name for country in countries}
    names = {body.name for body in bodies}
    for body in bodies:
        if body.country not in places:
            raise InvalidDocument(
                f"data/vocabulary/bodies.yaml: {body.name} is of {body.country!r}, which "
                "countries.yaml does not have; write the country's name as it stands there"
            )
        if body.parent and body.parent not in names:
            raise InvalidDocument(
                f"data/vocabulary/bodies.yaml: {body.name} has the parent {body.parent!r}, which "
                "has no entry; add one or correct the name"
            )


def check_shared(shared: Iterable[tuple[Phrase[Sense], ...]]) -> None:
    """Raises InvalidDocument where a phrase may mean several things and none is preferred."""
    for phrases in shared:
        meanings = {(p.sense.kind, p.sense.name) for p in phrases}
        kinds = {kind for kind, _ in meanings}
        preferred = {p.sense.name for p in phrases if p.sense.preferred}
        if len(meanings) > 1 and (len(kinds) > 1 or len(preferred) != 1):
            names = " or ".join(sorted({p.sense.name or "not_mentions" for p in phrases}))
            raise InvalidDocument(
                f"data/vocabulary: {phrases[0].text!r} may be {names}; list it under `ambiguous` "
                "with the name that it usually means, or take it out of all but one entry"
            )
