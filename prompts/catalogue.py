"""What the library is about, at one change: names of cases, words and how rare they are.

A snapshot for the interpretation of questions; made again when the library changes.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from casequote.corpus.document import FieldName
from casequote.corpus.library import CaseSummary, Library
from casequote.corpus.vocabulary import Mention, vocabulary
from casequote.embeddings.terms import stems, stop_words, words
from casequote.prompts.kinds import data

_PARENTHESIS = re.compile(r"\(([^)]*)\)")
_SPLIT = re.compile(r"\s+(?:and|v\.?|vs\.?)\s+|,\s+|;\s+|/|\bwith\b", re.IGNORECASE)
FEW = 3
"""Cases that a word may occur in and still tell them."""
MOSTLY = 0.34
"""Share of a word's passages in one case from which it tells that case."""
_NOT_TELLING = ("country", "demonym", "body")
_LONG = 2
_SHORTEST = 3
"""An acronym of no more letters may stand for many things."""
_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_EXACT = re.compile(r"(?:[A-Z]\w*\.?\s+(?:v\.?|gegen)\s+\S.*|\[?\d{4}\]?\s[A-Z]{2,}\s.*\d)")
"""Names without a telling word that are still names when they stand whole: "R. v. M."."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a case, as folded words in order."""

    case: str
    text: str
    words: tuple[str, ...]
    distinctive: frozenset[str]
    """Words by which this case can be told, such as a surname or the name of an operation."""
    cities: frozenset[str] = frozenset()
    """Those that are cities: they tell it only when no other case has them."""


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case as the interpreter knows it."""

    summary: CaseSummary
    names: tuple[Name, ...]
    about: frozenset[str]
    """Stems of its names, countries, keywords and crime types: what describes the case."""


class Catalogue:
    """Cases by name and words by rarity."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.change = library.change
        self._frequencies = library.term_frequencies()
        self._passages = max(1, library.passage_count())
        self._values: dict[FieldName, frozenset[str]] = {}
        self._owners: dict[str, dict[str, int]] = {}
        self._publishers = frozenset(library.publishers())
        self._publisher_words = frozenset(w for name in self._publishers for w in words(name))
        self.cases = {case.id: _entry(library, case) for case in library.cases()}
        self.names = tuple(name for entry in self.cases.values() for name in entry.names)
        self.name_words = Counter(
            word
            for entry in self.cases.values()
            for word in {w for n in entry.names for w in n.words}
        )

    def publishers(self) -> frozenset[str]:
        """Publishers of the library's documents and of the sources that its records name."""
        return self._publishers

    def about(self, case: str) -> frozenset[str]:
        """Stems that describe a case; none for an unknown one."""
        entry = self.cases.get(case)
        return entry.about if entry else frozenset()

    def frequency(self, stem: str) -> int:
        """In how many passages a stem occurs."""
        return self._frequencies.get(stem, 0)

    def rarity(self, stem: str) -> float:
        """Inverse document frequency over passages, as in BM25 (never negative)."""
        n = self.frequency(stem)
        return math.log(1 + (self._passages - n + 0.5) / (n + 0.5))

    def knows(self, word: str) -> bool:
        """Whether a word occurs anywhere in the library."""
        if set(words(word)) & self._publisher_words:
            return True
        return any(self.frequency(stem) for stem in stems(word))

    def has_value(self, name: FieldName, value: str) -> bool:
        """Whether a case has the value in the field, itself or by a body below it."""
        if name not in self._values:
            values = {stated.field.value for stated in self.library.fields(name)}
            if name is FieldName.AGENCIES:
                known = vocabulary()
                values |= {above for value in values for above in known.parents(value)}
            self._values[name] = frozenset(values)
        return value in self._values[name]

    def belongs_to(self, word: str, case: str) -> bool:
        """Whether a word belongs to few cases, this one among them, or mostly to this one."""
        if word not in self._owners:
            self._owners[word] = self.library.cases_with(word)
        owners = self._owners[word]
        if not owners:
            return True  # it stands in a name only, which no passage repeats
        mine = owners.get(case, 0)
        return mine > 0 and (len(owners) <= FEW or mine >= MOSTLY * sum(owners.values()))

    def only_in(self, word: str, case: str) -> bool:
        """Whether no other case has a word."""
        if word not in self._owners:
            self._owners[word] = self.library.cases_with(word)
        return set(self._owners[word]) <= {case}

    def has_phrase(self, phrase: str) -> bool:
        """Whether the words of a phrase occur together, in that order, anywhere in the library."""
        quoted = " ".join(words(phrase))
        return bool(quoted) and bool(self.library.match_terms(f'"{quoted}"', 1))

    def name_rarity(self, word: str) -> float:
        """How much a word of a name tells cases apart."""
        return math.log(1 + len(self.cases) / (1 + self.name_words[word]))


