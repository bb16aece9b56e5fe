"""Field → whether a page may list it among facts: victims are counted there, never named."""

from __future__ import annotations

from casequote.corpus.document import Field, FieldName

IMPERSONAL = frozenset({"count", "age", "gender", "country"})
"""Parts of what a record says of victims that give no name; a note is free text and may."""


def may_be_listed(item: Field) -> bool:
    """Whether the item is about no victim, or says of victims only what names none."""
    return item.name is not FieldName.VICTIMS or item.attributes.get("part") in IMPERSONAL
