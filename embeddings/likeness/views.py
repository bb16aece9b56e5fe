"""The views of likeness and their weights: `data/views.yaml` → checked settings.

Weights given by a caller are checked here; how a view is scored is in `scoring`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casequote.corpus.document import FieldName
from casequote.corpus.errors import InvalidDocument, InvalidRequest

FILE = "data/views.yaml"
FACTS = "facts"
MOST_WEIGHT = 10.0


class View(BaseModel):
    """One view: what it is called, what it reads, how much it counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    label: str
    kind: str = ""
    weight: Annotated[float, Field(ge=0, le=MOST_WEIGHT)]
    spread: Annotated[float, Field(gt=0, le=1)]
    marks: tuple[str, ...] = ()
    fields: tuple[FieldName, ...] = ()
    mentions: tuple[str, ...] = ()
    texts: bool = False
    words: bool = False
    names: bool = False

    @property
    def marked_fields(self) -> frozenset[FieldName]:
        """Fields in which the view looks for marks."""
        return frozenset(FieldName(part) for part in self.marks if part != FACTS)


class _ViewFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    views: dict[str, View]
    presets: dict[str, dict[str, Annotated[float, Field(ge=0, le=MOST_WEIGHT)]]]


@dataclass(frozen=True, slots=True)
class Views:
    """All views in the order of the file, and the presets of weights."""

    views: tuple[View, ...]
    presets: Mapping[str, Mapping[str, float]]

    def defaults(self) -> dict[str, float]:
        """View → its weight when nobody turns it."""
        return {view.name: view.weight for view in self.views}

    def weights(
        self, given: Mapping[str, float] | None = None, preset: str | None = None
    ) -> dict[str, float]:
        """The default weights, with those of a preset and then those given in their place.

        Raises InvalidRequest for an unknown name, a number out of range, or nothing left to count.
        """
        found = self.defaults()
        if preset is not None:
            if preset not in self.presets:
                raise InvalidRequest(
                    f"weights: {preset!r} is no preset; use {', '.join(sorted(self.presets))}"
                )
            found |= self.presets[preset]
        for name, weight in (given or {}).items():
            if name not in found:
                near = get_close_matches(name, list(found), n=1)
                hint = f" (did you mean {near[0]}?)" if near else ""
                raise InvalidRequest(
                    f"weights: {name!r} is no view{hint}; the views are {', '.join(found)}"
                )
            if not math.isfinite(weight) or not 0 <= weight <= MOST_WEIGHT:
                raise InvalidRequest(
                    f"weights: {name} is {weight}; write a number from 0 to {MOST_WEIGHT:g}"
                )
            found[name] = weight
        if not any(found.values()):
            raise InvalidRequest("weights: every view has weight 0; give one of them more")
        return found


@cache
def views() -> Views:
    """The views of the package. Raises InvalidDocument when the file is not sound."""
    text = files("casequote.embeddings.likeness").joinpath(FILE).read_text("utf-8")
    return read_views(text)


def read_views(text: str) -> Views:
    """The views of a file's text. Raises InvalidDocument with the place of the first fault."""
    try:
        read = _ViewFile.model_validate(yaml.safe_load(text))
        found = tuple(
            view.model_copy(update={"name": name, "kind": view.kind or name})
            for name, view in read.views.items()
        )
        for view in found:
            _ = view.marked_fields
    except yaml.YAMLError as error:
        raise InvalidDocument(f"{FILE}: is no YAML ({error}); correct it") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidDocument(f"{FILE}, {place}: {first['msg']}; correct it") from error
    except ValueError as error:
        raise InvalidDocument(f"{FILE}: {error}; name a field of records, or facts") from error
    for preset, weights in read.presets.items():
        if unknown := sorted(set(weights) - set(read.views)):
            raise InvalidDocument(f"{FILE}, presets.{preset}: {unknown[0]!r} is no view")
    return Views(found, read.presets)
