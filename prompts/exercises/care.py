"""What may be shown to trainees: no victim's name, no sexual detail, no person but those convicted.

The words stand in `data/exercises/care.yaml`. Doubt leaves a text out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from casequote.corpus.document import Document, FieldName
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.prompts.kinds import data
from casequote.prompts.values import find

_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]+")
_PUBLIC_PARTS = frozenset({"count", "age", "country", "note"})
_PLACES = frozenset({"country", "demonym", "city"})


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sexual_detail: list[str]
    names_of_offences: list[str]
    crime_types_about_children: list[str]
    children: list[str]
    death: list[str]
    institutions: list[str]
    kept_capitals: list[str]


@dataclass(frozen=True, slots=True)
class _Words:
    detail: re.Pattern[str]
    offences: re.Pattern[str]
    about_children: frozenset[str]
    children: re.Pattern[str]
    death: re.Pattern[str]
    institutions: frozenset[str]
    kept_capitals: frozenset[str]


@cache
def _words() -> _Words:
    file = _File.model_validate(data("exercises/care.yaml"))

    def beginnings(words: Iterable[str]) -> re.Pattern[str]:
        return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)

    def whole(words: Iterable[str]) -> re.Pattern[str]:
        return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)

    return _Words(
        beginnings(file.sexual_detail),
        whole(file.names_of_offences),
        frozenset(file.crime_types_about_children),
        whole(file.children),
        whole(file.death),
        frozenset(word.casefold() for word in file.institutions),
        frozenset(map(fold, file.kept_capitals)),
    )


@dataclass(frozen=True, slots=True)
class Names:
    """Names that exercises about one case may and may not hold, as folded words."""

    victims: frozenset[str]
    """Every word of the names of its victims."""
    victims_anywhere: frozenset[str]
    """Full names and surnames of victims of every case of the collection."""
    convicted: frozenset[str]


def victim_names(documents: Iterable[Document]) -> tuple[str, ...]:
    """The names of victims that the fields of records give, as written."""
    found: dict[str, None] = {}
    for document in documents:
        for item in document.items(FieldName.VICTIMS):
            if item.attributes.get("part") in _PUBLIC_PARTS:
                continue
            stated = document.text[slice(*item.value_span)]
            if item.attributes.get("part") == "publicly_named":
                found[re.split(r"[,;(]", stated, maxsplit=1)[0].strip()] = None
            else:
                found.update((stated[v.start : v.end], None) for v in find("person", stated))
    return tuple(name for name in found if name)


def names_of(
    documents: Sequence[Document], everywhere: Iterable[str], convicted: Iterable[str]
) -> Names:
    """The names for one case: its documents, the victims of all cases, its defendants."""
    own = [w for name in victim_names(documents) for w in _NAME_WORD.findall(fold(name))]
    anywhere = set()
    for name in everywhere:
        parts = _NAME_WORD.findall(fold(name))
        anywhere |= {fold(name), *parts[-1:]}
    known = {w for name in convicted for w in _NAME_WORD.findall(fold(name))}
    return Names(frozenset(own) - known, frozenset(anywhere), frozenset(known))


def is_fit(text: str, names: Names) -> bool:
    """Whether a text names no victim and tells no sexual detail."""
    return not names_a_victim(text, names) and not has_sexual_detail(text)


def is_fit_prose(text: str, names: Names) -> bool:
    """The same for running text, where also no person stands who was not convicted."""
    return is_fit(text, names) and not other_persons(text, names)


def has_sexual_detail(text: str) -> bool:
    """Whether a text holds one of the words that are left out, but for names of offences."""
    words = _words()
    return bool(words.detail.search(words.offences.sub(" ", text)))


def names_a_victim(text: str, names: Names) -> bool:
    """Whether a victim's name stands in a text; countries that share a name are none."""
    if not names.victims and not names.victims_anywhere:
        return False
    folded = fold(text)
    if names.victims_anywhere and _any_of(names.victims_anywhere).search(folded):
        return True
    if not any(word in folded for word in names.victims):
        return False
    places = [m for m in vocabulary().mentions(text) if m.kind in _PLACES]
    return any(
        fold(m.group()) in names.victims and not any(p.start <= m.start() < p.end for p in places)
        for m in _NAME_WORD.finditer(text)
        if m.group()[0].isupper()
    )


def is_no_name(word: str) -> bool:
    """Whether a word has a capital although it is no name: a month, a currency."""
    return fold(word) in _words().kept_capitals


@cache
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names))) + r")\b")


def other_persons(text: str, names: Names) -> list[str]:
    """Names that look like those of persons and are not the defendants'."""
    institutions = _words().institutions
    found = []
    for value in find("person", text):
        name = text[value.start : value.end]
        parts = [fold(part) for part in _NAME_WORD.findall(name)]
        if any(part in institutions for part in parts) or not set(parts) - names.convicted:
            continue
        found.append(name)
    return found


def note_for(crime_types: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Names of the notes that an exercise needs: `children`, `death`."""
    words, shown = _words(), list(texts)
    notes = []
    if words.about_children & set(crime_types) or any(map(words.children.search, shown)):
        notes.append("children")
    if any(map(words.death.search, shown)):
        notes.append("death")
    return tuple(notes)
