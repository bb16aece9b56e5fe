"""Conflicting sources: the values that sources differ on, and what speaks for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casequote.corpus.document import Document, Field, FieldName, Source
from casequote.prompts.exercises import care
from casequote.prompts.exercises.building import KeyBuilder, Making, exercise
from casequote.prompts.exercises.collection import CaseFile, Item
from casequote.prompts.exercises.phrases import is_second_hand
from casequote.prompts.exercises.types import Exercise, ExerciseKind, Material


@dataclass(frozen=True, slots=True)
class _Told:
    """A value of a conflict and the sources that give it, with their lines in the record."""

    item: Item
    sources: tuple[tuple[Source, Field], ...]


def make_conflicts(making: Making, case: CaseFile) -> list[Exercise]:
    """An exercise for each item that sources differ on."""
    grouped: dict[str, list[Item]] = {}
    for item in case.fit_items(FieldName.CONFLICTS):
        grouped.setdefault(item.field.attributes.get("item", ""), []).append(item)
    made = []
    for name, items in grouped.items():
        if len(items) < 2 or not care.is_fit(name, case.names):
            continue
        told = [_Told(item, _sources(case, item)) for item in items]
        if all(t.sources for t in told):
            made.append(_made(making, case, name, told))
    return made


def _sources(case: CaseFile, item: Item) -> tuple[tuple[Source, Field], ...]:
    known = {source.number: source for source in item.document.sources}
    return tuple(
        (known[int(field.attributes["number"])], field)
        for field in item.document.items(FieldName.SOURCES)
        if field.attributes.get("number", "").isdecimal()
        and int(field.attributes["number"]) in item.field.sources
        and int(field.attributes["number"]) in known
        and care.is_fit(item.document.quote(field), case.names)
    )


def _made(making: Making, case: CaseFile, name: str, told: Sequence[_Told]) -> Exercise:
    words = making.words
    key = KeyBuilder(case)
    material = []
    for number, value in enumerate(told, start=1):
        lines = [
            f"{source.publisher} ({_date(making, source)}; "
            f"{words.label('official' if source.official else 'not_official')})"
            for source, _ in value.sources
        ]
        label = words.label("value", number=str(number), value=value.item.text)
        material.append(Material(label, "; ".join(lines)))
    for value in told:
        key.quote_item(value.item)
    _weigh(making, key, told)
    return exercise(
        making,
        case,
        ExerciseKind.CONFLICT,
        "sources",
        words.question("conflict", case=case.title, item=name),
        key.key(),
        material=material,
    )


def _weigh(making: Making, key: KeyBuilder, told: Sequence[_Told]) -> None:
    """Points: the official source, the latest one, and what they state."""
    words = making.words
    everything = [(t, source, line) for t in told for source, line in t.sources]
    official = [entry for entry in everything if entry[1].official]
    lead = "weigh_official" if official else "weigh_none"
    for value, source, line in (official or everything)[:2]:
        _point(key, words.label(lead), value, source, line)
    dated = [entry for entry in everything if entry[1].date]
    latest = max(dated, key=lambda entry: entry[1].date or "", default=None)
    if latest and latest not in (official or everything)[:2]:
        _point(key, words.label("weigh_date"), *latest)
    quoting = [entry for entry in everything if is_second_hand(entry[1].publisher)]
    shown = {point.text for point in key.points}
    for value, source, line in quoting:
        if _text(value, source) not in shown:
            _point(key, words.label("weigh_second_hand"), value, source, line)
            return


def _point(key: KeyBuilder, lead: str, value: _Told, source: Source, line: Field) -> None:
    document: Document = value.item.document
    numbers = [key.quote_item(value.item), key.quote(document, line.start, line.end)]
    key.point(
        "sources", _text(value, source), "name", numbers, lead,
        (value.item.text, source.publisher),
    )  # fmt: skip


def _text(value: _Told, source: Source) -> str:
    return f"{value.item.text} — {source.publisher}"


def _date(making: Making, source: Source) -> str:
    return making.words.date(source.date) if source.date else making.words.label("undated")
