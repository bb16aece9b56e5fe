"""Collection or case → its dated events in order, each quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library
from casequote.prompts.filters import Filters
from casequote.prompts.findings import Quote
from casequote.prompts.patterns.values import chosen_cases

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")
_WORDS = ("after", "before", "about")
Precision = Literal["year", "month", "day"]
_PRECISION: tuple[Precision, ...] = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a record dates."""

    date: str
    """As the record has it: "2014-04-30", "about 2012", "2014-04/2014-05"."""
    first: str
    """The date, or the first of two, as precise as stated."""
    last: str
    precision: Precision
    qualifier: str | None
    """`after`, `before` or `about` where the record says so."""
    case: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order, and how many there are in each year."""

    events: tuple[Event, ...]
    years: dict[str, int]


def timeline(library: Library, filters: Filters, case: str | None = None) -> Timeline:
    """The events of one case, or of the cases that meet the filters.

    An imprecise date stands before the precise ones that it covers. Raises NotInLibrary.
    """
    with library.reading():
        cases = [library.case(case).id] if case else None
        chosen = chosen_cases(library, filters)
        events = [
            event
            for stated in library.fields(FieldName.DATES, cases=cases)
            if chosen is None or stated.case in chosen
            if (
                event := _event(
                    stated.field.attributes.get("date", ""),
                    stated.case,
                    Quote(library.document(stated.document), *stated.field.value_span),
                )
            )
        ]
    events.sort(key=lambda e: (e.first, e.last, e.case, e.quote.start))
    years: dict[str, int] = {}
    for event in events:
        years[event.first[:4]] = years.get(event.first[:4], 0) + 1
    return Timeline(tuple(events), years)


def _event(date: str, case: str, quote: Quote) -> Event | None:
    """The event of a date as a record has it; None where no date can be read."""
    found = _DATE.findall(date)
    if not found:
        return None
    qualifier = next((word for word in _WORDS if date.startswith(f"{word} ")), None)
    precision = _PRECISION[found[0].count("-")]
    return Event(date, found[0], found[-1], precision, qualifier, case, quote)
