"""Question → the type its answer must have, and whether a sentence has such a value.

The types stand in `data/answer_types.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from casequote.embeddings.terms import content_stems
from casequote.prompts.kinds import ValueType, data
from casequote.prompts.values.finders import find


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    cue: str
    types: list[ValueType]
    pattern: str


@dataclass(frozen=True, slots=True)
class AnswerType:
    """What an answer must look like."""

    id: str
    cue: re.Pattern[str]
    types: tuple[ValueType, ...]
    pattern: re.Pattern[str]

    def is_in(self, text: str, besides: AbstractSet[str]) -> bool:
        """Whether a text has a value of the type that is not made of the stems `besides` alone."""
        spans = [m.span() for m in self.pattern.finditer(text)]
        return any(not _said(text[slice(*span)], besides) for span in spans) or any(
            not _said(text[value.start : value.end], besides)
            for kind in self.types
            for value in find(kind, text)
        )


@cache
def answer_types() -> tuple[AnswerType, ...]:
    """The types in the order of the file."""
    entries = [_Entry.model_validate(entry) for entry in data("answer_types.yaml")]
    return tuple(
        AnswerType(e.id, re.compile(e.cue, re.IGNORECASE), tuple(e.types), re.compile(e.pattern))
        for e in entries
    )


def answer_type(question: str) -> AnswerType | None:
    """The type that the words of a question ask for, or None."""
    return next((t for t in answer_types() if t.cue.search(question)), None)


def _said(value: str, stems: AbstractSet[str]) -> bool:
    own = content_stems(value)
    return bool(own) and all(stem in stems for stem in own)
