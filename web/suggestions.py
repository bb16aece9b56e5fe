"""Answer and library → questions to go on with: what records of its cases state, and near names."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library
from casequote.prompts.answer import Answer
from casequote.prompts.kinds import kinds
from casequote.web.answer_view import Choices, Suggestion
from casequote.web.asked import Asked
from casequote.web.links import question_path
from casequote.web.wording import wording

FIELDS = (
    FieldName.AGENCIES,
    FieldName.CONFISCATION,
    FieldName.SENTENCE,
    FieldName.ARRESTS,
    FieldName.COOPERATION,
    FieldName.CONFLICTS,
    FieldName.PLATFORMS,
)
MOST = 4
MOST_CASES = 400
"""Beyond so many cases, a list to choose from would be longer than a page should be."""
MOST_VALUES = 60


def suggestions(asked: Asked, answer: Answer, library: Library) -> tuple[Suggestion, ...]:
    """Near names where a name is unknown, else what the record of the answer's case states."""
    meant = answer.interpretation
    if meant.near and meant.unknown:
        return tuple(_named(asked, meant.unknown[0], title) for title in meant.near[:MOST])
    cases = answer.cases or meant.cases
    if len(cases) != 1:
        return ()
    case = library.case(cases[0])
    return tuple(
        Suggestion(question, question_path(question))
        for name in FIELDS
        if name not in meant.kind.fields and library.fields(name, cases=[case.id])
        for question in [wording.questions[name.value].replace("{}", case.title)]
    )[:MOST]


def choices(library: Library) -> Choices:
    """What a reader may choose instead of what a question was taken to mean."""
    cases = library.cases()
    return Choices(
        kinds=tuple((kind.id, kind.label) for kind in kinds().values()),
        cases=tuple((case.id, case.title) for case in cases) if len(cases) <= MOST_CASES else (),
        filters=(
            ("country", _values(library, FieldName.COUNTRIES)),
            ("crime_type", _values(library, FieldName.CRIME_TYPES)),
        ),
    )


def _named(asked: Asked, unknown: str, title: str) -> Suggestion:
    """The same question with a name that the library has."""
    question = asked.question.replace(unknown, title) if unknown in asked.question else title
    return Suggestion(question, replace(asked, question=question).path, near=True)


def _values(library: Library, name: FieldName) -> tuple[str, ...]:
    counts = Counter(stated.field.value for stated in library.fields(name))
    return tuple(sorted(value for value, _ in counts.most_common(MOST_VALUES)))
