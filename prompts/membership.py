"""Yes/no questions: "Was Europol involved?" is answered from the list, either way.

A body, country, service or offence that the question asks about → the item that names it, or the
whole list in which it is not named. Other yes/no questions are not answered here.
"""

from __future__ import annotations

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library, StatedField
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import Mention, vocabulary
from casequote.prompts.findings import Findings
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.lists import as_findings
from casequote.prompts.persons import named_defendants

_LISTS = {
    "body": (FieldName.AGENCIES, "agencies"),
    "country": (FieldName.COUNTRIES, "countries"),
    "platform": (FieldName.PLATFORMS, "platforms"),
    "crime_type": (FieldName.CRIME_TYPES, "offences"),
}


def answer_membership(asked: Interpretation, library: Library) -> Findings | None:
    """Whether the case's list names what is asked about; None when this is not such a question."""
    if not asked.yes_no or len(asked.cases) != 1:
        return None
    if named_defendants(library, asked.cases, asked.content).named:
        return None  # it asks about a person, not about the case
    for mention in vocabulary().mentions(asked.question):
        if mention.kind not in _LISTS or _names_the_case(mention, asked):
            continue
        name, label = _LISTS[mention.kind]
        items = library.fields(name, cases=asked.cases)
        if not items:
            continue
        said = asked.question[mention.start : mention.end]
        matching = [item for item in items if _is(item, mention.name)]
        return Findings(
            values=as_findings(matching or items, library),
            cases=asked.cases,
            notes={"asked": said, "named": bool(matching), "list": label},
        )
    return None


def _is(item: StatedField, name: str) -> bool:
    value = item.field.value
    return fold(value) == fold(name) or name in vocabulary().parents(value)


def _names_the_case(mention: Mention, asked: Interpretation) -> bool:
    """Whether the mention is only part of the name by which the case was found."""
    said = fold(asked.question[mention.start : mention.end])
    return any(said in fold(text) for text in asked.named_by)
