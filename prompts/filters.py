"""Filters: the restrictions a question states or a caller gives, on cases.

Words → filters through the vocabulary; an unknown name or value given by a caller is an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Any

from casequote.corpus.document import FieldName
from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.corpus.library import Library
from casequote.corpus.normal import fold, normal_form
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import stems, stop_words
from casequote.prompts.catalogue import Catalogue

_BEFORE = re.compile(r"\b(?:before|prior to)\s+(?:the year\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|up to|by)\s+(?:the year\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:since|from)\s+(?:the year\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_LATER = re.compile(r"\bafter\s+(?:the year\s+)?((?:19|20)\d\d)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:between|from)\s+((?:19|20)\d\d)\s+(?:and|to|until|-)\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_SHORT = re.compile(r"\b[a-z]{3,5}\b")
_IN = re.compile(r"\b(?:in|during|of)\s+((?:19|20)\d\d)\b", re.IGNORECASE)


FIELDS = {
    "country": FieldName.COUNTRIES,
    "agency": FieldName.AGENCIES,
    "crime_type": FieldName.CRIME_TYPES,
    "keyword": FieldName.KEYWORDS,
    "platform": FieldName.PLATFORMS,
    "court": FieldName.COURTS,
}
"""The field of a record that each filter restricts."""


_OF_MENTION = {
    "country": "country",
    "demonym": "country",
    "body": "agency",
    "platform": "platform",
    "crime_type": "crime_type",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrictions on cases; an empty value does not restrict."""

    country: str | None = None
    agency: str | None = None
    crime_type: str | None = None
    keyword: str | None = None
    platform: str | None = None
    court: str | None = None
    year_from: int | None = None
    year_to: int | None = None

    def stated(self) -> dict[str, str | int]:
        """The restrictions that are set."""
        pairs = ((f.name, getattr(self, f.name)) for f in fields(self))
        return {name: value for name, value in pairs if value is not None}


@dataclass(frozen=True, slots=True)
class Stated:
    """The filters that a question states, and the stems of the words that state them."""

    filters: Filters
    stems: frozenset[str]


def find_filters(text: str, catalogue: Catalogue) -> Stated:
    """The filters that a question states in words; a value that no case has is not a filter."""
    found: dict[str, Any] = {}
    said: set[str] = set()
    text = _with_acronyms(text)
    for mention in vocabulary().mentions(text):
        name = _OF_MENTION.get(mention.kind)
        if name and name not in found and catalogue.has_value(FIELDS[name], mention.name):
            found[name] = mention.name
            said |= set(stems(text[mention.start : mention.end]))
    years = _years(text)
    said |= {str(year) for year in re.findall(r"\d{4}", text)} if years else set()
    return Stated(Filters(**(found | years)), frozenset(said))


def _with_acronyms(text: str) -> str:
    """Acronyms of bodies in capitals where nothing is: "fbi cases in 2013"."""
    if text != text.lower():
        return text

    def raised(m: re.Match[str]) -> str:
        word = m.group()
        known = word not in stop_words() and vocabulary().body(word.upper())
        return word.upper() if known else word

    return _SHORT.sub(raised, text)


def checked_filters(library: Library, given: Mapping[str, str | int]) -> Filters:
    """Filters as a caller gives them, with values in normal form.

    Raises InvalidRequest for a name that is no filter and NotInLibrary for a value that no case
    has, so that a mistyped filter never restricts to nothing in silence.
    """
    known = {f.name for f in fields(Filters)}
    if unknown := sorted(set(given) - known):
        raise InvalidRequest(
            f"filters: {', '.join(unknown)} is no filter; use {', '.join(sorted(known))}"
        )
    checked: dict[str, Any] = {}
    for name, value in given.items():
        checked[name] = _value_in_library(library, name, str(value)) if name in FIELDS else value
    if checked.get("year_from", 0) > checked.get("year_to", 9999):
        raise InvalidRequest("filters: year_from is after year_to; exchange them")
    return Filters(**checked)


def _value_in_library(library: Library, name: str, value: str) -> str:
    field = FIELDS[name]
    wanted = fold(normal_form(field, value))
    values = {stated.field.value for stated in library.fields(field)}
    for present in sorted(values):
        if fold(present) == wanted:
            return present
    near = get_close_matches(value, sorted(values), n=3, cutoff=0.4)
    hint = f"; near: {', '.join(near)}" if near else ""
    raise NotInLibrary(f"filters: no case has the {name} {value!r}{hint}")


def _years(text: str) -> dict[str, int]:
    if m := _BETWEEN.search(text):
        return {"year_from": int(m.group(1)), "year_to": int(m.group(2))}
    years: dict[str, int] = {}
    if m := _BEFORE.search(text):
        years["year_to"] = int(m.group(1)) - 1
    if m := _UNTIL.search(text):
        years["year_to"] = int(m.group(1))
    if m := _AFTER.search(text):
        years["year_from"] = int(m.group(1))
    if m := _LATER.search(text):
        years["year_from"] = int(m.group(1)) + 1
    if not years and (m := _IN.search(text)):
        years = {"year_from": int(m.group(1)), "year_to": int(m.group(1))}
    return years
