"""Features of the sentences of a text → the probability of each, and of the text, to answer.

Two logistic regressions: one over the sentences, and one over the text that sees what the first
made of its sentences. Their weights are in `data/ranker.yaml`, with the command that made them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from casequote.prompts.kinds import data
from casequote.prompts.ranking.features import Features, Table, names

FILE = "ranker.yaml"
LEAST = 1e-4
"""Probabilities are kept this far from 0 and 1 before their logarithm is taken."""
OF_TEXT = (
    *("likeness_best", "passage_best", "late_best", "soft_best", "weakest_best"),
    *("overlap_best", "pairs_best", "untyped", "no_type", "sentences", "words"),
    *("names_missing", "stems_missing"),
)
"""Features that all sentences of a text have in common, which the second model sees too."""
FROM_SENTENCES = (
    *("best", "second", "margin", "sum", "any", "states", "best_states", "sentences_states"),
)
"""What the second model sees of the first one's probabilities."""

Vector = NDArray[np.float64]


class RankerFileError(ValueError):
    """The file of weights is not of the form, or not for these features."""


class _Term(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    mean: FiniteFloat
    scale: Annotated[FiniteFloat, Field(gt=0)]
    weight: FiniteFloat


class _Regression(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: FiniteFloat
    features: dict[str, _Term]


class _Limits(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: Annotated[FiniteFloat, Field(ge=0, le=1)]
    sentence: Annotated[FiniteFloat, Field(ge=0, le=1)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    command: str
    rows: int
    rows_sha256: str
    sentence: _Regression
    text: _Regression
    limits: _Limits


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over standardised features."""

    intercept: float
    mean: Vector
    scale: Vector
    weight: Vector

    def probabilities(self, table: Table) -> Vector:
        """Rows (n, f) → probabilities (n,)."""
        found: Vector = sigmoid((table - self.mean) / self.scale @ self.weight + self.intercept)
        return found


@dataclass(frozen=True, slots=True)
class Judged:
    """What the ranker makes of one text."""

    sentences: Vector
    """(n,) the probability of each sentence to answer."""
    text: float
    """The probability that the text answers at all."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The least probability of a text to be answered from, and of a sentence to be quoted."""

    text: float
    sentence: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """The fitted models and their limits."""

    sentence: Logistic
    text: Logistic
    limits: Limits

    def judge(self, found: Features) -> Judged:
        """The probabilities of a text's sentences and of the text; 0 for a text without any."""
        if not found.sentences:
            return Judged(np.zeros(0), 0.0)
        each = self.sentence.probabilities(found.table)
        whole = self.text.probabilities(text_features(each, found.table)[None, :])
        return Judged(each, float(whole[0]))


def chosen(judged: Judged, limits: Limits, most: int) -> list[int]:
    """The sentences that answer, most probable first; none when the text does not say."""
    if not len(judged.sentences) or judged.text < limits.text:
        return []
    order = [int(i) for i in np.argsort(-judged.sentences, kind="stable")]
    return [i for i in order[:most] if judged.sentences[i] >= limits.sentence]


def text_features(each: Vector, table: Table) -> Vector:
    """Probabilities (n,) and features (n, f) of a text's sentences → features (g,) of the text."""
    clipped = np.clip(each, LEAST, 1 - LEAST)
    odds = np.sort(np.log(clipped / (1 - clipped)))[::-1]
    best, second = float(odds[0]), float(odds[min(1, len(odds) - 1)])
    first = dict(zip(names(), table[0], strict=True))
    states = first["states"]
    return np.array(
        [
            best,
            second,
            best - second,
            np.log(clipped.sum()),
            -np.log1p(-clipped).sum(),
            states,
            states * best,
            states * first["sentences"],
            *(first[name] for name in OF_TEXT),
        ]
    )


def sigmoid(odds: Vector) -> Vector:
    """Logarithms of odds → probabilities, without overflow."""
    found: Vector = 0.5 * (1 + np.tanh(0.5 * odds))
    return found


@cache
def ranker() -> Ranker:
    """The ranker of the file that ships with the package."""
    return read_ranker(data(FILE))


def fitted_on() -> str:
    """The sha256 of the file of rows that the shipped ranker was fitted on."""
    return str(data(FILE)["rows_sha256"])


def read_ranker(content: Any) -> Ranker:
    """The ranker of a file's content. Raises RankerFileError when it is not of the form."""
    try:
        file = _File.model_validate(content)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise RankerFileError(
            f"{FILE}: `{place}`: {error.errors()[0]['msg']}; make the file again with "
            "benchmarks/fit_ranker.py"
        ) from error
    return Ranker(
        _logistic(file.sentence, "sentence", names()),
        _logistic(file.text, "text", (*FROM_SENTENCES, *OF_TEXT)),
        Limits(file.limits.text, file.limits.sentence),
    )


def _logistic(regression: _Regression, part: str, wanted: Sequence[str]) -> Logistic:
    """The regression with its terms in the order of the features; checks that it has them all."""
    odd = sorted(set(wanted) ^ set(regression.features))
    if odd:
        raise RankerFileError(
            f"{FILE}: `{part}.features` and the features of the code differ in `{odd[0]}`; make "
            "the file again with benchmarks/fit_ranker.py"
        )
    terms = [regression.features[name] for name in wanted]
    return Logistic(
        regression.intercept,
        np.array([term.mean for term in terms]),
        np.array([term.scale for term in terms]),
        np.array([term.weight for term in terms]),
    )
