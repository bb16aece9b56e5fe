"""Constraints → which cases may be found. What a case does not state never meets a constraint."""

from __future__ import annotations

from collections.abc import Mapping

from casequote.corpus.document import FieldName
from casequote.corpus.errors import InvalidRequest
from casequote.corpus.library import Library
from casequote.embeddings.likeness.description import Description
from casequote.prompts.across import matching_cases
from casequote.prompts.similarity.results import Constraints

CONCLUDED = "concluded"
JURISDICTIONS = ("any", "other", "same")


def allowed(
    library: Library, constraints: Constraints, asked: Description
) -> frozenset[str] | None:
    """Ids of the cases that meet every constraint; None where there is none.

    Raises InvalidRequest for an unknown kind of jurisdiction, and where the asked case names none.
    """
    met: list[frozenset[str]] = []
    if constraints.filters.stated():
        met.append(frozenset(matching_cases(library, constraints.filters)))
    if constraints.concluded:
        found = library.fields(FieldName.STATUS, value=CONCLUDED)
        met.append(frozenset(item.case for item in found))
    if constraints.jurisdiction not in JURISDICTIONS:
        raise InvalidRequest(
            f"jurisdiction: is {constraints.jurisdiction!r}; use {', '.join(JURISDICTIONS)}"
        )
    if constraints.jurisdiction != "any":
        met.append(_by_jurisdiction(library, asked, constraints.jurisdiction))
    return frozenset.intersection(*met) if met else None


def _by_jurisdiction(library: Library, asked: Description, wanted: str) -> frozenset[str]:
    where = jurisdictions(library)
    named = asked.elements.get("countries", {})
    mine = where.get(asked.id) or frozenset(found[0].label for found in named.values())
    if not mine:
        raise InvalidRequest(
            "jurisdiction: neither a jurisdiction nor a country is stated for what is asked "
            "about; name the country in the narrative, or leave the constraint out"
        )
    shares = wanted == "same"
    return frozenset(case for case, own in where.items() if bool(own & mine) is shares)


def jurisdictions(library: Library) -> Mapping[str, frozenset[str]]:
    """Case → where it was prosecuted or led from; its countries where the record does not say."""
    found: dict[str, frozenset[str]] = {}
    for name in (FieldName.JURISDICTIONS, FieldName.COUNTRIES):
        values: dict[str, set[str]] = {}
        for item in library.fields(name):
            values.setdefault(item.case, set()).add(item.field.value)
        for case, own in values.items():
            found.setdefault(case, frozenset(own))
    return found
