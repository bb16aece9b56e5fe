"""Comparisons and similar cases → their reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casequote.prompts.answer import Extract
from casequote.prompts.similarity.comparison import CellItem, Comparison
from casequote.prompts.similarity.results import Similar
from casequote.web.report import Item, Part, References, Report


def comparison_report(found: Comparison, titles: Mapping[str, str]) -> Report:
    """A comparison as it is exported: a part for each row, each item with its case."""
    references = References(titles)

    def item(case: str, one: CellItem, note: str = "") -> Item:
        extract = one.extract
        number = references.number(extract.document, extract.start, extract.end)
        about = f"{one.about}: " if one.about else ""
        return Item(f"{case}: {about}{one.text}", (number,), note)

    parts = []
    for row in found.rows:
        items = []
        for case, cell in zip(found.cases, row.cells, strict=True):
            items += [item(case.title, one) for one in cell.items]
            for conflict in cell.conflicts:
                note = f"sources disagree: {conflict.item}"
                items += [item(case.title, one, note) for one in conflict.values]
            if not cell.stated:
                items.append(Item(f"{case.title}: –", note="not stated"))
        parts.append(Part(row.label, tuple(items)))
    title = " / ".join(case.title for case in found.cases)
    return Report(title, tuple(parts), references.all())


def similar_report(found: Similar, titles: Mapping[str, str]) -> Report:
    """Similar cases as they are exported: a part for each, with its reasons and differences."""
    references = References(titles)

    def numbers(extracts: Sequence[Extract]) -> tuple[int, ...]:
        return tuple(references.number(e.document, e.start, e.end) for e in extracts)

    parts = []
    for one in found.results:
        items = [Item(reason.text, numbers(reason.extracts)) for reason in one.reasons]
        items += [Item(d.text, numbers(d.extracts), "difference") for d in one.differences]
        parts.append(Part(f"{one.rank}. {one.title} ({one.score:.0%})", tuple(items)))
    return Report(f"Cases like {found.title}", tuple(parts), references.all())
