"""A question as its address carries it: the words, those before, and what overrules them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from casequote.prompts.interpretation import Interpretation
from casequote.web.links import case_path

FILTERS = (
    "country",
    "agency",
    "crime_type",
    "keyword",
    "platform",
    "court",
    "year_from",
    "year_to",
)
"""Names of filters, as parameters of an address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and what the reader chose instead of what the words were taken to mean."""

    question: str
    earlier: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    everywhere: bool = False
    """All cases, whichever the question names."""
    kind: str | None = None
    filters: tuple[tuple[str, str | int], ...] | None = None
    """None leaves them to the question; an empty one is none at all."""

    @property
    def corrected(self) -> bool:
        """Whether the reader chose anything."""
        return bool(self.cases or self.everywhere or self.kind or self.filters is not None)

    def parameters(self) -> list[tuple[str, str]]:
        """Names and values, as in an address."""
        found = [("q", self.question), *(("after", text) for text in self.earlier)]
        found += [("case", case) for case in self.cases]
        found += [("cases", "all")] if self.everywhere else []
        found += [("kind", self.kind)] if self.kind else []
        if self.filters is not None:
            found += [(name, str(value)) for name, value in self.filters]
            found += [] if self.filters else [("filters", "none")]
        return found

    @property
    def query(self) -> str:
        """The parameters, encoded."""
        return urlencode(self.parameters())

    @property
    def path(self) -> str:
        """The page that answers it."""
        return f"/?{self.query}"


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that a question was taken to mean, and the address without it."""

    label: str
    """A message of the page: "Asked for", "Case", or the name of a filter."""
    value: str
    is_message: bool = False
    """Whether the value is translated; names are not."""
    path: str | None = None
    removed: str | None = None
    carried: bool = False


def chips(
    asked: Asked, meant: Interpretation, titles: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[Chip, ...]:
    """What a question was taken to mean; `labels` are those of filters."""
    kind = "cases" if meant.across else meant.kind.label
    without_kind = replace(asked, kind=None).path if asked.kind else None
    found = [Chip("Asked for", kind, is_message=True, removed=without_kind)]
    for case in meant.cases:
        rest = tuple(other for other in meant.cases if other != case)
        fewer = replace(asked, cases=rest, everywhere=not rest)
        found.append(
            Chip(
                "Case",
                titles.get(case, case),
                path=case_path(case),
                removed=fewer.path,
                carried=meant.carried,
            )
        )
    stated = meant.filters.stated()
    for name, value in stated.items():
        kept = tuple(pair for pair in stated.items() if pair[0] != name)
        found.append(Chip(labels[name], str(value), removed=replace(asked, filters=kept).path))
    return tuple(found)
