"""Knowledge checks whose options are figures: dates, sentences, arrests, sums."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casequote.corpus.document import FieldName
from casequote.prompts.exercises.building import (
    Making,
    is_telling,
)
from casequote.prompts.exercises.chance import shuffled
from casequote.prompts.exercises.choice_parts import (
    asked_items,
    choice_of,
    is_disputed,
    names_something,
)
from casequote.prompts.exercises.collection import CaseFile
from casequote.prompts.exercises.truth import Truth
from casequote.prompts.exercises.types import Exercise
from casequote.prompts.values import normal_number
from casequote.prompts.values.normal import normal_duration

_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_PLAIN_COUNT = re.compile(r"(?:about |some |at least |over |more than )?\d[\d,]*")
_SUM = re.compile(r"[A-Z]{3} [\d.,]+(?: (?:million|billion))?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEAR_YEARS = 3


def dates(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    disputed = is_disputed(case, "date year month time day start end begin dates signing")
    asked = 0
    for item in asked_items(making, case, FieldName.DATES):
        iso = item.field.attributes.get("date", "")
        event = item.text
        if not _DAY.fullmatch(iso) or not is_telling(event) or _YEAR.search(event):
            continue
        if disputed or asked == 2:
            continue
        others = {
            other
            for _, found in making.collection.fit_items(FieldName.DATES)
            if len(other := found.field.attributes.get("date", "")) == len(iso)
            and _DAY.fullmatch(other)
            and abs(int(other[:4]) - int(iso[:4])) <= _NEAR_YEARS
            and not truth.has_date(other)
        }
        order = shuffled(sorted(others), making.settings.seed, case.id, iso, event)
        months = {d[:7]: d for d in order if d[:7] != iso[:7]}
        wrong = [making.words.date(d) for d in months.values()]
        if making.settings.difficulty == "hard":
            wrong.sort(key=lambda d: d[-4:] != iso[:4])
        asked += 1
        yield from choice_of(
            making, case, "dates", item, making.words.date(iso), wrong, event=event
        )


def sentences(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    if is_disputed(case, "sentence term terms years imprisonment wording"):
        return
    for item in asked_items(making, case, FieldName.SENTENCE)[:1]:
        person = item.field.attributes.get("defendant", "")
        if not person[:1].isupper() or not _is_plain_sentence(item.text):
            continue
        pool = [
            found.text
            for _, found in making.collection.fit_items(FieldName.SENTENCE)
            if _is_plain_sentence(found.text)
            and not truth.has_duration(found.text)
            and not names_something(found.text)
        ]
        wrong = list(dict.fromkeys(shuffled(pool, making.settings.seed, case.id, "sentence")))
        yield from choice_of(making, case, "sentence", item, item.text, wrong, defendant=person)


def _is_plain_sentence(text: str) -> bool:
    return normal_duration(text) is not None and len(text) <= 90 and "(" not in text


def arrests(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    if is_disputed(case, "arrest arrests arrested people persons"):
        return
    for item in asked_items(making, case, FieldName.ARRESTS)[:1]:
        if not _PLAIN_COUNT.fullmatch(item.text):
            continue
        size = float(normal_number(item.text) or 0)
        pool = {
            found.text
            for _, found in making.collection.fit_items(FieldName.ARRESTS)
            if _PLAIN_COUNT.fullmatch(found.text) and not truth.has_number(found.text)
        }
        order = shuffled(sorted(pool), making.settings.seed, case.id, "arrests")
        order.sort(key=lambda text: abs(float(normal_number(text) or 0) - size))
        yield from choice_of(making, case, "arrests", item, item.text, order)


def amounts(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    for item in asked_items(making, case, FieldName.AMOUNTS):
        label = item.field.attributes.get("label", "")
        if (
            not _SUM.fullmatch(item.text)
            or is_disputed(case, label)
            or is_disputed(case, "sum loss value amount")
        ):
            continue
        size = float(normal_number(item.text[4:]) or 0)
        pool = {
            found.text
            for _, found in making.collection.fit_items(FieldName.AMOUNTS)
            if _SUM.fullmatch(found.text)
            and found.text[:3] == item.text[:3]
            and not truth.has_number(found.text)
        }
        order = shuffled(sorted(pool), making.settings.seed, case.id, "amounts")
        order.sort(key=lambda text: factor(float(normal_number(text[4:]) or 0), size))
        yield from choice_of(making, case, "amounts", item, item.text, order, label=label)
        return


def factor(number: float, size: float) -> float:
    if not number or not size:
        return float("inf")
    return max(number, size) / min(number, size)
