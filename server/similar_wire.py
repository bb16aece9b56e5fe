"""Similar cases and comparisons as they are sent, for HTTP and `--json` alike."""

from __future__ import annotations

from collections.abc import Sequence

from casequote.prompts.answer import Extract
from casequote.prompts.similarity.comparison import CellItem, Comparison
from casequote.prompts.similarity.results import Similar, SimilarCase
from casequote.server.wire import ExtractOut, Wire, extract_out


class ReasonOut(Wire):
    """Why two cases are alike; extracts of the asked case come before the other's."""

    kind: str
    text: str
    share: float
    """Part of the score that it makes, in points of the score."""
    extracts: list[ExtractOut]


class DifferenceOut(Wire):
    """A point that matters in which the cases differ."""

    kind: str
    text: str
    extracts: list[ExtractOut]


class SimilarCaseOut(Wire):
    """A case that is like the asked one."""

    rank: int
    case: str
    kind: str
    """`case`, or `article` for one that belongs to no case; then `case` is the article's id."""
    title: str
    score: float
    views: dict[str, float]
    reasons: list[ReasonOut]
    differences: list[DifferenceOut]
    repeats: str | None
    """Id of the document asked about, or of a better result, whose text this article repeats."""


class RecognisedOut(Wire):
    """A name in the narrative that the vocabulary knows."""

    kind: str
    name: str
    start: int
    end: int


class SimilarOut(Wire):
    """The cases like a case or a narrative, and what they were found by.

    Extracts of a narrative have `narrative` as their document: offsets into the text given.
    """

    asked: str | None
    title: str
    preset: str | None
    weights: dict[str, float]
    constraints: dict[str, str | int | bool]
    compared: int
    recognised: list[RecognisedOut]
    results: list[SimilarCaseOut]


class CellItemOut(Wire):
    """One quoted item of a cell."""

    text: str
    about: str | None
    shared: bool
    extract: ExtractOut


class CellConflictOut(Wire):
    """Something that the sources of the case state differently."""

    item: str
    values: list[CellItemOut]


class CellOut(Wire):
    """What one case states in one row."""

    case: str
    stated: bool
    items: list[CellItemOut]
    conflicts: list[CellConflictOut]


class RowOut(Wire):
    """One row of a comparison."""

    name: str
    label: str
    cells: list[CellOut]


class ComparedCaseOut(Wire):
    """A case at the head of a column."""

    id: str
    title: str


class ComparisonOut(Wire):
    """Cases side by side."""

    cases: list[ComparedCaseOut]
    rows: list[RowOut]


def similar_out(found: Similar) -> SimilarOut:
    """Similar cases as they are sent."""
    return SimilarOut(
        asked=found.asked,
        title=found.title,
        preset=found.preset,
        weights=dict(found.weights),
        constraints=found.constraints.stated(),
        compared=found.compared,
        recognised=[
            RecognisedOut(kind=r.kind, name=r.name, start=r.start, end=r.end)
            for r in found.recognised
        ],
        results=[_similar_case(result) for result in found.results],
    )


def comparison_out(comparison: Comparison) -> ComparisonOut:
    """A comparison as it is sent."""
    return ComparisonOut(
        cases=[ComparedCaseOut(id=case.id, title=case.title) for case in comparison.cases],
        rows=[
            RowOut(
                name=row.name,
                label=row.label,
                cells=[
                    CellOut(
                        case=case.id,
                        stated=cell.stated,
                        items=[_item(item) for item in cell.items],
                        conflicts=[
                            CellConflictOut(item=c.item, values=[_item(v) for v in c.values])
                            for c in cell.conflicts
                        ],
                    )
                    for case, cell in zip(comparison.cases, row.cells, strict=True)
                ],
            )
            for row in comparison.rows
        ],
    )


def _similar_case(result: SimilarCase) -> SimilarCaseOut:
    return SimilarCaseOut(
        rank=result.rank,
        case=result.case,
        kind="case" if result.is_case else "article",
        title=result.title,
        score=round(result.score, 4),
        views={view: round(score, 4) for view, score in result.views.items()},
        reasons=[
            ReasonOut(
                kind=reason.kind,
                text=reason.text,
                share=round(reason.share, 4),
                extracts=_extracts(reason.extracts),
            )
            for reason in result.reasons
        ],
        differences=[
            DifferenceOut(kind=d.kind, text=d.text, extracts=_extracts(d.extracts))
            for d in result.differences
        ],
        repeats=result.repeats,
    )


def _extracts(extracts: Sequence[Extract]) -> list[ExtractOut]:
    return [extract_out(extract) for extract in extracts]


def _item(item: CellItem) -> CellItemOut:
    return CellItemOut(
        text=item.text, about=item.about, shared=item.shared, extract=extract_out(item.extract)
    )
