"""Question → what it compares over many cases: "largest seizure", "sentences above 15 years".

The measures and their words stand in `data/measures.yaml`; here they are read from the question,
and sizes are read from the items of records.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from casequote.corpus.document import FieldName
from casequote.embeddings.terms import content_stems, stems
from casequote.prompts.kinds import ValueType, data
from casequote.prompts.synonyms import alike
from casequote.prompts.values import find, normal_number

Order = Literal["most", "least"]
Bound = Literal["above", "at_least", "below", "at_most"]
MeasureType = Literal["duration", "count", "money", "date", "number_of_items"]
_PAST = re.compile(r"\d|[;,.:]|\b(?:and|on|in|from|at|with|by|to)\b")
"""Beyond this the words after a number are not what it counts."""
_COUNTED = re.compile(r"\b(?:seizures?|hauls?) of ((?:[\w-]+ ?){1,4})", re.IGNORECASE)
_UNSPECIFIC = frozenset(stems("items pieces"))
"""Words that may count anything: "items of electronic evidence", "items of clothing"."""
_GENERAL = re.compile(r"sums?|amounts?|money|payments?", re.IGNORECASE)
_COMPARED = "USD"
"""Sums are compared in one currency; nothing is converted."""
_CURRENCY = re.compile(r"[$€£¥₩₱₹₦]|\b[A-Z]{3,4}\b|\b(?:dollars?|euros?|pounds?|bitcoins?)\b")
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "dollar": "USD", "euro": "EUR", "pound": "GBP"}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DAYS_A_MONTH = 30


class _MeasureEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: str
    fields: tuple[FieldName, ...]
    part: str | None = None
    type: MeasureType
    match: tuple[str, ...]
    words: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    measures: tuple[_MeasureEntry, ...]
    most: tuple[str, ...]
    least: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    above: tuple[str, ...]
    at_least: tuple[str, ...]
    below: tuple[str, ...]
    at_most: tuple[str, ...]
    for_life: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a question compares: a measure with an order or a bound."""

    measure: str
    label: str
    fields: tuple[FieldName, ...]
    part: str | None
    type: MeasureType
    order: Order | None = None
    bound: Bound | None = None
    limit: float = 0.0
    currency: str | None = None
    counted: frozenset[str] = frozenset()
    """Stems of what is counted, where that is narrower than the measure: "electronic devices"."""
    said: frozenset[str] = frozenset()
    """Stems of the words that state the comparison."""

    @property
    def smallest(self) -> bool:
        """Whether of several sizes the smallest decides."""
        return self.order == "least" or self.bound in ("below", "at_most")

    def size(self, text: str) -> float | None:
        """The size by which an item is compared: months, a year, or a number.

        None when it states none of the type, or no sum in the currency.
        """
        sizes = _sizes(self, text)
        return min(sizes, default=None) if self.smallest else max(sizes, default=None)

    def admits(self, size: float) -> bool:
        """Whether a size is within the bound."""
        match self.bound:
            case "above":
                return size > self.limit
            case "at_least":
                return size >= self.limit
            case "below":
                return size < self.limit
            case "at_most":
                return size <= self.limit
        return True


def find_comparison(question: str) -> Comparison | None:
    """What a question compares over many cases, or None."""
    file = _file()
    measure = next((m for m in file.measures if _search(m.match, question)), None)
    if measure is None:
        return None
    dated = _dated(file, question)
    order: Order | None = dated
    if dated:
        measure = next(m for m in file.measures if m.type == "date")
    elif measure.type == "date":
        return None
    for bound in _BOUNDS:
        m = _search(getattr(file, bound), question)
        stated = _limit(measure, m.group("value")) if m else None
        if m and stated:
            limit, currency, type_ = stated
            return _comparison(
                measure, question, bound=bound, limit=limit, currency=currency, type_=type_
            )
    if not order and _search(file.most, question):
        order = "most"
    elif not order and _search(file.least, question):
        order = "least"
    return _comparison(measure, question, order=order) if order else None


_BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "above", "below")


def _dated(file: _File, question: str) -> Order | None:
    if _search(file.first, question):
        return "least"
    return "most" if _search(file.last, question) else None


def _comparison(
    measure: _MeasureEntry,
    question: str,
    *,
    order: Order | None = None,
    bound: Bound | None = None,
    limit: float = 0.0,
    currency: str | None = None,
    type_: MeasureType | None = None,
) -> Comparison:
    file = _file()
    patterns = (*measure.match, *file.most, *file.least, *file.first, *file.last)
    patterns += (*file.above, *file.at_least, *file.below, *file.at_most)
    said = {
        s for p in patterns for m in re.finditer(p, question, re.IGNORECASE) for s in _stems_of(m)
    }
    counted = _counted(measure, question)
    return Comparison(
        measure=measure.id,
        label=_label(measure, counted),
        fields=measure.fields,
        part=measure.part,
        type=type_ or measure.type,
        order=order,
        bound=bound,
        limit=limit,
        currency=currency,
        counted=frozenset(content_stems(counted)),
        said=frozenset(said) | frozenset(stems(measure.words)),
    )


