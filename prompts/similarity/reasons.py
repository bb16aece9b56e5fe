"""Two described cases → the reasons why they are alike: shared elements, quoted from both sides.

A reason is a group of shared elements that the same two passages state. The order is that of what
each adds to the score; what most cases have is named only where there is nothing better.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casequote.embeddings.likeness.marks import mark_index
from casequote.embeddings.likeness.scoring import Shared
from casequote.embeddings.likeness.views import views
from casequote.embeddings.terms import content_stems
from casequote.prompts.findings import Quote
from casequote.prompts.similarity.quoting import Numbering, Quoter
from casequote.prompts.similarity.results import Reason
from casequote.prompts.similarity.wording import wording

LEAST, MOST = 2, 5
MOST_OF_VIEW = {"method": 3, "narrative": 1}
"""Reasons from one view; `_OTHERWISE` where it is not listed."""
_OTHERWISE = 1
_COMMON = 0.35
"""Share of cases from which an element is named only where there is nothing better."""
_MOST_LABELS = 3


@dataclass(frozen=True, slots=True)
class Passages:
    """The two passages that tell what happened most alike."""

    here: Quote
    there: Quote
    share: float


@dataclass(slots=True)
class _Group:
    """Shared elements of one view that the same two passages state."""

    view: str
    here: Quote
    there: Quote
    labels: list[str]
    share: float
    common: bool


def reasons(
    shared: Sequence[Shared],
    alike: Passages | None,
    quoter: Quoter,
    numbering: Numbering,
    *,
    least: float = 0.0,
) -> tuple[Reason, ...]:
    """Two to five reasons where the cases share as much, the weightiest first.

    What adds less than `least` to the score is treated as what most cases have.
    """
    groups = _groups(shared, quoter)
    for group in groups:
        group.common = group.common or group.share < least
    if alike:
        groups.append(_Group("narrative", alike.here, alike.there, [], alike.share, False))
    chosen: list[_Group] = []
    for wanted_common in (False, True):
        for group in sorted(groups, key=lambda g: (-g.share, g.view, g.labels)):
            full = len(chosen) >= (LEAST if wanted_common else MOST)
            if not full and group.common is wanted_common and _adds(group, chosen):
                chosen.append(group)
    chosen.sort(key=lambda group: (group.common, -group.share))
    return tuple(_reason(group, numbering) for group in chosen)


def _groups(shared: Sequence[Shared], quoter: Quoter) -> list[_Group]:
    groups: dict[tuple[object, ...], _Group] = {}
    for element in _telling(shared):
        here, there = quoter.of(element.here), quoter.of(element.there)
        if here is None or there is None:
            continue
        key = (element.view, _place(here), _place(there))
        common = element.commonness > _COMMON
        group = groups.get(key)
        if group is None:
            label = _label(element)
            groups[key] = _Group(element.view, here, there, [label], element.share, common)
        elif len(group.labels) < _MOST_LABELS and not common:
            group.labels.append(_label(element))
            group.share += element.share
    return list(groups.values())


def _telling(shared: Iterable[Shared]) -> list[Shared]:
    """Without what counts for nothing, is never a reason, or follows from a more special mark."""
    never = wording().never
    kept = [s for s in shared if s.share > 0 and s.key not in never.get(s.view, frozenset())]
    marks = mark_index()
    implied = {
        (s.view, general)
        for s in kept
        if (s.view, s.key) in marks.marks
        for general in marks.more_general(marks.marks[s.view, s.key])
    }
    return [s for s in kept if (s.view, s.key) not in implied]


def _adds(group: _Group, chosen: Sequence[_Group]) -> bool:
    """Whether a group says something that the chosen ones do not."""
    same = [other for other in chosen if other.view == group.view]
    if len(same) >= MOST_OF_VIEW.get(group.view, _OTHERWISE):
        return False
    said = {stem for other in chosen for label in other.labels for stem in content_stems(label)}
    words = {stem for label in group.labels for stem in content_stems(label)}
    if words and words <= said:
        return False
    return group.view != "narrative" or all(
        _place(other.here) != _place(group.here) or _place(other.there) != _place(group.there)
        for other in chosen
    )


def _reason(group: _Group, numbering: Numbering) -> Reason:
    kinds = {view.name: view.kind for view in views().views}
    words = wording().reasons.get(group.view, "")
    return Reason(
        kind=kinds[group.view],
        view=group.view,
        text=words + "; ".join(group.labels),
        extracts=(numbering.extract(group.here), numbering.extract(group.there)),
        share=group.share,
    )


def _label(element: Shared) -> str:
    return (
        wording().labels.get(element.key, element.label)
        if element.view == "outcome"
        else (element.label)
    )


def _place(quote: Quote) -> tuple[str, int, int]:
    return quote.document.id, quote.start, quote.end
