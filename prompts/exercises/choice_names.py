"""Knowledge checks whose options are names: agencies, countries, offences, services."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casequote.corpus.document import FieldName
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.prompts.exercises.building import (
    Making,
)
from casequote.prompts.exercises.choice_parts import (
    asked_items,
    by_difficulty,
    choice_of,
    is_mention,
)
from casequote.prompts.exercises.collection import CaseFile
from casequote.prompts.exercises.truth import Truth
from casequote.prompts.exercises.types import Exercise

_UNSPECIFIC = re.compile(r"\b(?:authorities|team|special|several|various|other)\b", re.IGNORECASE)


def agencies(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    known = {b.name: b.country for b in vocabulary().bodies}
    shared = set(making.collection.common(FieldName.AGENCIES))
    home = {i.field.attributes.get("country", "") for i in case.items(FieldName.AGENCIES)}
    free = [
        b
        for b in sorted(shared & set(known))
        if not _UNSPECIFIC.search(b) and is_mention(b) and not truth.has_body(b, known[b])
    ]
    ordered = by_difficulty(making, case, FieldName.AGENCIES, free)
    near = [
        b
        for b in ordered
        if known[b] in home | truth.countries | {"International", "European Union"}
    ]
    far = [b for b in ordered if b not in near]
    wrong = near[: max(1, making.distractors - 1)] + far
    asked = asked_items(making, case, FieldName.AGENCIES)
    telling = [i for i in asked if is_mention(i.text) and fold(i.text) not in fold(case.title)]
    for item in telling[:2]:
        yield from choice_of(making, case, "agencies", item, item.text, wrong)


def countries(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    values = sorted(making.collection.common(FieldName.COUNTRIES))
    free = [c for c in values if vocabulary().country(c) and not truth.has_country(c)]
    wrong = by_difficulty(making, case, FieldName.COUNTRIES, free)
    items = asked_items(making, case, FieldName.COUNTRIES)
    told = [i for i in items if not _told_by_title(i.text, case)]
    for item in told[:1]:
        yield from choice_of(making, case, "countries", item, item.text, wrong)


def _told_by_title(country: str, case: CaseFile) -> bool:
    named = {m.name for m in vocabulary().mentions(case.title)}
    return country in named or any(w in case.title for w in country.split() if len(w) > 5)


def crime_types(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    values = sorted(making.collection.common(FieldName.CRIME_TYPES))
    free = [v for v in values if not truth.has_crime_type(v)]
    wrong = by_difficulty(making, case, FieldName.CRIME_TYPES, free)
    for item in asked_items(making, case, FieldName.CRIME_TYPES)[:1]:
        yield from choice_of(making, case, "crime_types", item, item.text, wrong)


def platforms(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    known = {p.name for p in vocabulary().platforms}
    pool = {
        item.field.value: item.text
        for _, item in making.collection.fit_items(FieldName.PLATFORMS)
        if item.field.value in known and is_mention(item.text)
    }
    free = [v for v, text in sorted(pool.items()) if not truth.has_platform(v, text)]
    ordered = by_difficulty(making, case, FieldName.PLATFORMS, free)
    wrong = list(dict.fromkeys(pool[v] for v in ordered))
    items = [
        i
        for i in asked_items(making, case, FieldName.PLATFORMS)
        if i.field.value in known and is_mention(i.text)
    ]
    for item in [i for i in items if fold(i.text) not in fold(case.title)][:1]:
        yield from choice_of(making, case, "platforms", item, item.text, wrong)
