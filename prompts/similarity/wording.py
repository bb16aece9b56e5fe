"""The words of reasons and differences: `data/wording.yaml` → checked settings."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from casequote.corpus.document import FieldName
from casequote.corpus.errors import InvalidDocument
from casequote.embeddings.likeness.marks import mark_index
from casequote.embeddings.likeness.views import views

FILE = "prompts/similarity/data/wording.yaml"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(_Model):
    """One side of a difference: what it is called, and the marks that put a case on it."""

    called: str
    view: str
    marks: tuple[str, ...]


class Axis(_Model):
    """A point in which two cases may differ: by a field of the record, or by marks."""

    kind: str
    text: str
    field: FieldName | None = None
    sides: tuple[Side, ...] = ()
    alone: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> Axis:
        wanted = 0 if self.field else (1 if self.alone else 2)
        if len(self.sides) != wanted:
            raise ValueError(f"{self.kind}: needs {wanted} sides, has {len(self.sides)}")
        return self


class Wording(_Model):
    """Everything that a lawyer may word differently."""

    reasons: dict[str, str]
    labels: dict[str, str]
    never: dict[str, frozenset[str]]
    differences: tuple[Axis, ...]


@cache
def wording() -> Wording:
    """The words of the package. Raises InvalidDocument when the file is not sound."""
    text = files("casequote.prompts").joinpath("similarity/data/wording.yaml").read_text("utf-8")
    return read_wording(text)


def read_wording(text: str) -> Wording:
    """The words of a file's text. Raises InvalidDocument with the place of the first fault."""
    try:
        found = Wording.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise InvalidDocument(f"{FILE}: is no YAML ({error}); correct it") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InvalidDocument(f"{FILE}, {place}: {first['msg']}; correct it") from error
    known = {view.name for view in views().views}
    if unknown := sorted((set(found.reasons) | set(found.never)) - known):
        raise InvalidDocument(f"{FILE}: {unknown[0]!r} is no view of likeness; correct it")
    marks = mark_index().marks
    for axis in found.differences:
        for side in axis.sides:
            for name in side.marks:
                if (side.view, name) not in marks:
                    raise InvalidDocument(f"{FILE}: {name!r} is no mark of {side.view}; correct it")
    return found
