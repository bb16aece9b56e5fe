"""Record and article files as pydantic models: YAML mapping → validated file model.

The keys are those of the bundled corpus; unknown keys and wrong types are errors. Nothing here
knows about text, offsets or files.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Prose = Annotated[str, StringConstraints(min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,119}$")]
ArticleIdentifier = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$")
]
"""Wider than a case's: articles keep the ids of the collections they come from."""


def _event_date(value: str) -> str:
    bare = value.removeprefix("after ").removeprefix("before ").removeprefix("about ")
    first, slash, last = bare.partition("/")
    _partial_date(first)
    if slash:
        _partial_date(last)
    return value


def _partial_date(value: str) -> str:
    parts = value.split("-")
    bounds = ((1, 9999), (1, 12), (1, 31))
    widths = (4, 2, 2)
    well_formed = 1 <= len(parts) <= 3 and all(
        part.isdecimal() and len(part) == width and low <= int(part) <= high
        for part, width, (low, high) in zip(parts, widths, bounds, strict=False)
    )
    if not well_formed:
        raise ValueError(f"is {value!r}; write YYYY, YYYY-MM or YYYY-MM-DD")
    return value


def _period(value: str) -> str:
    if value == "unknown":
        return value
    years = value.split("-")
    if len(years) > 2 or not all(y.isdecimal() and len(y) == 4 for y in years):
        raise ValueError(f"is {value!r}; write YYYY or YYYY-YYYY, or unknown")
    if years != sorted(years):
        raise ValueError(f"is {value!r}; the first year must not be after the second")
    return value


PartialDate = Annotated[str, AfterValidator(_partial_date)]
EventDate = Annotated[str, AfterValidator(_event_date)]
"""A date or, as ISO 8601 writes an interval, two dates with a slash between; `after`,
`before` or `about` may stand before it."""
Period = Annotated[str, AfterValidator(_period)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceEntry(_Model):
    """A public source; `n` is the number that markers use."""

    n: Annotated[int, Field(ge=1)]
    url: Line | None = None
    publisher: Line
    title: Line
    date: PartialDate | None = None
    official: bool = False


class Sourced(_Model):
    """An entry that names the numbers of its sources."""

    sources: list[int] = []


class DateEntry(Sourced):
    """Something that happened on a date or between two."""

    date: EventDate
    event: Line


class AgencyEntry(Sourced):
    """A body that took part."""

    name: Line
    country: Line | None = None


class DefendantEntry(Sourced):
    """A convicted adult."""

    name: Line
    nationality: Line | None = None
    role: Line | None = None
    charges: list[Line] = []
    plea: Line | None = None
    verdict: Line | None = None
    sentence: Line | None = None


class PubliclyNamed(Sourced):
    """A deceased victim whose name official sources published."""

    name: Line
    note: Line


class VictimsEntry(_Model):
    """What is known of the victims; never their names, but for the published deceased."""

    count: Line | None = None
    age_range: Line | None = None
    countries: list[Line] = []
    note: Line | None = None
    publicly_named: PubliclyNamed | None = None


class AmountEntry(Sourced):
    """A sum and what it is."""

    label: Line
    value: Line


class ArrestsEntry(Sourced):
    """How many persons were arrested."""

    count: Line
    note: Line | None = None


class ConflictValue(Sourced):
    """One of the figures that sources disagree about."""

    value: Line


class ConflictEntry(_Model):
    """Something that sources state differently."""

    item: Line
    values: Annotated[list[ConflictValue], Field(min_length=2)]


class RecordFile(_Model):
    """A record file, one per case (`records/<id>.yaml`)."""

    id: Identifier
    title: Line
    aliases: list[Line] = []
    kind: Literal["case", "operation"]
    status: Literal["concluded", "pending", "operation", "unknown"]
    cluster: Line | None = None
    crime_types: list[Line]
    keywords: list[Line] = []
    period: Period
    jurisdictions: list[Line] = []
    legal_system: Line | None = None
    courts: list[Line] = []
    case_numbers: list[Line] = []
    fact_summary: Prose
    commentary: Prose | None = None
    liability: list[Line] = []
    offending: list[Line] = []
    dates: list[DateEntry] = []
    countries: list[Line] = []
    agencies: list[AgencyEntry] = []
    defendants: list[DefendantEntry] = []
    accused: Line | None = None
    victims: VictimsEntry | None = None
    modus_operandi: list[Line] = []
    platforms: list[Line] = []
    amounts: list[AmountEntry] = []
    arrests: ArrestsEntry | None = None
    confiscation: list[Line] = []
    investigative_measures: list[Line] = []
    cooperation: list[Line] = []
    legal_provisions: list[Line] = []
    outcome: Prose | None = None
    conflicts: list[ConflictEntry] = []
    sources: list[SourceEntry] = []

    @model_validator(mode="after")
    def _numbers_are_unique(self) -> RecordFile:
        numbers = [source.n for source in self.sources]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two sources have the same number `n`; number each source once")
        return self


class ArticleFile(_Model):
    """An article file (`articles/<case-id>--<publisher-slug>.yaml`)."""

    id: ArticleIdentifier
    case: Identifier | None = None
    publisher: Line | None = None
    title: Line
    url: Line | None = None
    date: PartialDate | None = None
    official: bool = False
    text: Prose