def _entry(library: Library, case: CaseSummary) -> CaseEntry:
    documents = [library.document(document_id) for document_id in case.records]
    people = [
        document.text[slice(*item.value_span)]
        for document in documents
        for item in document.items(FieldName.DEFENDANTS)
        if "part" not in item.attributes
    ]
    known = vocabulary()
    described = (
        FieldName.PERIOD,
        FieldName.KEYWORDS,
        FieldName.CRIME_TYPES,
        FieldName.COUNTRIES,
        FieldName.JURISDICTIONS,
        FieldName.AGENCIES,
        FieldName.COURTS,
    )
    about = [
        word
        for document in documents
        for item in document.fields
        if item.name in described
        for word in (_without_city(document.quote(item)), *known.other_names(item.value))
    ]
    texts = dict.fromkeys(part for name in (case.title, *case.names) for part in _variants(name))
    names = [name for text in texts if (name := _name(case.id, text))]
    names += [name for person in people for name in _persons(case.id, person)]
    return CaseEntry(
        summary=case,
        names=tuple(names),
        about=frozenset(
            stem for text in (*texts, *people, *about, case.title) for stem in stems(text)
        ),
    )


def _without_city(text: str) -> str:
    """A description without cities: of several courts or bodies, the city tells which."""
    for mention in reversed(vocabulary().mentions(text)):
        if mention.kind == "city":
            text = text[: mention.start] + text[mention.end :]
    return text


def _variants(name: str) -> Iterable[str]:
    """Forms under which a case is asked for: without parenthesis, the parenthesis, the parties."""
    bare = _PARENTHESIS.sub(" ", name).strip()
    yield bare
    inner = [m.group(1) for m in _PARENTHESIS.finditer(name)]
    for text in (bare, *inner):
        parts = [part.strip() for part in (*text.split(", "), *_SPLIT.split(text))]
        yield from (part for part in parts if part and part != bare)
    yield from inner


def _name(case: str, text: str) -> Name | None:
    """A name with the words that tell it; None for one that could only name by chance."""
    mentions = vocabulary().mentions(text)
    places = [m for m in mentions if m.kind in _NOT_TELLING and not _is_acronym(text, m)]
    cities = [w for m in mentions if m.kind == "city" for w in words(text[m.start : m.end])]
    folded: list[str] = []
    distinctive: set[str] = set()
    for m in _TOKEN.finditer(text):
        token, parts = m.group(), words(m.group())
        folded += parts
        telling = any(c.isupper() or c.isdigit() for c in token) and not token.isdecimal()
        if telling and not any(p.start <= m.start() < p.end for p in places):
            distinctive |= {w for w in parts if len(w) > 2 and not is_common(w)}
    if not distinctive and not _EXACT.fullmatch(text):
        return None
    return Name(case, text, tuple(folded), frozenset(distinctive), frozenset(cities) & distinctive)


def _is_acronym(text: str, mention: Mention) -> bool:
    """Whether a body is named by one rare acronym: "PLCC"."""
    word = text[mention.start : mention.end]
    return mention.kind == "body" and word.isupper() and word.isalpha() and len(word) > _SHORTEST


def _persons(case: str, text: str) -> Iterable[Name]:
    """A person's name, told by the surname alone; a long name has the surname as a name too."""
    bare = _PARENTHESIS.sub(" ", text).strip()
    name = _name(case, bare)
    if name is None or not name.words:
        return
    telling = name.distinctive & {name.words[-1]}
    yield replace(name, distinctive=telling)
    if telling and len(name.words) > _LONG:
        yield Name(case, bare.split()[-1], name.words[-1:], telling)


def is_common(word: str) -> bool:
    """Whether a word tells no case from another."""
    return word in stop_words() or word in _common_name_words()


@cache
def _common_name_words() -> frozenset[str]:
    return frozenset(data("common_name_words.yaml"))
