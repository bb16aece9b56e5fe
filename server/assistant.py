"""The main path: question → interpretation → evidence → findings → answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from casequote.corpus.library import Library
from casequote.embeddings.encoder import Encoder
from casequote.embeddings.retriever import RankedPassage, Retriever
from casequote.embeddings.synchronise import Progress, current_index, synchronise
from casequote.embeddings.vector_index import VectorIndex
from casequote.prompts.across import answer_across, matching_cases
from casequote.prompts.answer import Answer
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.composition import compose, compose_refusal
from casequote.prompts.decision import decide, refused_at_once
from casequote.prompts.evidence import Evidence, Gatherer
from casequote.prompts.filters import Filters
from casequote.prompts.findings import Findings, NotFound
from casequote.prompts.interpretation import Interpretation, Turn
from casequote.prompts.interpreter import Given, interpret
from casequote.prompts.membership import answer_membership
from casequote.prompts.parts import combine, parts
from casequote.prompts.precedents import answer_similar
from casequote.prompts.selection import rank
from casequote.prompts.similarity.finder import SimilarCases

Watch = Callable[[Interpretation | Evidence], None]
"""Told what a question was taken to mean, and what was gathered for it, before the answer."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """What answers are made from, at one change of the library."""

    change: int
    index: VectorIndex
    catalogue: Catalogue
    retriever: Retriever
    gatherer: Gatherer


class Assistant:
    """Answers questions over one library. Safe to use from several threads."""

    def __init__(self, library: Library, encoder: Encoder, index: VectorIndex) -> None:
        self.library = library
        self.encoder = encoder
        self._snapshot = self._snap(index)
        self.similar = SimilarCases(library, encoder, lambda: self.snapshot().index)

    def ask(
        self,
        question: str,
        *,
        before: Sequence[Turn] = (),
        cases: Sequence[str] = (),
        filters: Filters | None = None,
        kind: str | None = None,
        everywhere: bool = False,
        watch: Watch | None = None,
    ) -> Answer:
        """The answer to a question, part by part; the same library gives the same answer.

        `cases`, `filters`, `kind` and `everywhere` (no case at all) overrule what the question's
        words are taken to mean. Raises InvalidRequest for a kind that does not exist.
        """
        given = Given(tuple(cases), filters, kind, everywhere)
        with self.library.reading():
            asked = parts(question)
            if len(asked) == 1 or kind or everywhere:
                return self._answer(question, before, given, watch)
            whole = interpret(question, self.snapshot().catalogue, before=before, given=given)
            turns, answers = list(before), []
            for part in asked:
                about = replace(given, cases=whole.cases, kind=part.kind)
                answers.append(self._answer(part.question, turns, about, watch))
                turns.append(answers[-1].turn())
            return combine(question, asked, answers)

    def _answer(
        self, question: str, before: Sequence[Turn], given: Given, watch: Watch | None
    ) -> Answer:
        now = self.snapshot()
        asked = interpret(question, now.catalogue, before=before, given=given)
        if watch:
            watch(asked)
        if refused := refused_at_once(asked):
            nearest = now.retriever.retrieve(question, 3) if asked.content else []
            return compose_refusal(asked, refused, now.catalogue, nearest)
        evidence = Evidence((), (), {})
        found = self._from_fields(asked, now)
        if found is None:
            evidence = now.gatherer.gather(asked, self._within(given))
            if watch:
                watch(evidence)
            ranked = rank(evidence.candidates, asked, now.catalogue.rarity, now.catalogue.about)
            found = decide(asked, ranked, self.library, now.catalogue.about)
        if isinstance(found, NotFound):
            return compose_refusal(asked, found, now.catalogue, evidence.nearest)
        return compose(asked, found, now.catalogue)

    def _from_fields(self, asked: Interpretation, now: _Snapshot) -> Findings | NotFound | None:
        """What the records' fields answer by themselves; None for all other questions."""
        if asked.across:
            return answer_across(asked, self.library, now.catalogue)
        alike = answer_similar(asked, self.library, self.similar)
        return alike or answer_membership(asked, self.library)

    def _within(self, given: Given) -> list[str] | None:
        """The cases that the user's filters leave; None without filters."""
        if given.filters is None or not given.filters.stated():
            return None
        return sorted(matching_cases(self.library, given.filters))

    def converse(self, questions: Sequence[str], *, cases: Sequence[str] = ()) -> Answer:
        """The answer to the last question, after the ones before it in the same conversation."""
        turns: list[Turn] = []
        for question in questions[:-1]:
            answer = self.ask(question, before=turns, cases=cases)
            turns.append(answer.turn())
        return self.ask(questions[-1], before=turns, cases=cases)

    def search(self, query: str, k: int) -> list[RankedPassage]:
        """The k best passages for a query; nothing is composed."""
        return self.snapshot().retriever.retrieve(query, k)

    def checked_cases(self, cases: Sequence[str]) -> tuple[str, ...]:
        """The case ids themselves. Raises NotInLibrary for one that the library does not have."""
        return tuple(self.library.case(case).id for case in cases)

    def catch_up(self, progress: Progress | None = None) -> None:
        """Makes the vectors of what was added, and forgets those of what was removed."""
        synchronise(self.library, self.encoder, progress)

    def snapshot(self) -> _Snapshot:
        """What answers are made from; made again when the library has changed."""
        if self._snapshot.change != self.library.change:
            index = current_index(self.library, self.encoder)
            if index is not None:
                self._snapshot = self._snap(index)
        return self._snapshot

    def _snap(self, index: VectorIndex) -> _Snapshot:
        catalogue = Catalogue(self.library)
        retriever = Retriever(self.library, index, self.encoder)
        gatherer = Gatherer(self.library, retriever, catalogue)
        return _Snapshot(catalogue.change, index, catalogue, retriever, gatherer)
