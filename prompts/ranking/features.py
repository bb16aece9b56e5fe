"""Question + one text → features of each of its sentences, by which the ranker judges it.

Signals of likeness (`SIGNALS`) are each given in six ways, so that a linear model can tell a
sentence that stands out from one that is merely alike; the rest describes the sentence, the
question and the type of answer (`names`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from casequote.corpus.document import Document, Span
from casequote.corpus.passages import Passage, passages
from casequote.embeddings.encoder import Encoder, Matrix, TokenVectors
from casequote.embeddings.pooling import pool_spans, unit
from casequote.embeddings.terms import content_stems, stems, stop_words
from casequote.prompts.ranking.answer_types import answer_type, answer_types

Table = NDArray[np.float64]
"""(n, f): a row for each sentence, a column for each feature."""

SIGNALS = ("likeness", "passage", "late", "soft", "weakest", "overlap", "pairs")
"""Cosine of the sentence and of its passage with the question; mean, share above `SOFT` and least
of the best cosines of the question's tokens; weighted overlap of words; shared pairs of words."""

WAYS = ("", "_z", "_gap", "_before", "_after", "_best")
"""As it is, within its text, beside its best, of its neighbours, and the best of the text."""
BY_FORM = ("likeness", "overlap", "late")
"""Signals that count differently for a statement to be shown than for a question."""
SOFT = 0.6
"""Cosine of two tokens from which one counts as said by the other."""
SHORT = 5
AT_ONCE = 64
"""Passages whose token vectors are held at a time, to bound memory."""
_WORD = re.compile(r"\w+")
_POINTS_BACK = re.compile(
    r"(?:it|its|he|his|she|her|they|their|these|those|this|that)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"\?\s*$"
    r"|^\W*(?:\w+\W+){0,4}?(?:wh(?:o|om|ose|at|en|ere|y|ich)|how)\b"
    r"|^\W*(?:is|are|was|were|do|does|did|can|could|has|have|had)\b",
    re.IGNORECASE,
)
_STATES = re.compile(r"[.!;]\s*$|\b(?:shall|must|may|will|should)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Features:
    """The sentences of a text and the features of each."""

    sentences: tuple[Span, ...]
    table: Table
    """(n, f), the columns in the order of `names`."""


def features(document: Document, question: str, encoder: Encoder) -> Features:
    """The features of the sentences of a document; the encoder runs once over each passage."""
    pieces = passages(document)
    sentences = tuple(s for piece in pieces for s in piece.sentences)
    if not sentences:
        return Features((), np.zeros((0, len(names()))))
    texts = [document.text[s.start : s.end] for s in sentences]
    own = [stems(text) for text in texts]
    signals = np.column_stack(
        [
            _by_vectors(document.text, pieces, question, encoder),
            _overlap(question, own),
            _pairs(question, own),
        ]
    )
    columns = [way for signal in signals.T for way in _ways(signal)]
    columns += _typed(question, texts)
    columns += _plain(question, texts, own, signals)
    return Features(sentences, np.column_stack(columns))


def is_statement(text: str) -> bool:
    """Whether it states something to be shown, rather than asks or gives key words."""
    return bool(_STATES.search(text)) and not _ASKS.search(text)


def names() -> tuple[str, ...]:
    """The names of the features, in the order of the columns."""
    types = [entry.id for entry in answer_types()]
    return (
        *(signal + way for signal in SIGNALS for way in WAYS),
        *(f"has_{name}" for name in types),
        *("typed", "typed_rarely", "untyped", "no_type", "states"),
        *("length", "short", "position", "first", "sentences", "points_back", "words"),
        *(f"{signal}_states" for signal in BY_FORM),
        *("names_missing", "stems_missing"),
    )


def _by_vectors(text: str, pieces: Sequence[Passage], question: str, encoder: Encoder) -> Table:
    """(n, 5): cosine of sentence and of passage with the question, and the late interaction."""
    query = encoder.encode_query(question)
    [asked] = encoder.encode_tokens([question], query=True)
    wanted = _content_rows(question, asked)
    found = []
    for first in range(0, len(pieces), AT_ONCE):
        group = pieces[first : first + AT_ONCE]
        encoded = encoder.encode_tokens([text[p.start : p.end] for p in group])
        for piece, tokens in zip(group, encoded, strict=True):
            spans = [(s.start - piece.start, s.end - piece.start) for s in piece.sentences]
            whole = unit(tokens.rows.sum(axis=0, keepdims=True)) @ query
            found.append(
                np.column_stack(
                    [
                        pool_spans(tokens.rows, tokens.offsets, spans) @ query,
                        np.repeat(whole, len(spans)),
                        _late_interaction(wanted, [_within(tokens, span) for span in spans]),
                    ]
                )
            )
    return np.concatenate(found).astype(np.float64)


def _within(tokens: TokenVectors, span: tuple[int, int]) -> Matrix:
    inside = [a < span[1] and span[0] < b for a, b in tokens.offsets]
    rows: Matrix = tokens.rows[np.array(inside, dtype=bool)]
    return rows


def _content_rows(question: str, asked: TokenVectors) -> Matrix:
    """The rows of the tokens of words that carry content; of all when there are none."""
    common = stop_words()
    spans = [m.span() for m in _WORD.finditer(question) if m.group().lower() not in common]
    chosen = [any(a < end and start < b for start, end in spans) for a, b in asked.offsets]
    rows: Matrix = asked.rows[np.array(chosen, dtype=bool)] if any(chosen) else asked.rows
    return rows


def _late_interaction(query: Matrix, tokens: Sequence[Matrix]) -> Table:
    """(n, 3): mean, share above `SOFT` and least of the query tokens' best cosines (MaxSim)."""
    found = np.zeros((len(tokens), 3))
    sizes = np.array([len(rows) for rows in tokens])
    some = np.flatnonzero(sizes)
    if not len(query) or not len(some):
        return found
    cosines = np.concatenate([tokens[int(i)] for i in some]) @ query.T
    starts = np.concatenate([[0], np.cumsum(sizes[some])[:-1]])
    best = np.maximum.reduceat(cosines, starts, axis=0)
    found[some] = np.column_stack([best.mean(axis=1), (best > SOFT).mean(axis=1), best.min(axis=1)])
    return found


def _overlap(question: str, sentences: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """Share of the question's content stems, weighted by how few sentences have them."""
    wanted = content_stems(question)
    sets = [frozenset(own) for own in sentences]
    having = Counter(stem for own in sets for stem in own)
    count = len(sets)
    rarity = {
        stem: math.log(1 + (count - having[stem] + 0.5) / (having[stem] + 0.5)) for stem in wanted
    }
    total = sum(rarity.values()) or 1.0
    return np.array([sum(rarity[stem] for stem in wanted if stem in own) / total for own in sets])


def _pairs(question: str, sentences: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """Share of the question's neighbouring stems that stand side by side in the sentence too."""
    wanted = set(pairwise(stems(question)))
    total = len(wanted) or 1
    return np.array([len(wanted & set(pairwise(own))) / total for own in sentences])


def _ways(signal: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """A signal (n,) as it is, within its text, beside its best, of its neighbours, and the best."""
    best = float(signal.max())
    spread = float(signal.std()) or 1.0
    return [
        signal,
        (signal - signal.mean()) / spread,
        signal - best,
        np.concatenate([[0.0], signal[:-1]]),
        np.concatenate([signal[1:], [0.0]]),
        np.full(len(signal), best),
    ]


def _typed(question: str, texts: Sequence[str]) -> list[NDArray[np.float64]]:
    """Whether the sentences have a value of the type that is asked for."""
    count = len(texts)
    wanted = answer_type(question)
    has = np.zeros(count)
    if wanted:
        besides = frozenset(stems(question))
        has = np.array([wanted.is_in(text, besides) for text in texts], dtype=np.float64)
    share = has.mean()
    return [
        *(has if wanted and wanted.id == entry.id else np.zeros(count) for entry in answer_types()),
        has,
        has * (1 - share),
        np.full(count, float(wanted is not None and share == 0)),
        np.full(count, float(wanted is None)),
    ]


def _plain(
    question: str, texts: Sequence[str], own: Sequence[Sequence[str]], signals: Table
) -> list[NDArray[np.float64]]:
    """What the sentences and the question are like, whatever they say."""
    count = len(texts)
    sizes = np.array([len(stems_of) for stems_of in own], dtype=np.float64)
    states = float(is_statement(question))
    return [
        np.full(count, states),
        np.log1p(sizes),
        (sizes < SHORT).astype(np.float64),
        np.arange(count) / count,
        (np.arange(count) == 0).astype(np.float64),
        np.full(count, math.log(count)),
        np.array([bool(_POINTS_BACK.match(text)) for text in texts], dtype=np.float64),
        np.full(count, math.log1p(len(content_stems(question)))),
        *(signals[:, SIGNALS.index(name)] * states for name in BY_FORM),
        *(np.full(count, share) for share in _missing(question, own)),
    ]


def _missing(question: str, own: Sequence[Sequence[str]]) -> list[float]:
    """Shares of the question's names, and of its content stems, that the text does not have."""
    said = frozenset(stem for stems_of in own for stem in stems_of)
    written = [m.group() for m in _WORD.finditer(question)][1:]
    named = content_stems(" ".join(word for word in written if word[:1].isupper()))
    return [
        sum(stem not in said for stem in group) / len(group) if group else 0.0
        for group in (named, content_stems(question))
    ]
