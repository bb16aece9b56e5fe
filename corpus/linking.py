"""Document without a stated case → the case it is about, and how sure that is.

A record joins a case that has one of its names; an article joins the case whose name occurs
prominently in it. Nothing here reads the library: callers give the names of its cases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casequote.corpus.document import Document, DocumentKind, FieldName, Link
from casequote.corpus.normal import fold

LEAST_CONFIDENCE = 0.6
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")
_WORD = re.compile(r"\w+(?:['’.]\w+)*")
_GENERIC = frozenset({"the", "operation", "case", "coplan", "prosecution", "of"})
_NOT_A_SEQUEL = r"(?!\s+(?:[IVX]{2,}|V|X|[2-9](?!\s+[a-z]))\b)"
"""After a name: "Operation X II" is not "Operation X", but "in Operation X 3 men" names it."""
_PROMINENT = 0.25
_SHORTEST_SINGLE = 5


@dataclass(frozen=True, slots=True)
class KnownCase:
    """What linking needs to know of a case."""

    case: str
    names: tuple[str, ...]
    years: tuple[int, int] | None = None
    values: frozenset[str] = frozenset()
    """Normal forms of its countries and agencies, to confirm a name."""


def link(document: Document, known: Sequence[KnownCase]) -> tuple[str, Link] | None:
    """The case that `document` belongs to, or None when none is named clearly."""
    if document.kind is DocumentKind.RECORD:
        return _link_record(document, known)
    return _link_article(document, known)


def name_key(name: str) -> str:
    """A form in which spellings of one name are equal: "Operation "Strike Back"" → strikeback."""
    words = _WORD.findall(fold(_PARENTHESIS.sub("", name)))
    return "".join(w for w in words if w not in _GENERIC) or "".join(words)


def _link_record(document: Document, known: Sequence[KnownCase]) -> tuple[str, Link] | None:
    keys = {name_key(name) for name in document.names}
    years = years_of(item.value for item in document.items(FieldName.PERIOD))
    values = confirming_values(document)
    best: tuple[float, str, str] | None = None
    for case in known:
        shared = next((name for name in case.names if name_key(name) in keys), None)
        if shared is None or _apart(years, case.years):
            continue
        overlap = len(values & case.values) / max(1, min(len(values), len(case.values)))
        candidate = (0.8 + 0.2 * overlap, case.case, shared)
        best = max(best, candidate) if best else candidate
    if best is None:
        return None
    confidence, chosen, name = best
    return chosen, Link(round(confidence, 2), f"the record has the case's name {name!r}")


def _link_article(document: Document, known: Sequence[KnownCase]) -> tuple[str, Link] | None:
    found = _occurrences(document, known)
    if not found:
        return None
    counts = Counter(case for case, _, _ in found)
    by_case = {case.case: case for case in known}
    lead = len(document.text) * _PROMINENT
    folded = fold(f"{document.title}\n{document.text}")
    scores = []
    for case, count in counts.items():
        first = min(offset for c, offset, _ in found if c == case)
        longest = max((name for c, _, name in found if c == case), key=len)
        confirmed = sum(fold(value) in folded for value in by_case[case].values)
        score = 0.4
        score += 0.2 if first <= max(lead, 300) else 0.0
        score += 0.1 * min(count - 1, 2)
        score += 0.1 * min(confirmed, 2)
        score += 0.05 if len(longest.split()) > 1 else 0.0
        scores.append((min(score, 0.99), count, case, longest))
    scores.sort(reverse=True)
    confidence, _, chosen, name = scores[0]
    if len(scores) > 1 and scores[1][0] == confidence:
        confidence -= 0.2  # two cases are named alike prominently
    if confidence < LEAST_CONFIDENCE:
        return None
    times = counts[chosen]
    named = f"{name!r} occurs {times} time{'s' if times > 1 else ''}"
    return chosen, Link(round(confidence, 2), f"{named} in the article")


def _occurrences(document: Document, known: Sequence[KnownCase]) -> list[tuple[str, int, str]]:
    """(case, offset, name) of every name in the document that lies in no longer name."""
    text = f"{document.title}\n{document.text}" if document.title else document.text
    shift = len(text) - len(document.text)
    spans: list[tuple[int, int, str, str]] = []
    for case in known:
        for name in case.names:
            pattern = _pattern(name)
            if pattern:
                spans += [(m.start(), m.end(), case.case, name) for m in pattern.finditer(text)]
    return [
        (case, max(0, start - shift), name)
        for start, end, case, name in spans
        if not any(a <= start and end <= b and b - a > end - start for a, b, _, _ in spans)
    ]


def _pattern(name: str) -> re.Pattern[str] | None:
    """A name as it may be written in prose: capitals kept, quotes and spaces free."""
    words = _WORD.findall(_PARENTHESIS.sub("", name))
    telling = [w for w in words if w.casefold() not in _GENERIC]
    if not telling or (len(words) == 1 and len(words[0]) < _SHORTEST_SINGLE):
        return None
    if not any(w[0].isupper() or w[0].isdigit() for w in telling):
        return None
    return re.compile(r"\b" + r"[\W_]{1,3}".join(map(re.escape, words)) + r"\b" + _NOT_A_SEQUEL)


def confirming_values(document: Document) -> frozenset[str]:
    """Countries and agencies of a record, in normal form."""
    names = (FieldName.COUNTRIES, FieldName.AGENCIES)
    return frozenset(f.value for f in document.fields if f.name in names)


def years_of(texts: Iterable[str]) -> tuple[int, int] | None:
    """The first and last year that the texts state, or None."""
    years = [int(y) for text in texts for y in re.findall(r"\b(?:19|20)\d\d\b", text)]
    return (min(years), max(years)) if years else None


def _apart(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return bool(a and b and (a[1] < b[0] - 1 or b[1] < a[0] - 1))
