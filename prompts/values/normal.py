"""Values as written → forms that are equal for equal values. Never used for display."""

from __future__ import annotations

import re
from functools import cache

from text_to_num import text2num

from casequote.corpus.normal import fold

_DIGITS = re.compile(r"\d[\d.,' ]*\d|\d")
_FIGURE = re.compile(r"(?<![\w.,-])\d+(?:[.,]\d+)*(?![\w-])")
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES |= {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_SCALE = re.compile(r"\s*(thousand|million|billion|trillion|mn|bn|k|m)\b", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for name in names.split()
}
_TERM = re.compile(
    r"([\d.,]+|(?:[a-z]+ ){0,3}?[a-z]+)( and a half)? (year|month|week|day)s?\b", re.IGNORECASE
)
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))


def normal_number(text: str) -> str | None:
    """The number that a text states, as digits: "15.000" and "15,000" are both 15000."""
    if m := _DIGITS.search(text):
        value = _decimal(m.group())
        scale = _SCALE.match(text, m.end())
        if scale:
            value *= _SCALES[scale.group(1).casefold()]
        return f"{value:.6f}".rstrip("0").rstrip(".")
    spelled = _spelled(fold(text))
    return None if spelled is None else str(spelled)


def figures(text: str) -> frozenset[str]:
    """The numbers that a text states in digits, in normal form."""
    return frozenset(
        number
        for m in _FIGURE.finditer(text)
        if (number := normal_number(m.group() + _scale_after(text, m.end())))
    )


def _scale_after(text: str, end: int) -> str:
    m = _SCALE.match(text, end)
    return m.group() if m else ""


def _decimal(digits: str) -> float:
    """Separators: groups of three make thousands, anything else a decimal part."""
    plain = re.sub(r"[' ]", "", digits)
    groups = re.split(r"[.,]", plain)
    if len(groups) == 1:
        return float(plain)
    if all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3:
        same = len(set(re.findall(r"[.,]", plain))) == 1
        if same and groups[0] != "0":
            return float("".join(groups))
    return float("".join(groups[:-1]) + "." + groups[-1])


@cache
def _spelled(text: str) -> int | None:
    try:
        return int(text2num(text.replace("-", " "), "en"))
    except ValueError:
        return None


def normal_duration(text: str) -> str | None:
    """A term in months ("m") or days ("d"): "six years", "6 years" and "72 months" are 72m."""
    folded = fold(text).replace("-", " ")
    months = days = 0.0
    found = False
    for m in _TERM.finditer(folded):
        amount = normal_number(m.group(1))
        if amount is None:
            continue
        found = True
        count = float(amount) + (0.5 if m.group(2) else 0.0)
        unit = m.group(3)
        months += count * {"year": 12, "month": 1}.get(unit, 0)
        days += count * {"week": 7, "day": 1}.get(unit, 0)
    if not found:
        return None
    return f"{months:g}m" if months and not days else f"{months * 30 + days:g}d"


def normal_date(text: str) -> str | None:
    """ISO form of a date as precisely as it is stated: 2014-04-30, 2014-04, 2014, or --04-30."""
    folded = fold(text)
    if m := re.search(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b", folded):
        return m.group()
    year = re.search(r"\b((?:19|20)\d\d)\b", folded)
    month = re.search(rf"\b({MONTH})\b", folded)
    day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!\d)", folded)
    stated = year.group(1) if year else "-"
    if not month:
        return year.group(1) if year else None
    number = _MONTHS[month.group(1)]
    if day and 1 <= int(day.group(1)) <= 31:
        return f"{stated:>4}-{number:02d}-{int(day.group(1)):02d}".replace(" ", "-")
    return f"{stated}-{number:02d}"
