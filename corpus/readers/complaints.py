"""What pydantic says of a file → sentences for who wrote it: fact and remedy, each key by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import BaseModel

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LONGEST_SHOWN = 60
_WANTED = {
    "list_type": "write a list: a line `- …` for each item, or [one, two]",
    "string_type": "write a text",
    "model_type": "write keys with values below it",
    "dict_type": "write keys with values below it",
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
    "string_too_short": "write a text, or leave the key out",
    "greater_than_equal": "write a number from 1 on",
    "too_short": "write at least two values",
}


def complaint(error: ErrorDetails, keys: Iterable[str] = ()) -> str:
    """One error as a sentence; `keys` are those known where an unknown key stands."""
    place = error["loc"]
    key = next((str(part) for part in reversed(place) if isinstance(part, str)), "")
    name = f"`{key}`" if key else "the file"
    match error["type"]:
        case "missing":
            return f"{name} is missing; add it"
        case "extra_forbidden":
            return f"unknown key {name}; {suggestion(key, keys)}"
        case "literal_error":
            return f"{name} is {_shown(error['input'])}; write {error['ctx']['expected']}"
        case "string_pattern_mismatch":
            return (
                f"{name} is {_shown(error['input'])}; write an id of letters, digits, dots and "
                "hyphens, beginning with a letter or digit"
            )
        case "value_error":
            said = str(error["ctx"]["error"])
            return f"{name} {said}" if said.startswith("is ") else said
    wanted = _WANTED.get(error["type"])
    return f"{name} is {_shown(error['input'])}; {wanted or error['msg']}"


def suggestion(key: str, keys: Iterable[str]) -> str:
    """Which known key may be meant, or that the key is to go."""
    known = sorted(keys)
    near = difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return f"leave it out, or write one of {', '.join(known)}" if known else "leave it out"


def keys_at(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """The keys that a model knows at a place of its file; empty where that is no mapping."""
    current: type[BaseModel] | None = model
    for part in place:
        if isinstance(part, int) or current is None:
            continue
        field = current.model_fields.get(part)
        current = _model_in(field.annotation) if field else None
    return list(current.model_fields) if current else []


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model that an annotation such as ``list[Entry]`` or ``Entry | None`` speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _model_in(argument):
            return found
    return None


def _shown(value: object) -> str:
    if isinstance(value, str):
        cut = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        return repr(cut)
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "a list"
    return "a mapping of keys" if isinstance(value, dict) else "a number"
