"""Knowledge checks: one right option of a case, the others of the same type from other cases.

No distractor is true for the case by any of its documents (`truth`).
"""

from __future__ import annotations

from casequote.corpus.document import FieldName
from casequote.prompts.exercises.building import (
    Making,
)
from casequote.prompts.exercises.choice_figures import amounts, arrests, dates, sentences
from casequote.prompts.exercises.choice_names import agencies, countries, crime_types, platforms
from casequote.prompts.exercises.choice_parts import (
    Chooser,
)
from casequote.prompts.exercises.choice_statements import statements
from casequote.prompts.exercises.collection import CaseFile
from casequote.prompts.exercises.truth import Truth, truth_of
from casequote.prompts.exercises.types import Exercise


def make_choices(making: Making, case: CaseFile) -> list[Exercise]:
    """Every knowledge check of a case, by topic."""
    truth = _truth(case)
    return [made for choose in _CHOOSERS for made in choose(making, case, truth)]


def _truth(case: CaseFile) -> Truth:
    return truth_of(case)


_CHOOSERS: tuple[Chooser, ...] = (
    agencies,
    countries,
    crime_types,
    dates,
    platforms,
    sentences,
    arrests,
    amounts,
    statements(FieldName.MEASURES, False, "investigative_measures"),
    statements(FieldName.COOPERATION, False, "cooperation"),
    statements(FieldName.OUTCOME, True, "outcome"),
)
