"""What all knowledge checks need: the exercise, the order of distractors, what rules them out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from casequote.corpus.document import FieldName
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import content_stems
from casequote.prompts.exercises.building import (
    KeyBuilder,
    Making,
    exercise,
    options_of,
)
from casequote.prompts.exercises.chance import shuffled
from casequote.prompts.exercises.collection import CaseFile, Item
from casequote.prompts.exercises.truth import Truth
from casequote.prompts.exercises.types import Exercise, ExerciseKind

_CAPITAL = re.compile(r"(?<!^)(?<![.(“\"] )\b[A-Z][\w’'-]+")
_KEPT_CAPITALS = frozenset({"European", "Europol", "Eurojust", "Internet", "Bitcoin", "Order"})
_COMMON = 24
"""Distractors of medium difficulty are among so many of the most common ones."""
Chooser = Callable[[Making, CaseFile, Truth], Iterator[Exercise]]


def choice_of(
    making: Making,
    case: CaseFile,
    topic: str,
    item: Item,
    right: str,
    wrong: Sequence[str],
    **words: str,
) -> Iterator[Exercise]:
    """The exercise, when there are enough distractors."""
    if len(wrong) < making.distractors:
        return
    in_words = topic in ("investigative_measures", "cooperation", "outcome", "sentence")
    kept = _fitting(right, wrong, making) if in_words else list(wrong[: making.distractors])
    options, correct = options_of(right, kept, making.settings.seed, case.id, topic, right)
    key = KeyBuilder(case)
    key.quote_item(item)
    question = making.words.question(f"choice_{topic}", case=case.title, **words)
    yield exercise(
        making, case, ExerciseKind.CHOICE, topic, question, key.key(correct), options=options
    )


def _fitting(right: str, wrong: Sequence[str], making: Making) -> list[str]:
    """So many as wanted, those nearest in length, so that length does not tell the right one."""
    pool = list(wrong[: making.distractors * 3])
    pool.sort(key=lambda text: abs(len(text) - len(right)))
    return pool[: making.distractors]


def by_difficulty(making: Making, case: CaseFile, name: FieldName, values: list[str]) -> list[str]:
    """Common distractors first where it is to be hard, rare ones where it is to be easy."""
    common = making.collection.common(name)
    order = shuffled(values, making.settings.seed, case.id, name)
    if making.settings.difficulty == "easy":
        return sorted(order, key=lambda value: common[value])
    best = sorted(order, key=lambda value: -common[value])
    if making.settings.difficulty == "hard":
        return best
    return shuffled(best[:_COMMON], making.settings.seed, case.id, name) + best[_COMMON:]


def asked_items(making: Making, case: CaseFile, name: FieldName) -> list[Item]:
    return shuffled(case.fit_items(name), making.settings.seed, case.id, "asked", name)


def is_mention(text: str) -> bool:
    """Whether a name is one by itself, not a kind of body or service."""
    found = vocabulary().mentions(text)
    capital = text[:1].isupper() or any(c.isupper() for c in text)
    return capital and len(found) == 1 and found[0].end - found[0].start == len(text)


def is_disputed(case: CaseFile, words: str) -> bool:
    """Whether sources differ about something with one of the words."""
    wanted = set(content_stems(words)) | set(words.split())
    return any(
        wanted & (set(content_stems(item)) | set(item.casefold().split()))
        for field in case.items(FieldName.CONFLICTS)
        if (item := field.field.attributes.get("item", ""))
    )


def names_something(text: str) -> bool:
    """Whether a statement names a place, body or person, which would tell that it is foreign."""
    mentions = vocabulary().mentions(text)
    if any(m.kind in ("country", "demonym", "city", "body", "platform") for m in mentions):
        return True
    return any(m.group() not in _KEPT_CAPITALS for m in _CAPITAL.finditer(text))
