"""YAML → plain values with the line of each; every scalar stays the text that was written.

A subset: one document, no anchors, aliases, tags or keys written twice, and no deep nesting. So a
file cannot grow when it is read, and `2022`, `2024-09-05` or `no` stay what they look like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from casequote.corpus.errors import UnreadableFile

MOST_NESTED = 20
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Value = Any
"""A dict, a list, a str, or None for a value that is left empty."""
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The values of a file, and by its path the line of each (counted from 1)."""

    value: Value
    lines: Mapping[Place, int]

    def line_of(self, place: Place) -> int:
        """The line of a value, or of the innermost one above it that the file has."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1


def parse_yaml(text: str, name: str) -> Tree:
    """The tree of a file. Raises UnreadableFile with the line when it is not such YAML."""
    builder = _Builder(name)
    try:
        value = builder.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise UnreadableFile(
            f"{name}, line {line}: this is not YAML ({error.problem or error.context}); indent "
            "with spaces, and put texts with a colon or # between quotes"
        ) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise UnreadableFile(f"{name}: this is not YAML ({error}); save it as UTF-8") from error
    return Tree(value, builder.lines)


class _Builder:
    """Builds values from the events of the parser."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.lines: dict[Place, int] = {}

    def document(self, events: Iterator[yaml.Event]) -> Value:
        """The value of the only document."""
        value: Value = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused(event, "a second document begins (---)", "a file for each")
                value = self._value(next(events), events, ())
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Value:
        self.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "anchors and aliases (& and *) are not read", "it in full")
        if tag := getattr(event, "tag", None):
            raise self._refused(event, f"tags such as {tag!r} are not read", "plain values")
        if len(place) > MOST_NESTED:
            raise self._refused(event, f"it nests deeper than {MOST_NESTED} levels", "a flat file")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._refused(event, "a value is missing", "one after the key")
        return None if not event.style and event.value in _NULLS else str(event.value)

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refused(event, "a key is a list or mapping", "keys of one word")
            key = str(event.value)
            if key in values:
                raise self._refused(event, f"the key `{key}` stands here again", "each key once")
            self.lines[(*place, key)] = _line(event)
            values[key] = self._value(next(events), events, (*place, key))
        return values

    def _sequence(self, events: Iterator[yaml.Event], place: Place) -> list[Value]:
        values: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self._value(event, events, (*place, len(values))))
        return values

    def _refused(self, event: yaml.Event, fact: str, remedy: str) -> UnreadableFile:
        return UnreadableFile(f"{self._name}, line {_line(event)}: {fact}; write {remedy}")


def _line(event: yaml.Event) -> int:
    """The line on which an event begins, counted from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1