def _label(measure: _MeasureEntry, counted: str) -> str:
    if not counted:
        return measure.label
    return f"{counted} in figures" if measure.type == "money" else f"{measure.label} of {counted}"


def _stems_of(m: re.Match[str]) -> set[str]:
    """The stems of a comparing phrase; of what follows it only a number with its unit."""
    groups = m.groupdict()
    if "value" not in groups:
        return set(stems(m.group()))
    value = groups["value"]
    number = [f for kind in ("duration", "money", "count") for f in find(_type(kind), value)][:1]
    kept = value[number[0].start : number[0].end] if number else ""
    return set(stems(m.group().replace(value, kept)))


def _type(name: str) -> ValueType:
    types: dict[str, ValueType] = {"duration": "duration", "money": "money", "count": "count"}
    return types[name]


def _counted(measure: _MeasureEntry, question: str) -> str:
    """What is counted or paid, where that is narrower than the measure."""
    if measure.type == "money":
        m = re.search(measure.match[0], question, re.IGNORECASE)
        return m.group() if m and not _GENERAL.fullmatch(m.group()) else ""
    m = _COUNTED.search(question) if measure.id == "seizures" else None
    return m.group(1).strip() if m else ""


def _limit(measure: _MeasureEntry, value: str) -> tuple[float, str | None, MeasureType] | None:
    """The number that a bound states at its start or end, its currency, and the type it has."""
    value = value.strip()
    for type_ in ("duration", "money", "count"):
        found = [f for f in find(_type(type_), value) if f.start <= 2 or f.end == len(value)]
        if not found:
            continue
        text = value[found[0].start : found[0].end]
        if type_ == "duration" and measure.type == "duration":
            return _months(found[0].normal), None, "duration"
        if type_ == "money" and measure.id in ("sums", "seizures"):
            number = normal_number(text)
            return (float(number), _currency(text), "money") if number else None
        if type_ == "count" and measure.type in ("count", "number_of_items"):
            number = normal_number(text)
            return (float(number), None, measure.type) if number else None
    return None


def _sizes(asked: Comparison, text: str) -> list[float]:
    match asked.type:
        case "date":
            return [float(year) for year in _YEAR.findall(text)]
        case "duration":
            return _term(text)
        case "money":
            return _sums(asked, text)
    return _counts(asked, text)


def _term(text: str) -> list[float]:
    """The term of a sentence: the first that is stated, before probation or licence."""
    if re.search(_file().for_life, text, re.IGNORECASE):
        return [math.inf]
    return [_months(f.normal) for f in find("duration", text) if f.normal[:1].isdigit()][:1]


def _sums(asked: Comparison, text: str) -> list[float]:
    if asked.counted and not alike(asked.counted) & set(stems(text)):
        return []
    sums = [text[f.start : f.end] for f in find("money", text)]
    currency = asked.currency or _COMPARED
    numbers = [normal_number(s) for s in sums if _currency(s) == currency]
    return [float(number) for number in numbers if number]


def _counts(asked: Comparison, text: str) -> list[float]:
    wanted = alike(asked.counted) if asked.counted else frozenset()
    if not asked.counted & set(stems(text)):
        wanted -= _UNSPECIFIC
    other = [*find("money", text), *find("date", text), *find("duration", text)]
    return [
        float(f.normal)
        for f in find("count", text)
        if re.fullmatch(r"[\d.]+", f.normal)
        and not any(o.start <= f.start < o.end for o in other)
        and (not wanted or wanted & set(stems(_PAST.split(text[f.end :], maxsplit=1)[0])))
    ]


def _months(normal: str) -> float:
    """A normal duration ("72m", "17d") in months."""
    number = float(normal[:-1])
    return number if normal.endswith("m") else number / DAYS_A_MONTH


def _currency(text: str) -> str | None:
    m = _CURRENCY.search(text)
    if not m:
        return None
    sign = m.group()
    return _SIGNS.get(sign, _SIGNS.get(sign.rstrip("s").casefold(), sign.upper()))


def _search(patterns: tuple[str, ...], text: str) -> re.Match[str] | None:
    found = (re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
    return next((m for m in found if m), None)


@cache
def _file() -> _File:
    return _File.model_validate(data("measures.yaml"))
