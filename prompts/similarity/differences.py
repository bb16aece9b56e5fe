"""Two described cases → up to three differences that matter, with the extracts that state them.

What counts as one, and in what order, is data (`data/wording.yaml`). What a case does not state is
never held against it, but where a victim died.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casequote.corpus.document import Document
from casequote.embeddings.likeness.description import Description, Element
from casequote.prompts.findings import Quote
from casequote.prompts.similarity.quoting import Numbering, Quoter
from casequote.prompts.similarity.results import Difference
from casequote.prompts.similarity.wording import Axis, Side, wording

MOST = 3


def differences(
    here: Description,
    there: Description,
    document: Callable[[str], Document],
    quoter: Quoter,
    numbering: Numbering,
) -> tuple[Difference, ...]:
    """The differences between the asked case and another, the weightiest first."""
    found: list[Difference] = []
    for axis in wording().differences:
        if len(found) == MOST:
            break
        if axis.field:
            found += _by_field(axis, here, there, document, numbering)
        elif axis.alone:
            found += _alone(axis, here, there, quoter, numbering)
        else:
            found += _by_marks(axis, here, there, quoter, numbering)
    return tuple(found)


def _by_field(
    axis: Axis,
    here: Description,
    there: Description,
    document: Callable[[str], Document],
    numbering: Numbering,
) -> Iterator[Difference]:
    mine, other = (_field(axis, side, document) for side in (here, there))
    if mine and other and mine[0] != other[0]:
        extracts = (numbering.extract(mine[1]), numbering.extract(other[1]))
        text = axis.text.format(here=_quoted(mine[1]), there=_quoted(other[1]))
        yield Difference(axis.kind, text, extracts)


def _field(
    axis: Axis, side: Description, document: Callable[[str], Document]
) -> tuple[str, Quote] | None:
    """The first value of a field among the documents of a case, and where it is stated."""
    for document_id in side.documents:
        found = document(document_id)
        for item in found.fields:
            if item.name is axis.field:
                return item.value, Quote(found, *item.value_span)
    return None


def _quoted(quote: Quote) -> str:
    return f"“{' '.join(quote.text.split())}”"


def _by_marks(
    axis: Axis, here: Description, there: Description, quoter: Quoter, numbering: Numbering
) -> Iterator[Difference]:
    for first, second in (axis.sides, axis.sides[::-1]):
        mine, other = _stated(first, second, here), _stated(second, first, there)
        quotes = (quoter.of(mine), quoter.of(other)) if mine and other else (None, None)
        if quotes[0] and quotes[1]:
            extracts = tuple(numbering.extract(quote) for quote in quotes if quote)
            text = axis.text.format(here=first.called, there=second.called)
            yield Difference(axis.kind, text, extracts)
            return


def _alone(
    axis: Axis, here: Description, there: Description, quoter: Quoter, numbering: Numbering
) -> Iterator[Difference]:
    (side,) = axis.sides
    mine, other = _of(side, here), _of(side, there)
    if bool(mine) is not bool(other) and (quote := quoter.of(mine or other)):
        yield Difference(axis.kind, axis.text.format(here=side.called), (numbering.extract(quote),))


def _stated(side: Side, against: Side, case: Description) -> tuple[Element, ...]:
    """Where a case states a mark of one side, when it states none of the other."""
    return () if _of(against, case) else _of(side, case)


def _of(side: Side, case: Description) -> tuple[Element, ...]:
    stated = case.elements.get(side.view, {})
    return tuple(element for name in side.marks for element in stated.get(name, ()))
