"""List questions: items of record fields, each with its own offsets; articles corroborate.

Nothing is chosen by likeness here: a list is everything the records of the case state.
"""

from __future__ import annotations

from collections.abc import Sequence

from casequote.corpus.document import Field, FieldName
from casequote.corpus.library import Library, StatedField
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import stems
from casequote.prompts.evidence import sentence_stems
from casequote.prompts.findings import Finding, Quote, merge
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import Kind

_MENTION_KINDS = {
    FieldName.COUNTRIES: ("country",),
    FieldName.AGENCIES: ("body",),
    FieldName.PLATFORMS: ("platform",),
}


def listed(library: Library, kind: Kind, cases: Sequence[str]) -> list[StatedField]:
    """The items of the first field of the kind that the records of the cases have."""
    for name in kind.fields:
        found = [
            stated
            for stated in library.fields(name, cases=cases)
            if not kind.part or stated.field.attributes.get("part", "name") == kind.part
        ]
        if found:
            return found
    return []


def narrowed(items: Sequence[StatedField], asked: Interpretation, library: Library) -> list[StatedField]:
    """The items that the question's restrictions leave, or all where none is restricted."""
    about = [item for item in items if _concerns(item.field, asked)]
    if about:
        items = about
    country = asked.filters.country
    if country and asked.kind.id == "agencies":
        local = [item for item in items if item.field.attributes.get("country") == country]
        if local:
            return local
    wanted = set(asked.topic)
    matching = [
        item
        for item in items
        if wanted & sentence_stems(library.document(item.document).quote(item.field))
    ]
    return matching if matching and len(matching) < len(items) else list(items)


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


def _concerns(field: Field, asked: Interpretation) -> bool:
    """Whether an item belongs to a person that the question names."""
    person = field.attributes.get("defendant")
    if not person:
        return False
    named = {stem for stem in asked.content} & set(stems(person))
    return bool(named)


__all__ = ["as_findings", "listed", "narrowed", "vocabulary"]
