"""Answer → what its page shows: numbered links to the extracts, in the words of the answer.

The wording is in the templates; nothing is selected or left out but lines that only repeat the
values or extracts listed below them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casequote.corpus.document import Span
from casequote.prompts.answer import MARKER, Answer, Conflict, Extract, Value, told_by, unmarked
from casequote.prompts.interpreter import LONGEST
from casequote.web.asked import Asked, Chip, chips
from casequote.web.document_view import NamedSource, named_sources
from casequote.web.links import carried, case_path, document_path, question_path, web_address
from casequote.web.permalink import Verification
from casequote.web.wording import wording

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A case by its title."""

    id: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class ExtractView:
    """An extract, where it leads, and whose words it is."""

    extract: Extract
    path: str
    case: CaseLink | None
    source_url: str | None
    sources: tuple[NamedSource, ...]


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value and the extracts that state it."""

    value: Value
    citations: tuple[ExtractView, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who states a figure: a publisher, or a source that a record names for it."""

    citation: ExtractView
    publisher: str | None
    date: str | None
    official: bool
    in_record: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the values that sources give for the same thing, and who gives it."""

    value: Value
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Something that sources state differently."""

    item: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters of the answer's text, or the citation that stands there."""

    text: str
    citation: ExtractView | None = None


@dataclass(frozen=True, slots=True)
class EarlierQuestion:
    """A question before this one, and the page that answers it."""

    question: str
    path: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Everything that the page of an answer shows."""

    answer: Answer
    cases: tuple[CaseLink, ...]
    frame: tuple[tuple[Segment, ...], ...]
    values: tuple[ValueView, ...]
    conflicts: tuple[ConflictView, ...]
    extracts: tuple[ExtractView, ...]
    """Of an answer its extracts, of a refusal the nearest ones."""
    earlier: tuple[EarlierQuestion, ...]
    carried: tuple[str, ...]
    """The questions that a follow-up goes on from."""
    characters_read: int | None
    """How much of the question was read, where that is not all."""
    asked: Asked
    chips: tuple[Chip, ...]
    suggestions: tuple[Suggestion, ...] = ()
    permalink: str | None = None
    """The address that says, when it is opened, what has changed since."""
    verification: Verification | None = None
    choices: Choices | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that the collection can answer; `near` for one with a name that it has."""

    question: str
    path: str
    near: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader may choose instead of what a question was taken to mean."""

    kinds: tuple[tuple[str, str], ...]
    """Id and label of each."""
    cases: tuple[tuple[str, str], ...]
    """Id and title of each."""
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    """Name of a filter and the values that cases have."""


def answer_view(
    answer: Answer,
    titles: Mapping[str, str],
    earlier: Sequence[str],
    given: Asked | None = None,
) -> AnswerView:
    """The page of an answer; `titles` are those of cases by id, `given` what its address says."""
    asked = answer.interpretation
    given = given or Asked(asked.question, tuple(earlier))
    found = answer.refusal.nearest if answer.refusal else answer.extracts
    extracts = tuple(_extract(extract, titles) for extract in found)
    numbered = {view.extract.number: view for view in extracts}
    return AnswerView(
        answer=answer,
        cases=tuple(case_link(case, titles) for case in asked.cases),
        frame=() if answer.refusal else _frame(answer, numbered),
        values=tuple(_value(value, numbered) for value in answer.values),
        conflicts=tuple(_conflict(conflict, numbered) for conflict in answer.conflicts),
        extracts=extracts,
        earlier=tuple(
            EarlierQuestion(question, question_path(question, earlier[:place]))
            for place, question in enumerate(earlier)
        ),
        carried=carried((*earlier, asked.question)),
        characters_read=LONGEST if len(" ".join(asked.question.split())) > LONGEST else None,
        asked=given,
        chips=chips(given, asked, titles, wording.filters),
    )


def case_link(case: str, titles: Mapping[str, str]) -> CaseLink:
    """A case by its title, or by its id where it has none."""
    return CaseLink(case, titles.get(case, case), case_path(case))


def _extract(extract: Extract, titles: Mapping[str, str]) -> ExtractView:
    document = extract.document
    span = Span(extract.start, extract.end)
    return ExtractView(
        extract=extract,
        path=document_path(document.id, span),
        case=case_link(document.case, titles) if document.case else None,
        source_url=web_address(document.url),
        sources=named_sources(document, span),
    )


def _value(value: Value, numbered: Mapping[int, ExtractView]) -> ValueView:
    return ValueView(value, tuple(numbered[number] for number in value.citations))


def _conflict(conflict: Conflict, numbered: Mapping[int, ExtractView]) -> ConflictView:
    return ConflictView(
        conflict.item,
        tuple(
            Figure(value, tuple(o for n in value.citations for o in _origins(numbered[n])))
            for value in conflict.values
        ),
    )


def _origins(view: ExtractView) -> tuple[Origin, ...]:
    document = view.extract.document
    if document.publisher or not view.sources:
        return (
            Origin(view, document.publisher, document.date, document.official, in_record=False),
        )
    sources = [named.source for named in view.sources]
    return tuple(Origin(view, s.publisher, s.date, s.official, in_record=True) for s in sources)


def _frame(answer: Answer, numbered: Mapping[int, ExtractView]) -> tuple[tuple[Segment, ...], ...]:
    """The lines of the answer's text that say more than the values and extracts listed below."""
    text = answer.text
    for extract in answer.extracts:
        said = f"{unmarked(told_by(extract.document))}: “{unmarked(extract.text)}”"
        text = text.replace(f"{said} [{extract.number}]", "")
    return tuple(
        _segments(line, numbered)
        for line in text.split("\n")
        if _WORD.search(line)
        and not _only_values(line, answer.values)
        and not any(_states(line, conflict) for conflict in answer.conflicts)
    )


def _only_values(line: str, values: Sequence[Value]) -> bool:
    """Whether a line lists values with their citations and says nothing else."""
    for value in sorted(values, key=lambda value: -len(value.text)):
        for stated in (f"{unmarked(value.about or '')}: {_cited(value)}", _cited(value)):
            line = line.replace(stated, "")
    return not _WORD.search(line)


def _states(line: str, conflict: Conflict) -> bool:
    """Whether a line is the sentence for a conflict, which has a table of its own."""
    return unmarked(conflict.item) in line and all(
        _cited(value) in line for value in conflict.values
    )


def _cited(value: Value) -> str:
    """A value as the answer's text has it."""
    return f"{unmarked(value.text)} {''.join(f'[{number}]' for number in value.citations)}"


def _segments(line: str, numbered: Mapping[int, ExtractView]) -> tuple[Segment, ...]:
    """A line cut at its citations; a number in brackets that is no citation stays text."""
    segments = []
    position = 0
    for match in MARKER.finditer(line):
        view = numbered.get(int(match.group(1)))
        if view is not None:
            segments += [Segment(line[position : match.start()]), Segment(match.group(), view)]
            position = match.end()
    segments.append(Segment(line[position:]))
    return tuple(segment for segment in segments if segment.text)
