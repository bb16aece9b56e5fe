"""Normal forms: what is written → what is compared. Never used for display."""

from __future__ import annotations

import re
import unicodedata

from casequote.corpus.document import FieldName
from casequote.corpus.vocabulary import vocabulary

_SPACE = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


def fold(text: str) -> str:
    """Case, accents, typographic quotes, dashes and white space folded."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACE.sub(" ", bare).strip().casefold()


def normal_form(name: FieldName, text: str, country: str | None = None) -> str:
    """The value of a field for queries: a vocabulary name where there is one, else folded.

    The country of a body tells which is meant where several have its name.
    """
    known = vocabulary()
    match name:
        case FieldName.COUNTRIES | FieldName.JURISDICTIONS:
            return known.country(text) or _SPACE.sub(" ", text)
        case FieldName.AGENCIES:
            return known.body(text, country) or _SPACE.sub(" ", text)
        case FieldName.CRIME_TYPES:
            return known.crime_type(text) or _SPACE.sub(" ", text)
        case FieldName.PLATFORMS:
            return known.platform(text) or fold(text)
        case FieldName.TITLE | FieldName.ALIASES:
            return text
        case _:
            return fold(text)
