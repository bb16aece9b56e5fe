"""Words as the lexical index sees them: folded, stemmed (Porter), without very common ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from importlib.resources import files

import Stemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_stemmer = Stemmer.Stemmer("porter", 0)


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about what is asked (`data/stop_words.txt`)."""
    text = files("casequote.embeddings").joinpath("data/stop_words.txt").read_text("utf-8")
    return frozenset(w for w in text.split("\n") if w and not w.startswith("#"))


@cache
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def words(text: str) -> list[str]:
    """Words of a text in order, folded as SQLite's `unicode61 remove_diacritics 2` does."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _WORD.findall(bare.casefold())


def stems(text: str) -> list[str]:
    """Stems of all words of a text, in order."""
    return [_stem(word) for word in words(text)]


def content_stems(text: str, without: Collection[str] = ()) -> list[str]:
    """Distinct stems of the words that carry content, in order; words of `without` are left out."""
    common = stop_words()
    kept = (w for w in words(text) if w not in common and w not in without)
    return list(dict.fromkeys(_stem(w) for w in kept))
