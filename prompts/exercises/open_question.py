"""Open questions: the items of a record under one heading are the points of a good answer."""

from __future__ import annotations

from casequote.corpus.document import FieldName
from casequote.prompts.exercises.building import KeyBuilder, Making, exercise
from casequote.prompts.exercises.collection import CaseFile
from casequote.prompts.exercises.types import Exercise, ExerciseKind, PointStyle

ASKED: tuple[tuple[FieldName, PointStyle, int], ...] = (
    (FieldName.AGENCIES, "name", 2),
    (FieldName.MODUS_OPERANDI, "text", 2),
    (FieldName.MEASURES, "text", 2),
    (FieldName.COOPERATION, "text", 2),
    (FieldName.CONFISCATION, "text", 2),
    (FieldName.COUNTRIES, "name", 3),
    (FieldName.CRIME_TYPES, "name", 2),
    (FieldName.COURTS, "text", 2),
)
"""What is asked, how answers are compared, and the fewest items that make a question."""


def make_open_questions(making: Making, case: CaseFile) -> list[Exercise]:
    """An open question for every heading with enough items."""
    made = []
    for name, style, fewest in ASKED:
        items = case.fit_items(name)
        if len(items) < fewest:
            continue
        key = KeyBuilder(case)
        for item in items[: making.most_points]:
            key.point(str(name), item.text, style, [key.quote_item(item)])
        question = making.words.question(f"open_{name}", case=case.title)
        made.append(exercise(making, case, ExerciseKind.OPEN, str(name), question, key.key()))
    return made
