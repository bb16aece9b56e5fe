"""Words as the lexical index sees them: folded, stemmed (Porter), without very common ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from importlib.resources import files

import Stemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_ACCENTED = re.compile("([A-Za-z])[\u0300-\u036f]+")
_LOGI = re.compile("[aeiouy][^aeiouy].*logi$")
"""A departure from Porter's first algorithm that FTS5 has: technology → technolog."""
_SHORTEST_STEMMED, _LONGEST_STEMMED = 3, 64
"""FTS5 leaves shorter words and those of more bytes as they are."""
_stemmer = Stemmer.Stemmer("porter", 0)


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about what is asked (`data/stop_words.txt`)."""
    text = files("casequote.embeddings").joinpath("data/stop_words.txt").read_text("utf-8")
    return frozenset(w for w in text.split("\n") if w and not w.startswith("#"))


@cache
def _stem(word: str) -> str:
    if not _SHORTEST_STEMMED <= len(word.encode()) <= _LONGEST_STEMMED:
        return word
    stem = str(_stemmer.stemWord(word))
    return stem[:-1] if _LOGI.search(stem) else stem


def words(text: str) -> list[str]:
    """Words of a text in order, folded as SQLite's `unicode61 remove_diacritics 2` does.

    It takes accents from Latin letters alone, and makes every sigma the same.
    """
    decomposed = unicodedata.normalize("NFD", text)
    bare = unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", decomposed))
    return _WORD.findall(bare.lower().replace("ς", "σ"))


def stems(text: str) -> list[str]:
    """Stems of all words of a text, in order."""
    return [_stem(word) for word in words(text)]


def content_stems(text: str, without: Collection[str] = ()) -> list[str]:
    """Distinct stems of the words that carry content, in order; words of `without` are left out."""
    common = stop_words()
    kept = (w for w in words(text) if w not in common and w not in without)
    return list(dict.fromkeys(_stem(w) for w in kept))
