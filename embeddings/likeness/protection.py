"""Document → the names of victims in it, which reasons never quote.

A record may publish the name of a victim; other texts just tell it. A name of two or more words in
a sentence about a victim, and a word with a capital right after a verb whose object is one, are
taken for a victim's, unless a defendant, the case or a body is called so. That protects too much
rather than too little: what is left unquoted here is still in the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from casequote.corpus.document import Document, FieldName
from casequote.corpus.vocabulary import vocabulary

_PUBLISHED = "publicly_named"
_NAME = r"[^\W\d_a-z][\w’'-]+"
_PERSON = re.compile(rf"\b{_NAME}(?: (?:[A-Z]\. )?{_NAME})+")
_VICTIM = re.compile(
    r"\b(?:victims?|complainants?|suicide|(?:killed|hanged) (?:him|her)self|own life|died|"
    r"death of|schoolboy|schoolgirl|\d\d?-year-old)\b"
)
_OBJECT = re.compile(
    rf"\b(?:lured|tricked|blackmailed|threatened|raped|abused|harassed|stalked|extorted|victim|"
    rf"complainant),? (?P<name>{_NAME})"
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:(?:(?<=\b[A-Z])\.|[.!?](?=\S))[^.!?\n]*)*")
_WORD = re.compile(_NAME)


@dataclass(frozen=True, slots=True)
class Protected:
    """Words of the names of victims; capitals count."""

    words: frozenset[str] = frozenset()
    """By which the case's own documents tell them."""
    surnames: frozenset[str] = frozenset()
    """Of published names: by which any document would tell them."""

    def together(self, other: Protected) -> Protected:
        """The words of both."""
        return Protected(self.words | other.words, self.surnames | other.surnames)


def protected_names(document: Document) -> Protected:
    """The names of victims that a document publishes or tells."""
    published = published_names(document)
    told = _told(document.text) - _known(document)
    return Protected(published.words | told, published.surnames)


def published_names(document: Document) -> Protected:
    """The names of victims that a record publishes as such."""
    names = [
        document.text[slice(*item.value_span)].split(",")[0].split()
        for item in document.items(FieldName.VICTIMS)
        if item.attributes.get("part") == _PUBLISHED
    ]
    return Protected(
        words=frozenset(word for name in names for word in name),
        surnames=frozenset(name[-1] for name in names if name),
    )


def names_one(text: str, words: frozenset[str]) -> bool:
    """Whether a text has one of the words, possessive endings aside."""
    if not words:
        return False
    found = (m.group() for m in _WORD.finditer(text))
    return any(word in words or re.sub(r"[’']s?$", "", word) in words for word in found)


def _told(text: str) -> frozenset[str]:
    """Words of the names that stand in sentences about victims."""
    found: set[str] = set()
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        if _VICTIM.search(words):
            for person in _PERSON.finditer(words):
                found.update(_WORD.findall(person.group()))
        found.update(m["name"] for m in _OBJECT.finditer(words))
    bare = {re.sub(r"[’']s?$", "", word) for word in found}
    ordinary = {word for word in bare if re.search(rf"\b{re.escape(word.lower())}\b", text)}
    return frozenset(bare - ordinary)


def _known(document: Document) -> frozenset[str]:
    """Words of the names of the case, its defendants, and of bodies and places in the text."""
    text = document.text
    named = [document.title, *document.names]
    named += [
        text[slice(*item.value_span)]
        for item in document.fields
        if item.name in (FieldName.TITLE, FieldName.ALIASES, FieldName.DEFENDANTS, FieldName.COURTS)
    ]
    named += [text[m.start : m.end] for m in vocabulary().mentions(text)]
    return frozenset(word for name in named for word in _WORD.findall(name))
