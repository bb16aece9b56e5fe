"""Knowledge checks whose options are statements: measures, cooperation, outcome."""

from __future__ import annotations

from collections.abc import Iterator

from casequote.corpus.document import FieldName
from casequote.corpus.normal import fold
from casequote.embeddings.terms import content_stems
from casequote.prompts.exercises.building import (
    Making,
    is_telling,
)
from casequote.prompts.exercises.chance import shuffled
from casequote.prompts.exercises.choice_parts import (
    Chooser,
    asked_items,
    choice_of,
    names_something,
)
from casequote.prompts.exercises.collection import CaseFile
from casequote.prompts.exercises.truth import Truth
from casequote.prompts.exercises.types import Exercise
from casequote.prompts.values import find


def statements(name: FieldName, figure_needed: bool, topic: str) -> Chooser:
    """Statements in words: measures, cooperation, outcome."""

    def choose(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
        asked = [i for i in asked_items(making, case, name) if _tells(i.text, case)][:1]
        for item in asked:
            pool = [
                found.text
                for _, found in making.collection.fit_items(name)
                if not names_something(found.text)
                and is_telling(found.text)
                and not _same_kind(found.text, item.text)
                and (
                    bool(find("duration", found.text)) and not truth.has_number(found.text)
                    if figure_needed
                    else not truth.may_state(found.text)
                )
            ]
            wrong = list(dict.fromkeys(shuffled(pool, making.settings.seed, case.id, topic)))
            yield from choice_of(making, case, topic, item, item.text, wrong)

    return choose


def _tells(text: str, case: CaseFile) -> bool:
    """Whether a statement would not be told by a name that it holds alone."""
    named = any(fold(name) in fold(text) for name in case.called)
    return not named and len(text) <= 170 and is_telling(text)


def _same_kind(one: str, other: str) -> bool:
    a, b = set(content_stems(one)), set(content_stems(other))
    return bool(a & b) and len(a & b) >= 0.5 * min(len(a), len(b))
