"""List questions: items of record fields, each with its own offsets; articles corroborate.

Nothing is chosen by likeness here: a list is everything the records of the case state.
"""

from __future__ import annotations

from collections.abc import Sequence

from casequote.corpus.document import Field, FieldName
from casequote.corpus.library import Library, StatedField
from casequote.corpus.normal import fold
from casequote.prompts.evidence import sentence_stems
from casequote.prompts.facts import bodies_in
from casequote.prompts.findings import Finding, Quote, merge
from casequote.prompts.interpretation import FOREIGN, Interpretation
from casequote.prompts.kinds import Kind
from casequote.prompts.persons import Persons
from casequote.prompts.statedness import says_nothing


def listed(library: Library, kind: Kind, cases: Sequence[str]) -> list[StatedField]:
    """The items of the first field of the kind that the records of the cases have."""
    for name in kind.fields:
        found = [
            stated
            for stated in library.fields(name, cases=cases)
            if (not kind.part or stated.field.attributes.get("part", "name") == kind.part)
            and not says_nothing(stated.field.value)
        ]
        if found:
            return found
    return []


def narrowed(
    items: Sequence[StatedField],
    asked: Interpretation,
    library: Library,
    persons: Persons,
    about: frozenset[str],
) -> list[StatedField]:
    """The items that the question's restrictions leave, or all where none is restricted."""
    if persons.named:
        items = [
            i
            for i in items
            if i.field.attributes.get("defendant", persons.named[0]) in persons.named
        ]
    if asked.restricted and any("country" in item.field.attributes for item in items):
        items = _of_country(items, asked.restricted, library)
    if asked.kind.type == "body":
        named = bodies_in(asked.question)
        items = [item for item in items if item.field.value not in named]
    rest = {stem for stem in asked.topic if stem not in about}
    matching = [
        item
        for item in items
        if rest & sentence_stems(library.document(item.document).quote(item.field))
    ]
    return list(matching or items)


def _of_country(
    items: Sequence[StatedField], countries: Sequence[str], library: Library
) -> list[StatedField]:
    """Items of the countries, or of none of the jurisdictions for `FOREIGN`."""
    if FOREIGN not in countries:
        return [item for item in items if item.field.attributes.get("country") in countries]
    at_home = {
        stated.field.value
        for case in {item.case for item in items}
        for stated in library.fields(FieldName.JURISDICTIONS, cases=[case])
    }
    return [item for item in items if item.field.attributes.get("country") not in at_home]


def as_findings(items: Sequence[StatedField], library: Library) -> tuple[Finding, ...]:
    """Items as values, merged where several records state the same."""
    findings = []
    for item in items:
        document = library.document(item.document)
        field = item.field
        span = field.value_span
        findings.append(
            Finding(
                text=document.text[span.start : span.end],
                normal=fold(field.value),
                quotes=(Quote(document, field.start, field.end),),
                about=_subject(field),
            )
        )
    return merge(findings)


def _subject(field: Field) -> str | None:
    attributes = field.attributes
    return attributes.get("defendant") or attributes.get("label") or attributes.get("item")
