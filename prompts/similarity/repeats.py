"""Ranked cases → which of their articles repeat a text that is already there.

Only articles that belong to no case are looked at: those of a case are part of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from casequote.corpus.document import Document
from casequote.corpus.library import Library
from casequote.embeddings.likeness.description import Description
from casequote.embeddings.near_duplicates import representatives


def repeated_texts(
    found: Sequence[Description], asked: Sequence[Document], library: Library
) -> dict[str, str]:
    """Id of an article → the document asked about, or the better result, whose text it repeats."""
    loose = [d.id for d in found if not d.is_case]
    if not loose:
        return {}
    documents = [*asked, *(library.document(i) for i in loose)]
    leaders = representatives(documents)
    return {i: leaders[i] for i in loose if leaders[i] != i}
