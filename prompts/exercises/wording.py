"""The words of exercises in each language of the frame, from `data/exercises/*.yaml`."""

from __future__ import annotations

import string
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from casequote.corpus.errors import InvalidDocument
from casequote.prompts.exercises.types import LANGUAGES, ExerciseKind, Language
from casequote.prompts.kinds import data

_SECTIONS = ("topics", "questions", "labels", "notes", "neutral", "verdicts")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: dict[ExerciseKind, str]
    topics: dict[str, str]
    questions: dict[str, str]
    labels: dict[str, str]
    notes: dict[str, str]
    neutral: dict[str, str]
    verdicts: dict[str, str]
    months: list[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The frame's words in one language."""

    language: Language
    file: _File

    def kind(self, kind: ExerciseKind) -> str:
        return self.file.kinds[kind]

    def topic(self, topic: str) -> str:
        return self.file.topics.get(topic, topic)

    def question(self, name: str, **values: str) -> str:
        """A question with its places filled."""
        return self.file.questions[name].format(**values)

    def label(self, name: str, **values: str) -> str:
        return self.file.labels[name].format(**values)

    def note(self, name: str) -> str:
        return self.file.notes[name]

    def neutral(self, name: str, mark: str) -> str:
        """A neutral name: "[Country A]"."""
        return self.file.neutral[name].format(mark=mark)

    def verdict(self, verdict: str) -> str:
        return self.file.verdicts[verdict]

    def date(self, iso: str) -> str:
        """A date of one to three parts as people write it."""
        year, *rest = iso.split("-")
        if not rest:
            return year
        month = self.file.months[int(rest[0]) - 1]
        return " ".join([*(str(int(day)) for day in rest[1:]), month, year])


@cache
def wording(language: Language) -> Wording:
    """The words of a language. Raises InvalidDocument when the files do not say the same things."""
    return Wording(language, _files()[language])


@cache
def _files() -> dict[Language, _File]:
    files = {
        language: _File.model_validate(data(f"exercises/wording.{language}.yaml"))
        for language in LANGUAGES
    }
    first, *others = LANGUAGES
    for other in others:
        for section in _SECTIONS:
            _compare(section, getattr(files[first], section), getattr(files[other], section), other)
    for language, file in files.items():
        if set(file.kinds) != set(ExerciseKind) or len(file.months) != 12:
            raise InvalidDocument(
                f"prompts/data/exercises/wording.{language}.yaml: a kind or a month is missing; "
                "write one line for each"
            )
    return files


def _compare(section: str, first: dict[str, str], other: dict[str, str], language: str) -> None:
    place = f"prompts/data/exercises/wording.{language}.yaml, {section}"
    if odd := sorted(set(first) ^ set(other)):
        raise InvalidDocument(f"{place}: {', '.join(odd)} stands in one language only; add it")
    for name, text in first.items():
        if _places(text) != _places(other[name]):
            raise InvalidDocument(
                f"{place}: {name!r} has not the same places in braces as in {LANGUAGES[0]}"
            )


def _places(text: str) -> set[str]:
    return {place for _, place, _, _ in string.Formatter().parse(text) if place is not None}
