"""Question → the proper names in it that nothing in the library has, and what is near them.

An unknown operation, person or series number is refused as unknown rather than answered with what
happens to be alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from rapidfuzz import fuzz, process

from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import stop_words, words
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.synonyms import is_abbreviation

NEAR = 70
"""Least similarity (rapidfuzz WRatio, 0–100) of a name that is offered instead."""
_NUMERAL = re.compile(r"^(?:[ivx]{1,4}|\d{1,2}(?:\.\d)?)$")
_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_OPERATION = re.compile(
    r"\b(?:operation|opera[cs]i[oó]n|operasjon|project)\s+([^\W_][\w-]*)", re.IGNORECASE
)
_NEXT = re.compile(r"\s+([A-Z][a-z]+)\b")
_VERSUS = re.compile(r"\bv(?:s)?\.?\s+([A-Z][\w'’-]+)")


def unknown_names(
    question: str, consumed: Collection[str], known: Collection[str], catalogue: Catalogue
) -> tuple[str, ...]:
    """The names nobody has; `consumed` are the question's words that named a case, `known` all
    words of the names of those cases.
    """
    found = [
        *_operations(question, consumed, known, catalogue),
        *_parties(question, consumed, catalogue),
        *_numbered(question, consumed, known, catalogue),
        *_others(question, consumed, catalogue),
    ]
    return tuple(dict.fromkeys(found))


def near_titles(unknown: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Titles of up to three cases whose names are near to the unknown ones."""
    names = {name.text: name.case for name in catalogue.names}
    cases: dict[str, None] = {}
    for phrase in unknown:
        near = process.extract(phrase, list(names), scorer=fuzz.WRatio, limit=3, score_cutoff=NEAR)
        cases |= dict.fromkeys(catalogue.cases[names[text]].summary.title for text, _, _ in near)
    return tuple(cases)[:3]


def _rest_of_name(after: str) -> str:
    """The capitalised word right after the first word of an operation's name: "Cookie Jar"."""
    m = _NEXT.match(after)
    return m.group(1) if m else ""


def _operations(
    question: str, consumed: Collection[str], known: Collection[str], catalogue: Catalogue
) -> Iterator[str]:
    """Names like "Operation X" where X names no case and the words stand nowhere together."""
    for m in _OPERATION.finditer(question):
        word = fold(m.group(1))
        plain = word in stop_words() or _is_prose(word, catalogue)
        if word not in consumed and not plain and not catalogue.has_phrase(m.group()):
            yield m.group()
        elif word in consumed and (rest := _rest_of_name(question[m.end() :])):
            unlike = not set(words(rest)) & (set(consumed) | set(known))
            if unlike and not catalogue.has_phrase(f"{m.group(1)} {rest}"):
                yield f"{m.group()} {rest}"


def _is_prose(word: str, catalogue: Catalogue) -> bool:
    """Whether a word after "operation" is ordinary ("the operation took place")."""
    return catalogue.knows(word) and not any(word in name.distinctive for name in catalogue.names)


def _parties(question: str, consumed: Collection[str], catalogue: Catalogue) -> Iterator[str]:
    """The defendant in "v. X" when the library has no such word."""
    for m in _VERSUS.finditer(question):
        if not catalogue.knows(m.group(1)) and not set(words(m.group(1))) & set(consumed):
            yield m.group(1)


def _numbered(
    question: str, consumed: Collection[str], known: Collection[str], catalogue: Catalogue
) -> Iterator[str]:
    """A name with a number that it does not have: "Strikeback III", "Contender 4.0"."""
    tokens = [(m.group(), fold(m.group())) for m in _TOKEN.finditer(question)]
    for (text, word), (number, folded) in pairwise(tokens):
        if word not in consumed or not _NUMERAL.match(folded) or set(words(number)) <= set(known):
            continue
        roman = not folded[0].isdecimal() and number == number.upper()
        phrase = f"{text} {number}"
        if (roman or "." in folded) and not catalogue.has_phrase(phrase):
            yield phrase


def _others(question: str, consumed: Collection[str], catalogue: Catalogue) -> Iterator[str]:
    """Other capitalised names, no word of which the library has."""
    for phrase in _proper_names(question):
        parts = words(phrase)
        if set(parts) & set(consumed) or vocabulary().mentions(phrase):
            continue
        if all(is_abbreviation(part) for part in parts):
            continue
        if not any(catalogue.knows(part) for part in parts):
            yield phrase


def _proper_names(question: str) -> Iterator[str]:
    """Runs of capitalised words that do not open a sentence."""
    run: list[str] = []
    end = 0
    for m in _TOKEN.finditer(question):
        before = question[: m.start()].rstrip()
        capital = m.group()[0].isupper() and bool(before) and before[-1] not in "?.!"
        if capital and run and not question[end : m.start()].strip():
            run.append(m.group())
        else:
            if run:
                yield " ".join(run)
            run = [m.group()] if capital else []
        end = m.end()
    if run:
        yield " ".join(run)
