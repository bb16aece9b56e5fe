"""Texts about a case → the same texts with neutral names, and what each of them stands for.

The same name has the same neutral name throughout. Victims are made neutral too, but nothing says
who they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from casequote.corpus.normal import fold
from casequote.corpus.sentences import sentences
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import stop_words
from casequote.prompts.exercises import care
from casequote.prompts.exercises.care import Names
from casequote.prompts.exercises.collection import CaseFile
from casequote.prompts.exercises.types import Alias
from casequote.prompts.exercises.wording import Wording

Depth = Literal["authorities", "all"]
"""`authorities` hides the names of the case and of bodies; `all` makes every name neutral."""

_RUN = re.compile(
    r"\b[^\W\d_a-z][\w’'.&-]*(?:(?:\s+(?:of|the|de|del|la|van|von|and)\b)*\s+[^\W\d_a-z][\w’'.&-]*)*"
)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]+")
_CHARGED = re.compile(
    r"\b(?:charge[sd]?|convict\w*|plead\w*|pleaded|pled|guilty|offences?|counts?|indict\w*)\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:^|[.:!?“\"(]\s+|\n\s*)$")
_INITIALS = re.compile(r"\s+(?:[A-Z]\.?\s+)*(?:[\"“].+?[\"”]\s+)?")
_CURRENCY = re.compile(r"[A-Z]{3,4}(?=\s?\d)")
_KINDS = {"country": "country", "demonym": "country", "city": "city", "body": "body",
          "platform": "platform"}  # fmt: skip


class _Found(NamedTuple):
    start: int
    end: int
    kind: str
    name: str
    """What is the same for two mentions of the same thing."""


@dataclass(slots=True)
class Anonymiser:
    """Neutral names for one case."""

    case: CaseFile
    words: Wording
    depth: Depth
    _shown: dict[tuple[str, str], str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _originals: dict[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """The text with neutral names."""
        parts, position = [], 0
        for found in self._found(text):
            parts.append(text[position : found.start])
            parts.append(self._neutral(found, text[found.start : found.end]))
            position = found.end
        return "".join((*parts, text[position:]))

    def aliases(self) -> tuple[Alias, ...]:
        """What each neutral name stands for, but for victims."""
        return tuple(Alias(shown, original) for shown, original in self._originals.items())

    def leaks(self, texts: Iterable[str]) -> bool:
        """Whether a text still holds a name that was made neutral, or a name of the case."""
        names = {fold(o) for o in self._originals.values()}
        names |= {fold(name) for name in self.case.called}
        folded = [fold(text) for text in texts]
        return any(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names for text in folded
        )

    def _neutral(self, found: _Found, written: str) -> str:
        if found.kind in ("victim", "hidden_body", "hidden_case"):
            return self.words.neutral(found.kind, "")
        same = (found.kind, found.name)
        if same not in self._shown:
            count = self._counts[found.kind] = self._counts.get(found.kind, 0) + 1
            shown = self.words.neutral(found.kind, _mark(count))
            self._shown[same] = shown
            self._originals[shown] = found.name if found.kind == "country" else written
        return self._shown[same]

    def _found(self, text: str) -> list[_Found]:
        """What is made neutral: of overlapping names the first kind named below."""
        everything = [
            *self._case_names(text),
            *self._persons(text),
            *self._known(text),
            *(self._other_names(text) if self.depth == "all" else ()),
        ]
        kept: list[_Found] = []
        for found in everything:
            if all(found.end <= k.start or k.end <= found.start for k in kept):
                kept.append(found)
        return sorted(kept)

    def _case_names(self, text: str) -> Iterator[_Found]:
        names = {re.sub(r"\s*\(.*?\)", "", name) for name in self.case.called}
        names |= set(self.case.called)
        kind = "case" if self.depth == "all" else "hidden_case"
        for name in sorted(names, key=lambda name: (-len(name), name)):
            if len(name) < 4 or fold(name) in {fold(d) for d in self.case.defendants}:
                continue
            for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
                yield _Found(m.start(), m.end(), kind, fold(name))

    def _persons(self, text: str) -> Iterator[_Found]:
        victims = self.case.names.victims
        places = [m for m in vocabulary().mentions(text) if m.kind in ("country", "city")]
        words = {
            part: person
            for person in reversed(self.case.defendants)
            for part in map(fold, _NAME_WORD.findall(person))
            if len(part) > 1 and part not in stop_words()
        }
        run: _Found | None = None
        for m in _NAME_WORD.finditer(text):
            word = fold(m.group().removesuffix("’s").removesuffix("'s"))
            kind = "victim" if word in victims else "person" if word in words else ""
            if not kind or not m.group()[0].isupper():
                continue
            if kind == "victim" and any(p.start <= m.start() < p.end for p in places):
                continue
            person = words.get(word, "")
            end = m.start() + len(m.group().removesuffix("’s").removesuffix("'s"))
            if run and run.kind == kind and _INITIALS.fullmatch(text[run.end : m.start()]):
                run = run._replace(end=end)
                continue
            if run:
                yield run
            run = _Found(m.start(), end, kind, person)
        if run:
            yield run

    def _known(self, text: str) -> Iterator[_Found]:
        for mention in vocabulary().mentions(text):
            kind = _KINDS.get(mention.kind, "")
            if self.depth == "authorities" and kind != "body":
                continue
            if kind == "body" and self.depth == "authorities":
                kind = "hidden_body"
            written = text[mention.start : mention.end]
            if kind == "platform" and not any(c.isupper() for c in written):
                continue  # a kind of service, such as text messages
            if kind:
                same = fold(written) if kind == "city" else mention.name
                yield _Found(mention.start, mention.end, kind, same)

    def _other_names(self, text: str) -> Iterator[_Found]:
        for m in _RUN.finditer(text):
            parts = list(re.finditer(r"\S+", m.group()))
            while parts and _is_common(parts[0].group()):
                del parts[0]
            while parts and (_is_common(parts[-1].group()) or parts[-1].group().islower()):
                del parts[-1]
            if not parts:
                continue
            start, end = m.start() + parts[0].start(), m.start() + parts[-1].end()
            while text[end - 1] in ".’'-&":
                end -= 1
            opens = _SENTENCE_START.search(text[:start])
            if (opens and len(parts) == 1 and not text[start:end].isupper()) or end - start < 2:
                continue
            if _CURRENCY.match(text, start) or care.is_no_name(text[start:end]):
                continue
            yield _Found(start, end, "name", fold(text[start:end]))


def _is_common(word: str) -> bool:
    bare = fold(word).strip(".,;:'’\"")
    return bare in stop_words() or care.is_no_name(bare)


def _mark(count: int) -> str:
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def neutral_facts(
    case: CaseFile, words: Wording, depth: Depth, *, hide_offences: bool = False
) -> tuple[str, tuple[Alias, ...]] | None:
    """The fact summary with neutral names and their key, or None where little may be shown.

    With `hide_offences`, without the sentences that name what was charged.
    """
    found = case.facts()
    if found is None:
        return None
    document, start, end = found
    anonymiser = Anonymiser(case, words, depth)
    kept: list[str] = []
    for span in sentences(document.text, start, end):
        sentence = document.text[slice(*span)]
        if care.has_sexual_detail(sentence) or care.other_persons(sentence, _with_victims(case)):
            continue
        if hide_offences and _names_an_offence(sentence):
            continue
        kept.append(anonymiser.text(sentence))
    text = " ".join(kept)
    fit = care.is_fit(text, case.names) and not anonymiser.leaks([text])
    return (text, anonymiser.aliases()) if len(kept) > 1 and fit else None


def _names_an_offence(sentence: str) -> bool:
    named = any(m.kind == "crime_type" for m in vocabulary().mentions(sentence))
    return named and bool(_CHARGED.search(sentence))


def _with_victims(case: CaseFile) -> Names:
    """The names of the case, with its victims as known persons: they are made neutral."""
    return replace(case.names, convicted=case.names.convicted | case.names.victims)
