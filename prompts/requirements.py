"""Question → what evidence must be about, beyond its words: persons, publisher, place, precision.

A sentence that scores well but is about another defendant, another country or only the year is no
answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import stems
from casequote.prompts.evidence import Candidate
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import data
from casequote.prompts.persons import Persons, named_defendants
from casequote.prompts.selection import Ranked
from casequote.prompts.values import figures

Forms = tuple[frozenset[str], ...]
"""Ways to say one thing, each as stems that occur together."""
PERSONAL = frozenset({FieldName.DEFENDANTS, FieldName.PLEA, FieldName.VERDICT})
"""Fields that say something of one person; prose must name that person to answer instead."""
LOCATED = frozenset({"count", "money", "item"})
"""Types of values that hold for one country and not for another."""
FEW_COUNTRIES = 2
"""A case of no more countries is in them throughout; its sentences need not repeat them."""
_PLACE = re.compile(
    r"\b(?:in|within|inside|from|at|for) (?:the )?([A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*)"
)


@dataclass(frozen=True, slots=True)
class Requirements:
    """What evidence must be about; an empty part requires nothing."""

    persons: Persons
    personal: bool
    publisher: str | None
    country: str | None
    figures: frozenset[str] = frozenset()
    premises: tuple[Forms, ...] = ()
    """What the question takes for granted, each as the words that may say it."""

    def admits(self, candidate: Candidate) -> bool:
        """Whether a candidate is about the right person and place."""
        if self.personal and not self.persons.mentioned_in(candidate):
            return False
        if not all(_is_said(forms, candidate) for forms in self.premises):
            return False
        if self.figures and not _has_figures(candidate, self.figures):
            return False
        if self.country and self.country not in _countries(candidate.text):
            return False
        return self.persons.concerns(candidate)

    def told(self, candidate: Candidate) -> bool:
        """Whether the publisher that was asked for tells it."""
        document = candidate.document
        if document.publisher is not None:
            return document.publisher == self.publisher
        numbers = document.sources_of(candidate.start, candidate.end)
        return any(s.publisher == self.publisher for s in document.sources if s.number in numbers)


def requirements(asked: Interpretation, cases: Sequence[str], library: Library) -> Requirements:
    """What the question requires of evidence from the cases."""
    persons = named_defendants(library, cases, asked.content)
    return Requirements(
        persons=persons,
        personal=bool(persons.named and PERSONAL & set(asked.kind.fields)),
        publisher=asked.publisher,
        country=_country(asked, cases, library),
        figures=asked.figures,
        premises=_premises(asked),
    )


def _premises(asked: Interpretation) -> tuple[Forms, ...]:
    """The premises of a question for reasons; others ask whether it is so."""
    if asked.kind.type != "reason":
        return ()
    said = set(asked.content)
    return tuple(forms for forms in _forms() if any(form <= said for form in forms))


def _is_said(forms: Forms, candidate: Candidate) -> bool:
    here = candidate.stems | candidate.context
    return any(form <= here for form in forms)


@cache
def _forms() -> tuple[Forms, ...]:
    return tuple(tuple(frozenset(stems(form)) for form in forms) for forms in data("premises.yaml"))


def _has_figures(candidate: Candidate, wanted: frozenset[str]) -> bool:
    """Whether a candidate or the sentences beside it state every figure of the question.

    A record that describes its case by the figure, in a title or alias, states it for all.
    """
    missing = wanted - figures(candidate.text)
    return not missing or missing <= candidate.context or missing <= _titled(candidate)


def _titled(candidate: Candidate) -> frozenset[str]:
    document = candidate.document
    names = (*document.items(FieldName.TITLE), *document.items(FieldName.ALIASES))
    return figures(" ".join((document.title, *(document.quote(name) for name in names))))


def admitted(ranked: Sequence[Ranked], required: Requirements) -> list[Ranked]:
    """The candidates that meet the requirements; those of the publisher, if it tells any."""
    kept = [r for r in ranked if required.admits(r.candidate)]
    if required.publisher:
        return [r for r in kept if required.told(r.candidate)] or kept
    return kept


def _country(asked: Interpretation, cases: Sequence[str], library: Library) -> str | None:
    """A country that the question is kept to, where its cases concern several."""
    if asked.kind.type not in LOCATED:
        return None
    known = vocabulary()
    named = [
        m.name
        for p in _PLACE.finditer(asked.question)
        for m in known.mentions(p.group(1))
        if m.kind == "country" and m.start == 0
    ]
    titled = {m.name for text in asked.named_by for m in known.mentions(text)}
    if not named or named[0] in titled:
        return None
    concerned = {f.field.value for f in library.fields(FieldName.COUNTRIES, cases=cases)}
    at_home = {f.field.value for f in library.fields(FieldName.JURISDICTIONS, cases=cases)}
    if len(concerned) <= FEW_COUNTRIES or at_home == {named[0]}:
        return None
    return named[0]


def _countries(text: str) -> set[str]:
    kinds = ("country", "demonym", "city")
    return {m.name for m in vocabulary().mentions(text) if m.kind in kinds}
