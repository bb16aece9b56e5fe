"""Phrases that shape the reading of a question, read from `data/phrases.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from casequote.embeddings.terms import words
from casequote.prompts.kinds import data

Patterns = tuple[re.Pattern[str], ...]


class _OutOfScope(BaseModel):
    model_config = ConfigDict(extra="forbid")

    message: str
    match: list[str]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    out_of_scope: list[_OutOfScope]
    follow_up: list[str]
    pronouns: list[str]
    among_them: list[str]
    across: list[str]
    not_across: list[str]
    how_many_cases: list[str]
    yes_no: list[str]
    besides: list[str]
    empty_words: str
    across_empty_words: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled phrases."""

    out_of_scope: tuple[tuple[str, Patterns], ...]
    follow_up: Patterns
    pronouns: Patterns
    among_them: Patterns
    across: Patterns
    not_across: Patterns
    how_many_cases: Patterns
    yes_no: Patterns
    besides: Patterns
    empty_words: frozenset[str]
    across_empty_words: frozenset[str]

    def refusal(self, question: str) -> str | None:
        """The message for a question that is out of scope, or None."""
        for message, patterns in self.out_of_scope:
            if matches(patterns, question):
                return message
        return None


@cache
def phrases() -> Phrases:
    """The phrases of the file."""
    file = _File.model_validate(data("phrases.yaml"))
    return Phrases(
        out_of_scope=tuple((entry.message, _compiled(entry.match)) for entry in file.out_of_scope),
        follow_up=_compiled([*file.follow_up, *file.pronouns]),
        pronouns=_compiled(file.pronouns),
        among_them=_compiled(file.among_them),
        across=_compiled(file.across),
        not_across=_compiled(file.not_across),
        how_many_cases=_compiled(file.how_many_cases),
        yes_no=_compiled(file.yes_no),
        besides=_compiled(file.besides),
        empty_words=frozenset(words(file.empty_words)),
        across_empty_words=frozenset(words(file.across_empty_words)),
    )


def without(patterns: Patterns, text: str) -> str:
    """The text without what the patterns match."""
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text


def matches(patterns: Patterns, question: str) -> bool:
    """Whether any of the patterns occurs in the question."""
    return any(pattern.search(question) for pattern in patterns)


def _compiled(patterns: list[str]) -> Patterns:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
