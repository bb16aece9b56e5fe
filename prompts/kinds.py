"""Kinds of question, read from `data/kinds.yaml`: question → the kind whose cue fits best."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from casequote.corpus.document import FieldName
from casequote.embeddings.terms import stems

Style = Literal["list", "fact", "passage"]
ValueType = Literal[
    "age",
    "body",
    "case_number",
    "charge",
    "count",
    "country",
    "court",
    "crime_type",
    "date",
    "definition",
    "duration",
    "item",
    "judge",
    "measure",
    "money",
    "name",
    "nationality",
    "percent",
    "person",
    "place",
    "proper",
    "platform",
    "provision",
    "quotation",
    "reason",
]


_AUXILIARY = (
    r"(?:did|does|do|was|were|is|are|has|have|had|will|would|should|shall|may|might|could|can|"
    r"must)\b"
)


class _KindEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: str
    style: Style
    fields: list[FieldName]
    part: str | None = None
    section: str | None = None
    type: ValueType | None = None
    nouns: str | None = None
    cues: list[str]
    words: list[str]
    beside: list[str] = []
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Kind:
    """What a question asks for, and where a record states it."""

    id: str
    label: str
    style: Style
    fields: tuple[FieldName, ...]
    part: str | None
    section: str | None
    type: ValueType | None
    nouns: re.Pattern[str] | None
    cues: tuple[re.Pattern[str], ...]
    words: frozenset[str]
    """Stems that say no more than the kind does."""
    beside: frozenset[str]
    """Stems, one of which must stand near a value that is found in prose."""
    weight: float
    """Added to the strength of its cues."""


@dataclass(frozen=True, slots=True)
class KindMatch:
    """A kind and the characters of the question that told it."""

    kind: Kind
    start: int
    end: int

    @property
    def strength(self) -> float:
        """Longer and earlier cues are more telling, up to a length that gaps in a cue inflate."""
        return min(self.end - self.start, 32) - 0.3 * self.start + self.kind.weight


@cache
def kinds() -> dict[str, Kind]:
    """All kinds by id, in the order of the file."""
    entries = [_KindEntry.model_validate(entry) for entry in data("kinds.yaml")]
    return {
        entry.id: Kind(
            id=entry.id,
            label=entry.label,
            style=entry.style,
            fields=tuple(entry.fields),
            part=entry.part,
            section=entry.section,
            type=entry.type,
            nouns=re.compile(entry.nouns, re.IGNORECASE) if entry.nouns else None,
            cues=tuple(_cue(cue) for cue in (*entry.cues, *_asking_for(entry.nouns))),
            words=frozenset(stem for word in entry.words for stem in stems(word)),
            beside=frozenset(stem for word in entry.beside for stem in stems(word)),
            weight=entry.weight,
        )
        for entry in entries
    }


def match_kind(question: str) -> KindMatch | None:
    """The kind with the most telling cue in the question, or None without any cue."""
    found = [
        KindMatch(kind, m.start(), m.end())
        for kind in kinds().values()
        for cue in kind.cues
        for m in cue.finditer(question)
    ]
    return max(found, key=lambda match: match.strength, default=None)


def kind_of_noun(noun: str) -> Kind | None:
    """The kind that is asked for by a noun alone, or None."""
    found = (kind for kind in kinds().values() if kind.nouns and kind.nouns.fullmatch(noun))
    return next(found, None)


def _asking_for(nouns: str | None) -> list[str]:
    """Cues by the nouns of a kind: "list the charges", "charges in Coban?"."""
    if nouns is None:
        return []
    return [form.replace("{noun}", f"(?:{nouns})") for form in data("asking_forms.yaml")]


def _cue(cue: str) -> re.Pattern[str]:
    """A cue; the free words in it, such as adjectives, are never auxiliary verbs."""
    return re.compile(cue.replace(r"(\w+ ){", rf"(?:(?!{_AUXILIARY})\w+ ){{"), re.IGNORECASE)


def data(name: str) -> Any:
    """A YAML file of `prompts/data`."""
    return yaml.safe_load(files("casequote.prompts").joinpath(f"data/{name}").read_text("utf-8"))
