"""What a question was taken to mean, as data that is shown and can be corrected."""

from __future__ import annotations

from dataclasses import dataclass, field

from casequote.prompts.filters import Filters
from casequote.prompts.kinds import Kind
from casequote.prompts.measures import Comparison

FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a question was taken to mean."""

    question: str
    kind: Kind
    cases: tuple[str, ...] = ()
    carried: bool = False
    """Whether the cases come from the turn before."""
    across: bool = False
    """Whether it is asked over many cases."""
    counting: bool = False
    yes_no: bool = False
    named_by: tuple[str, ...] = ()
    """The names by which its cases were found."""
    filters: Filters = field(default_factory=Filters)
    query: str = ""
    """What is searched for: the question, with the words it goes on from."""
    topic: tuple[str, ...] = ()
    """Stems that evidence must have, in its text or because its case is about them: the content
    without cue words and empty words."""
    cues: tuple[str, ...] = ()
    """Stems of the words that told its kind."""
    content: tuple[str, ...] = ()
    """Stems of all content words."""
    anchors: frozenset[str] = frozenset()
    """Stems of the topic that are no part of the names of its cases."""
    focus: frozenset[str] = frozenset()
    """Stems of what "how many" counts."""
    head: frozenset[str] = frozenset()
    """Stem of the noun that "which" or "what" asks for."""
    precision: int = 0
    """Least length of an ISO date that is asked for: 7 for a month, 10 for a day."""
    left: tuple[str, ...] = ()
    """Stems of content words that neither a filter nor the question over many cases explains."""
    restricted: tuple[str, ...] = ()
    """Countries that list items must belong to, or `FOREIGN`."""
    figures: frozenset[str] = frozenset()
    """Figures in the question that evidence must have too; years are none."""
    publisher: str | None = None
    """The publisher whose account is asked for."""
    unknown: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    comparison: Comparison | None = None
    """What it compares over many cases."""
    refusal: str | None = None
    """Why it is out of scope, if it is."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and what its answer came from."""

    interpretation: Interpretation
    cases: tuple[str, ...]
    """In the order in which they were shown."""
    values: tuple[str, ...] = ()
    """The short answers, in order."""
