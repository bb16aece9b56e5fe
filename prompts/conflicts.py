"""Question and cases → the disagreements between sources that the records list about what is asked.

The records' own `conflicts` are shown, each figure with its source; none is chosen here.
"""

from __future__ import annotations

from collections.abc import Sequence

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library, StatedField
from casequote.corpus.normal import fold
from casequote.embeddings.terms import content_stems, stems
from casequote.prompts.findings import Disagreement, Finding, Quote
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import ValueType
from casequote.prompts.synonyms import alike
from casequote.prompts.values import figures, find

SHARE = 0.5
"""Share of the words of a conflict's item that the question must have."""
_MEASURED: frozenset[ValueType] = frozenset({"age", "count", "date", "duration", "money"})
_COUNTING = frozenset(stems("number total count"))
"""Words of an item that say no more than that it is counted."""


def disagreements(
    library: Library, cases: Sequence[str], asked: Interpretation
) -> tuple[Disagreement, ...]:
    """The conflicts of the cases that are about what is asked, in the order of the records."""
    items: dict[tuple[str, str], list[StatedField]] = {}
    for stated in library.fields(FieldName.CONFLICTS, cases=cases):
        items.setdefault((stated.case, stated.field.attributes["item"]), []).append(stated)
    return tuple(
        Disagreement(item, tuple(_finding(library, stated) for stated in values))
        for (_, item), values in items.items()
        if len(values) > 1 and _is_asked(item, [_text(library, v) for v in values], asked)
    )


def _is_asked(item: str, values: Sequence[str], asked: Interpretation) -> bool:
    if not figures(item) <= asked.figures:
        return False
    if asked.kind.type in _MEASURED and not any(find(asked.kind.type, text) for text in values):
        return False
    anchors = set(asked.anchors)
    named = [bool(anchors & set(content_stems(text))) for text in values]
    if asked.yes_no and sum(named) > 1:
        return True  # "Is she Latvian or Russian?"
    words = set(content_stems(item))
    words = words - _COUNTING or words
    wanted = set(asked.content) | asked.kind.words | alike(asked.focus)
    return len(words & wanted) >= max(1.0, SHARE * len(words))


def _text(library: Library, stated: StatedField) -> str:
    return library.document(stated.document).text[slice(*stated.field.value_span)]


def _finding(library: Library, stated: StatedField) -> Finding:
    text, field = _text(library, stated), stated.field
    quote = Quote(library.document(stated.document), field.start, field.end)
    return Finding(text, fold(text), (quote,), field.attributes["item"])
