"""Question and cases → the disagreements between sources that the records list about what is asked.

The records' own `conflicts` are shown, each figure with its source; none is chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library, StatedField
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import content_stems, stems
from casequote.prompts.findings import Disagreement, Finding, Quote
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import ValueType
from casequote.prompts.synonyms import alike
from casequote.prompts.values import figures, find

SHARE = 0.5
"""Share of the words of a conflict's item that the question must have."""
WITHOUT_FIGURE = 0.75
"""The same for an item with a figure that the question does not repeat."""
_PREPOSITION = re.compile(r"\s(?:of|in|by|to|from|for|at|on|who|per)\s")
_MEASURED: frozenset[ValueType] = frozenset({"age", "count", "date", "duration", "money"})
_COUNTING = frozenset(stems("number total count"))
"""Words of an item that say no more than that it is counted."""


def disagreements(
    library: Library, cases: Sequence[str], asked: Interpretation, country: str | None = None
) -> tuple[Disagreement, ...]:
    """The conflicts of the cases that are about what is asked, in the order of the records.

    With a country, only those that say something of it.
    """
    items: dict[tuple[str, str], list[StatedField]] = {}
    for stated in library.fields(FieldName.CONFLICTS, cases=cases):
        items.setdefault((stated.case, stated.field.attributes["item"]), []).append(stated)
    return tuple(
        Disagreement(item, tuple(_finding(library, stated) for stated in values))
        for (_, item), values in items.items()
        if len(values) > 1
        and _is_asked(item, [_text(library, v) for v in values], asked)
        and (country is None or country in _countries(item))
    )


def _is_asked(item: str, values: Sequence[str], asked: Interpretation) -> bool:
    measured = asked.kind.type in _MEASURED
    if measured and not any(find(asked.kind.type, text) for text in values if asked.kind.type):
        return False
    anchors = set(asked.anchors)
    named = [bool(anchors & set(content_stems(text))) for text in values]
    if asked.yes_no and sum(named) > 1:
        return True  # "Is she Latvian or Russian?"
    wanted = set(asked.content) | asked.kind.words | alike(asked.focus)
    names = {stem for name in asked.named_by for stem in content_stems(name)}
    words = [stem for stem in content_stems(item) if stem not in names and not stem.isdecimal()]
    telling = set(words) - _COUNTING or set(words)
    if asked.focus and not telling & alike(asked.focus):
        return False
    said = set(asked.content) | set(content_stems(asked.kind.label)) | alike(asked.focus)
    if not measured and not said & set(_head(item, names)):
        return False
    least = SHARE if figures(item) <= asked.figures else WITHOUT_FIGURE
    return len(telling & wanted) >= max(1.0, least * len(telling))


def _head(item: str, names: set[str]) -> list[str]:
    """The words up to the first preposition: "restitution", not "in the Seattle case"."""
    head = _PREPOSITION.split(item, maxsplit=1)[0]
    return [stem for stem in content_stems(head) if stem not in names]


def _countries(text: str) -> set[str]:
    return {m.name for m in vocabulary().mentions(text) if m.kind in ("country", "demonym", "city")}


def _text(library: Library, stated: StatedField) -> str:
    return library.document(stated.document).text[slice(*stated.field.value_span)]


def _finding(library: Library, stated: StatedField) -> Finding:
    text, field = _text(library, stated), stated.field
    quote = Quote(library.document(stated.document), field.start, field.end)
    return Finding(text, fold(text), (quote,), field.attributes["item"])
