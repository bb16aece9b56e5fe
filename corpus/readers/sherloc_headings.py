"""The headings and labels of a SHERLOC case page, read from `data/sherloc_headings.yaml`.

Says which heading a line is, given the headings it stands under; reads no pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from casequote.corpus.document import FieldName
from casequote.corpus.errors import InvalidDocument
from casequote.corpus.normal import fold

LONGEST_HEADING = 90
_FILE = "data/sherloc_headings.yaml"
_MARKUP = re.compile(r"^(?:#{1,6}\s+|[*_]{1,3}(?=\S))|(?<=\S)[*_]{1,3}$")
_EDGES = " .:…#*_-\u200b\ufeff"
_NUMBERED = re.compile(r"\s*#?\s*\d{1,3}$")
_SLASH = re.compile(r"\s*/\s*")


class Heading(BaseModel):
    """A heading or label, and what stands under it; the file's comment explains the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    heading: str
    variants: tuple[str, ...] = ()
    field: FieldName | None = None
    part: str | None = None
    prose: bool = False
    many: bool = False
    person: bool = False
    event: str | None = None
    item: str | None = None
    sections: tuple[Heading, ...] = ()
    labels: tuple[Heading, ...] = ()

    def wordings(self) -> Iterator[str]:
        """Every wording, as `key` gives it."""
        yield from (key(text) for text in (self.heading, *self.variants))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    noise: tuple[str, ...]
    areas: tuple[Heading, ...]
    labels: tuple[Heading, ...]
    sections: tuple[Heading, ...]


class Found(NamedTuple):
    """A heading or label, and at which depth of the open headings it stands."""

    heading: Heading
    depth: int
    is_label: bool


@dataclass(frozen=True, slots=True)
class _Level:
    """What may stand directly under a heading, by key."""

    sections: dict[str, Heading]
    labels: dict[str, Heading]


class Headings:
    """The headings of the page, for looking up lines."""

    def __init__(self, file: _File) -> None:
        self._noise = frozenset(key(line) for line in file.noise)
        self._areas = _by_key(file.areas)
        self._acts = _by_key(h for area in file.areas for h in area.sections)
        self._top = _level(file.sections, file.labels)
        self.top_labels = file.labels
        self._below: dict[int, _Level] = {}
        self._all = {*self._noise, *self._areas, *self._acts, *self._top.labels}
        for heading in (*file.areas, *file.sections):
            self._index(heading)

    def _index(self, heading: Heading) -> None:
        self._below[id(heading)] = level = _level(heading.sections, heading.labels)
        self._all.update(heading.wordings(), level.sections, level.labels)
        for below in heading.sections:
            self._index(below)

    def is_noise(self, line: str) -> bool:
        """Whether a line belongs to the web site and not to the case."""
        return line.startswith("©") or key(line) in self._noise

    def area(self, line: str) -> Heading | None:
        """The crime area that a line names."""
        return self._areas.get(key(line))

    def act(self, line: str) -> Heading | None:
        """The heading of a list of acts that a line is, in whatever area."""
        return self._acts.get(key(line))

    def main(self, line: str) -> Heading | None:
        """The heading of a main section that a line is."""
        return self._top.sections.get(key(line)) if _may_be_heading(line) else None

    def is_known(self, line: str) -> bool:
        """Whether a line is a heading or label of some place on the page."""
        return _may_be_heading(line) and key(line) in self._all

    def find(self, line: str, opened: tuple[Heading, ...]) -> Found | None:
        """The heading or label that a line is, below the innermost of `opened` that has it."""
        if not _may_be_heading(line):
            return None
        wanted = key(line)
        if not wanted:
            return None
        for depth in range(len(opened), -1, -1):
            level = self._below[id(opened[depth - 1])] if depth else self._top
            for is_label, known in ((True, level.labels), (False, level.sections)):
                if heading := known.get(wanted) or known.get(_NUMBERED.sub("", wanted)):
                    return Found(heading, depth, is_label)
        return None


def key(text: str) -> str:
    """A heading without what does not matter: "... For:" and "for" are the same."""
    return _SLASH.sub("/", fold(_MARKUP.sub("", text.strip()))).strip(_EDGES)


@cache
def headings() -> Headings:
    """The headings of the package. Raises InvalidDocument when the file is not sound."""
    text = (resources.files("casequote.corpus") / _FILE).read_text("utf-8")
    try:
        content = yaml.load(text, Loader=yaml.CSafeLoader)
        return Headings(_File.model_validate(content))
    except (yaml.YAMLError, ValidationError) as error:
        raise InvalidDocument(
            f"{_FILE}: {error}; correct the entry as the file's comment says"
        ) from error


def _may_be_heading(line: str) -> bool:
    return 0 < len(line) <= LONGEST_HEADING


def _by_key(known: Iterable[Heading]) -> dict[str, Heading]:
    return {wording: heading for heading in known for wording in heading.wordings()}


def _level(sections: Iterable[Heading], labels: Iterable[Heading]) -> _Level:
    return _Level(_by_key(sections), _by_key(labels))
