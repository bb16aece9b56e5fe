"""Ranked cases → the same without articles that repeat a text that is already there.

Only articles that belong to no case are looked at: those of a case are part of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casequote.corpus.document import Document
from casequote.corpus.library import Library
from casequote.embeddings.likeness.description import Description
from casequote.embeddings.near_duplicates import near_duplicates

_MORE = 20
"""Ranks beyond those asked for that are looked at."""


def without_repeats(
    ranked: Sequence[Description], k: int, asked: Sequence[Document], library: Library
) -> tuple[list[Description], Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """The k first, the ids that repeat each of them, and those that repeat what was asked about."""
    near = ranked[: k + _MORE]
    loose = [d.id for d in near if not d.is_case]
    if not loose:
        return list(ranked[:k]), {}, ()
    documents = [*asked, *(library.document(i) for i in loose)]
    known = {d.id for d in asked}
    own: tuple[str, ...] = ()
    others: dict[str, tuple[str, ...]] = {}
    dropped: set[str] = set()
    for group in near_duplicates(documents):
        kept = () if known.intersection(group) else group[:1]
        repeating = tuple(i for i in group if i not in known and i not in kept)
        dropped.update(repeating)
        if kept:
            others[kept[0]] = repeating
        else:
            own += repeating
    return [d for d in near if d.id not in dropped][:k], others, own
