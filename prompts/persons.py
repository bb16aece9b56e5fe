"""Question → the defendants it names, and the candidates that are about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library
from casequote.embeddings.terms import stems
from casequote.prompts.evidence import Candidate


@dataclass(frozen=True, slots=True)
class Persons:
    """Defendants that a question names, and the other defendants of the same cases."""

    named: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def mentioned_in(self, candidate: Candidate) -> bool:
        """Whether a candidate is about a named one by field or by surname."""
        field = candidate.field
        if field and (defendant := field.attributes.get("defendant")):
            return defendant in self.named
        return _mentions(candidate, self.named)

    def concerns(self, candidate: Candidate) -> bool:
        """Whether a candidate may be about the named ones: not about another one alone."""
        if not self.named or not self.others:
            return True
        field = candidate.field
        if field and (defendant := field.attributes.get("defendant")):
            return defendant in self.named
        return _mentions(candidate, self.named) or not _mentions(candidate, self.others)


def named_defendants(library: Library, cases: Sequence[str], content: Iterable[str]) -> Persons:
    """The defendants of the cases whose names share most words with the question."""
    asked = set(content)
    shared: dict[str, int] = {}
    for stated in library.fields(FieldName.DEFENDANTS, cases=cases):
        name = stated.field.attributes["defendant"]
        shared[name] = len(asked & set(stems(name)))
    most = max(shared.values(), default=0)
    if not most:
        return Persons()
    named = tuple(name for name, count in shared.items() if count == most)
    return Persons(named, tuple(name for name in shared if name not in named))


def _mentions(candidate: Candidate, people: Iterable[str]) -> bool:
    return any(stems(name)[-1] in candidate.stems for name in people if stems(name))
