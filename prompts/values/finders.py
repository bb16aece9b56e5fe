"""Text → typed values in it: what a question of a kind asks for.

Each finder is a pattern or the vocabulary; the patterns stand in `data/value_patterns.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import Mention, vocabulary
from casequote.prompts.kinds import ValueType, data
from casequote.prompts.values.normal import MONTH, normal_date, normal_duration, normal_number

_MENTIONS: dict[ValueType, tuple[str, ...]] = {
    "body": ("body",),
    "country": ("country", "demonym"),
    "crime_type": ("crime_type",),
    "nationality": ("demonym",),
    "place": ("city", "country"),
    "platform": ("platform",),
}
_NORMAL = {
    "age": normal_number,
    "count": normal_number,
    "date": normal_date,
    "duration": normal_duration,
    "money": normal_number,
}


MOSTLY = 0.6
CACHED = 50_000
"""Results kept: the same sentences are looked at for question after question."""
_NO_NAMES: dict[ValueType, tuple[str, ...]] = {
    "name": ("country", "demonym", "city", "crime_type"),
    "person": ("country", "demonym", "city", "crime_type", "platform", "body"),
    "proper": ("country", "demonym", "city", "crime_type", "body"),
}
"""What is no name of the type though it is written like one."""
_WRITTEN_LIKE: dict[ValueType, ValueType] = {"proper": "name"}
_HELD = re.compile(
    r"\b(?:citizens?|nationals?|nationality)\b\W{0,2}(?: ?of (?:the )?)?$", re.IGNORECASE
)
_OPENS = re.compile(r"(?:^|[:.;!?“\"]\s*)$")
"""What stands before a word that opens a sentence or an item."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value in a text: its span and its normal form."""

    start: int
    end: int
    normal: str


@lru_cache(maxsize=CACHED)
def find(kind: ValueType, text: str) -> tuple[Found, ...]:
    """The values of a type in a text, in order, without overlap."""
    found = [*_by_vocabulary(kind, text), *_by_pattern(kind, text)]
    if kind in _NO_NAMES:
        other = [m for m in vocabulary().mentions(text) if m.kind in _NO_NAMES[kind]]
        found = [
            value
            for value in _unopened(text, found)
            if not _is_of_others(value, other)
            and not _never().fullmatch(text[value.start : value.end])
        ]
    found.sort(key=lambda value: (value.start, -value.end))
    kept: list[Found] = []
    for value in found:
        if not kept or value.start >= kept[-1].end:
            kept.append(value)
    return tuple(kept)


def _unopened(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Names without a capital that only opens a sentence: "Alleged AlphaBay", "False alarm"."""
    opening = _opening()
    for value in found:
        word, _, rest = text[value.start : value.end].partition(" ")
        if not _OPENS.search(text[: value.start]) or (not rest and word.isupper()):
            yield value
        elif not rest:
            continue
        elif opening.fullmatch(word):
            start = value.end - len(rest)
            yield Found(start, value.end, fold(rest))
        else:
            yield value


@cache
def _never() -> re.Pattern[str]:
    return re.compile(data("value_patterns.yaml")["never"])


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(data("value_patterns.yaml")["opening"], re.IGNORECASE)


def _is_of_others(value: Found, mentions: Sequence[Mention]) -> bool:
    """Whether a value is (most of) something that is no name, such as a country or two of them."""
    shared = sum(max(0, min(value.end, m.end) - max(value.start, m.start)) for m in mentions)
    return shared >= MOSTLY * (value.end - value.start)


def _by_vocabulary(kind: ValueType, text: str) -> Iterator[Found]:
    kinds = _MENTIONS.get(kind)
    if not kinds:
        return
    for mention in vocabulary().mentions(text):
        if mention.kind in kinds or (kind == "nationality" and _is_held(text, mention)):
            yield Found(mention.start, mention.end, mention.name)


def _is_held(text: str, mention: Mention) -> bool:
    """Whether a country is somebody's: "a national of Ghana", "Nationality: Ghana"."""
    return mention.kind == "country" and bool(_HELD.search(text[: mention.start]))


def _by_pattern(kind: ValueType, text: str) -> Iterator[Found]:
    normal = _NORMAL.get(kind, fold)
    for pattern in _patterns().get(_WRITTEN_LIKE.get(kind, kind), ()):
        for m in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            if m.group(group):
                shown = m.group(group)
                yield Found(m.start(group), m.end(group), normal(shown) or fold(shown))


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Patterns by type; in them {name} stands for the fragment of that name."""
    file = data("value_patterns.yaml")
    fragments = {"month": MONTH}
    for name, fragment in file["fragments"].items():
        fragments[name] = _filled(fragment, fragments)
    return {
        kind: tuple(re.compile(_filled(pattern, fragments), re.VERBOSE) for pattern in patterns)
        for kind, patterns in file["types"].items()
    }


def _filled(pattern: str, fragments: dict[str, str]) -> str:
    for name, fragment in fragments.items():
        pattern = pattern.replace("{" + name + "}", fragment)
    return pattern
