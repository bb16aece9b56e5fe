"""Titles and file names → ids: kebab-case for cases, with a hash of the text for articles."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePath

LONGEST_SLUG = 80
_NOT_KEBAB = re.compile(r"[^a-z0-9]+")
_APOSTROPHE = re.compile(r"['’]")


def slug(text: str) -> str:
    """Kebab-case of Latin letters and digits: "R. v. Müller" → r-v-muller; empty without any."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text)).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    whole = _NOT_KEBAB.sub("-", bare).strip("-")
    if len(whole) <= LONGEST_SLUG:
        return whole
    cut = whole[: LONGEST_SLUG + 1]
    return (cut.rpartition("-")[0] or cut[:LONGEST_SLUG]).strip("-")


def case_id(title: str) -> str:
    """The id of the case that a record is about, made from its title."""
    return slug(title) or f"case-{_digest(title)}"


def article_id(name: str, text: str) -> str:
    """The id of an article that states none: equal for equal content under an equal file name."""
    return f"{slug(PurePath(name).stem) or 'article'}-{_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
