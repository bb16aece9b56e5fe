"""Filters: the restrictions a question states or a caller gives, on cases.

Words → filters through the vocabulary; an unknown name or value given by a caller is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from casequote.corpus.errors import InvalidRequest
from casequote.corpus.vocabulary import vocabulary
from casequote.prompts.catalogue import Catalogue

_BEFORE = re.compile(r"\b(?:before|until|up to|prior to)\s+(?:the year\s+)?((?:19|20)\d\d)\b", re.I)
_AFTER = re.compile(r"\b(?:since|from)\s+(?:the year\s+)?((?:19|20)\d\d)\b", re.I)
_LATER = re.compile(r"\bafter\s+(?:the year\s+)?((?:19|20)\d\d)\b", re.I)
_BETWEEN = re.compile(r"\b(?:between|from)\s+((?:19|20)\d\d)\s+(?:and|to|until|-)\s+((?:19|20)\d\d)\b", re.I)
_IN = re.compile(r"\b(?:in|during|of)\s+((?:19|20)\d\d)\b", re.I)


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


def find_filters(text: str, catalogue: Catalogue) -> Filters:
    """The filters that a question states in words."""
    del catalogue
    found: dict[str, str] = {}
    names = {"country": "country", "demonym": "country", "body": "agency"}
    names |= {"platform": "platform", "crime_type": "crime_type"}
    for mention in vocabulary().mentions(text):
        if name := names.get(mention.kind):
            found.setdefault(name, mention.name)
    return Filters(**found, **_years(text))


def _years(text: str) -> dict[str, int]:
    if m := _BETWEEN.search(text):
        return {"year_from": int(m.group(1)), "year_to": int(m.group(2))}
    years: dict[str, int] = {}
    if m := _BEFORE.search(text):
        years["year_to"] = int(m.group(1)) - 1
    if m := _AFTER.search(text):
        years["year_from"] = int(m.group(1))
    if m := _LATER.search(text):
        years["year_from"] = int(m.group(1)) + 1
    if not years and (m := _IN.search(text)):
        years = {"year_from": int(m.group(1)), "year_to": int(m.group(1))}
    return years
