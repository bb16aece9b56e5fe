"""What the pages need of an assistant, and answers kept for as long as the library is the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from casequote.corpus.library import Library
from casequote.embeddings.retriever import RankedPassage
from casequote.embeddings.synchronise import Progress
from casequote.prompts.answer import Answer
from casequote.prompts.filters import Filters, checked_filters
from casequote.prompts.interpretation import Turn
from casequote.prompts.similarity.finder import SimilarCases
from casequote.server.assistant import Watch
from casequote.web.asked import Asked

KEPT = 512
"""Answers kept; those of earlier questions are needed again with every follow-up."""


class Answering(Protocol):
    """What the pages need of an assistant."""

    @property
    def library(self) -> Library:
        """The library that is asked."""
        ...

    @property
    def similar(self) -> SimilarCases | None:
        """What finds similar cases, if there is anything that does."""
        ...

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
        """The answer to a question."""
        ...

    def search(self, query: str, k: int) -> list[RankedPassage]:
        """The k best passages."""
        ...

    def catch_up(self, progress: Progress | None = None) -> None:
        """Makes the vectors match the library."""
        ...


class Answers:
    """Answers to what addresses ask."""

    def __init__(self, assistant: Answering) -> None:
        self._assistant = assistant
        self._kept = lru_cache(maxsize=KEPT)(self._made)

    def answer(self, asked: Asked, watch: Watch | None = None) -> Answer:
        """The answer. Raises NotInLibrary or InvalidRequest for cases, kinds or filters."""
        if watch is None:
            return self._kept(asked, self._assistant.library.change)
        return self._made(asked, 0, watch)

    def _made(self, asked: Asked, change: int, watch: Watch | None = None) -> Answer:
        del change  # part of the key only
        library = self._assistant.library
        given = dict(asked.filters) if asked.filters is not None else None
        return self._assistant.ask(
            asked.question,
            before=self._turns(asked),
            cases=tuple(library.case(case).id for case in asked.cases),
            filters=None if given is None else checked_filters(library, given),
            kind=asked.kind,
            everywhere=asked.everywhere,
            watch=watch,
        )

    def _turns(self, asked: Asked) -> tuple[Turn, ...]:
        """The turns before a question, oldest first."""
        earlier = asked.earlier
        answers = [self.answer(Asked(text, earlier[:n])) for n, text in enumerate(earlier)]
        return tuple(answer.turn() for answer in answers)
