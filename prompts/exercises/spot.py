"""Spot the source: a sentence of the record, and which of some extracts from articles supports it.

The supporting extract is from an article that the record names as source of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from casequote.corpus.document import Document
from casequote.corpus.normal import fold
from casequote.embeddings.terms import content_stems
from casequote.prompts.exercises.building import (
    KeyBuilder,
    Making,
    exercise,
    is_telling,
    options_of,
)
from casequote.prompts.exercises.chance import shuffled
from casequote.prompts.exercises.collection import CaseFile, Sentence
from casequote.prompts.exercises.types import Exercise, ExerciseKind
from casequote.prompts.values import figures

SUPPORTING = 0.45
"""Share of the statement's words that the supporting extract must have."""
OTHER = {"easy": 0.15, "medium": 0.2, "hard": 0.3}
"""Share that no other extract may have, by difficulty."""
MOST = 2
_YEAR = re.compile(r"(?:19|20)\d\d")


def make_spots(making: Making, case: CaseFile) -> list[Exercise]:
    """An exercise for each of the sentences that are best supported."""
    found = case.facts()
    if found is None:
        return []
    document, start, end = found
    supported = []
    for statement in case.fit_sentences(document, start, end):
        if not is_telling(statement.text):
            continue
        told = [s for a in _named_sources(case, statement) for s in case.fit_sentences(a)]
        best = max(told, key=lambda s: (_share(statement.text, s.text), -s.start), default=None)
        if best and _supports(best.text, statement.text):
            supported.append((_share(statement.text, best.text), statement, best))
    supported.sort(key=lambda pair: (-pair[0], pair[1].start))
    made = []
    for _, statement, best in supported[:MOST]:
        others = _others(making, case, statement, best)
        if len(others) >= making.distractors:
            made.append(_made(making, case, statement, best, others[: making.distractors]))
    return made


def _named_sources(case: CaseFile, statement: Sentence) -> list[Document]:
    numbers = statement.document.sources_of(statement.start, statement.end)
    publishers = {
        fold(source.publisher) for source in statement.document.sources if source.number in numbers
    }
    return [a for a in case.articles if a.publisher and fold(a.publisher) in publishers]


def _supports(extract: str, statement: str) -> bool:
    """Whether an extract has the statement's figures and enough of its words."""
    return figures(statement) <= figures(extract) and _share(statement, extract) >= SUPPORTING


def _share(statement: str, extract: str) -> float:
    told = set(content_stems(statement))
    return len(told & set(content_stems(extract))) / len(told) if told else 0.0


def _others(making: Making, case: CaseFile, statement: Sentence, best: Sentence) -> list[Sentence]:
    """Extracts that do not support the statement: from the case first, then from cases like it."""
    told = {f for f in figures(statement.text) if not _YEAR.fullmatch(f)}
    most = OTHER[making.settings.difficulty]

    def fit(pool: Iterable[Sentence]) -> list[Sentence]:
        return [
            s
            for s in pool
            if (s.document.id, s.start) != (best.document.id, best.start)
            and _share(statement.text, s.text) <= most
            and not told & figures(s.text)
        ]

    seed = (making.settings.seed, case.id, "spot", statement.start)
    own = shuffled(fit(s for a in case.articles for s in case.fit_sentences(a)), *seed)
    if making.settings.difficulty == "hard":
        own.sort(key=lambda s: -_share(statement.text, s.text))
    if len(own) >= making.distractors:
        return own
    near = [c for c in making.collection.others(case) if c.crime_types & case.crime_types]
    foreign: list[Sentence] = []
    for other in shuffled(near, *seed)[: 4 * making.distractors]:
        told_by = fit(s for a in other.articles for s in other.fit_sentences(a))
        foreign += [s for s in told_by if not _names_case(s.text, other)][:1]
    return [*own, *foreign]


def _names_case(text: str, case: CaseFile) -> bool:
    folded = fold(text)
    return any(fold(name) in folded for name in (*case.called, *case.defendants))


def _made(
    making: Making, case: CaseFile, statement: Sentence, best: Sentence, others: Sequence[Sentence]
) -> Exercise:
    key = KeyBuilder(case)
    for sentence in (statement, best, *others):
        owner = sentence.document.case or case.id
        key.quote(sentence.document, sentence.start, sentence.end, owner)
    options, correct = options_of(
        best.text, [s.text for s in others], making.settings.seed, case.id, statement.start
    )
    question = making.words.question("spot", case=case.title, statement=statement.text)
    return exercise(
        making, case, ExerciseKind.SPOT, "evidence", question, key.key(correct), options=options
    )
