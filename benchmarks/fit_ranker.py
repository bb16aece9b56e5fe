"""Fits the ranker of `casequote extract` on rows {id, source, question, text, gold, answer?}.

    python benchmarks/fit_ranker.py ROWS.jsonl.gz [--folds 10] [--ablation] [--write]

Prints cross-validated tables: texts are dealt to folds, so no text is in two; within each fold the
second model and the limits are fitted on inner cross-validation of the other folds alone. Then,
with --write, fits on all rows and writes `prompts/data/ranker.yaml`. Needs the `fit` extra.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from extracts import Tally, covered, judge_row, rows
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from casequote.corpus.document import Document, DocumentKind
from casequote.embeddings.encoder import Encoder, TokenVectors
from casequote.prompts.extraction import MOST_EXTRACTS
from casequote.prompts.ranking.features import Features, features, names
from casequote.prompts.ranking.model import (
    FROM_SENTENCES,
    OF_TEXT,
    Judged,
    Limits,
    Logistic,
    Ranker,
    chosen,
    text_features,
)
from casequote.server.composition import make_encoder
from casequote.server.settings import read_settings

WEIGHTS = Path(__file__).parents[1] / "prompts" / "data" / "ranker.yaml"
OVERLAP = 0.3
"""A sentence answers when it shares this much, of the shorter one, with a span of gold."""
C_SENTENCE, C_TEXT = 0.3, 0.1
INNER = 5
TEXT_LIMITS = tuple(round(0.05 * step, 2) for step in range(18))
SENTENCE_LIMITS = tuple(round(0.2 + 0.02 * step, 2) for step in range(16))
YIELD = 0.003
"""Word F1 that may be lost for refusing more texts."""


@dataclass(frozen=True)
class Example:
    """A row with what the models see of it."""

    row: dict[str, Any]
    found: Features
    labels: NDArray[np.float64]
    group: int
    words: tuple[frozenset[int], ...]
    """The words that each sentence covers."""
    gold: frozenset[int]


class Remembering:
    """An encoder that keeps the tokens of the texts it was given last: rows share texts."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: dict[tuple[str, ...], list[TokenVectors]] = {}
        self.identity = encoder.identity
        self.encode_query = encoder.encode_query

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> list[TokenVectors]:
        """As the encoder does, once for the same texts."""
        key = tuple(texts)
        if query:
            return self._encoder.encode_tokens(texts, query=True)
        if key not in self._kept:
            self._kept[key] = self._encoder.encode_tokens(texts)
        return self._kept[key]


def read_examples(path: Path, encoder: Encoder) -> list[Example]:
    """The rows of a file with their features and labels."""
    remembering: Any = Remembering(encoder)
    groups: dict[str, int] = {}
    found = []
    for row in rows(path):
        text = row["text"]
        document = Document(id="text", kind=DocumentKind.ARTICLE, title="", text=text)
        seen = features(document, row["question"], remembering)
        labels = [
            any(
                min(end, stop) - max(start, begin) >= OVERLAP * min(end - start, stop - begin)
                for begin, stop in row["gold"]
            )
            for start, end in seen.sentences
        ]
        found.append(
            Example(
                row,
                seen,
                np.array(labels, dtype=np.float64),
                groups.setdefault(text, len(groups)),
                tuple(frozenset(covered(text, [span])) for span in seen.sentences),
                frozenset(covered(text, [tuple(span) for span in row["gold"]])),
            )
        )
    return found


def fit_logistic(
    table: NDArray[np.float64], labels: NDArray[Any], c: float, weights: NDArray[Any] | None = None
) -> Logistic:
    """A logistic regression over standardised columns; constant ones weigh nothing."""
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(C=c, max_iter=2000)
    model.fit(scaler.transform(table), labels, sample_weight=weights)
    return Logistic(float(model.intercept_[0]), scaler.mean_, scaler.scale_, model.coef_[0])


def fit_sentences(examples: Sequence[Example]) -> Logistic:
    """The first model; the sentences of a text of n weigh 1/sqrt(n) each."""
    some = [e for e in examples if len(e.labels)]
    return fit_logistic(
        np.concatenate([e.found.table for e in some]),
        np.concatenate([e.labels for e in some]),
        C_SENTENCE,
        np.concatenate([np.full(len(e.labels), len(e.labels) ** -0.5) for e in some]),
    )


def deal(examples: Sequence[Example], count: int, seed: int = 0) -> NDArray[np.int64]:
    """The fold of each example: those of one text share theirs."""
    groups = sorted({e.group for e in examples})
    order = np.random.default_rng(seed).permutation(len(groups))
    fold = {group: int(place) % count for group, place in zip(groups, order, strict=True)}
    return np.array([fold[e.group] for e in examples])


def fit_ranker(examples: Sequence[Example], inner: int = INNER) -> Ranker:
    """Both models and the limits, from these examples alone."""
    examples = [e for e in examples if len(e.labels)]
    folds = deal(examples, inner, seed=1)
    answers = np.array([bool(e.row["gold"]) for e in examples])
    each: list[NDArray[np.float64]] = [np.zeros(0)] * len(examples)
    for fold in range(inner):
        model = fit_sentences([e for e, f in zip(examples, folds, strict=True) if f != fold])
        for i in np.flatnonzero(folds == fold):
            each[i] = model.probabilities(examples[i].found.table)
    texts = np.array([text_features(p, e.found.table) for p, e in zip(each, examples, strict=True)])
    whole = np.zeros(len(examples))
    for fold in range(inner):
        model = fit_logistic(texts[folds != fold], answers[folds != fold], C_TEXT)
        whole[folds == fold] = model.probabilities(texts[folds == fold])
    judged = [Judged(p, float(t)) for p, t in zip(each, whole, strict=True)]
    limits = best_limits(list(zip(examples, judged, strict=True)))
    return Ranker(fit_sentences(examples), fit_logistic(texts, answers, C_TEXT), limits)


def best_limits(pairs: Sequence[tuple[Example, Judged]]) -> Limits:
    """The limit of sentences with the best word F1, and the highest of texts that keeps it.

    One limit for all: what was chosen for each form of question or each source did not hold for
    texts that were not seen.
    """
    sentence = max(SENTENCE_LIMITS, key=lambda limit: word_f1(pairs, Limits(0.0, limit)))
    enough = word_f1(pairs, Limits(0.0, sentence)) - YIELD
    kept = [t for t in TEXT_LIMITS if word_f1(pairs, Limits(t, sentence)) >= enough]
    return Limits(max(kept), sentence)


def word_f1(pairs: Sequence[tuple[Example, Judged]], limits: Limits) -> float:
    """Micro F1 over words of the extracts that these limits give."""
    found = wanted = both = 0
    for example, judged in pairs:
        words = words_of(example, chosen(judged, limits, MOST_EXTRACTS))
        found += len(words)
        wanted += len(example.gold)
        both += len(words & example.gold)
    return 2 * both / max(1, found + wanted)


def words_of(example: Example, sentences: Sequence[int]) -> frozenset[int]:
    """The words that some of its sentences cover."""
    return frozenset().union(*(example.words[i] for i in sentences))


@dataclass(frozen=True)
class Outcome:
    """What was made of an example by models that have not seen its text."""

    example: Example
    judged: Judged
    limits: Limits


def cross_validate(
    examples: Sequence[Example], count: int, keep: Callable[[str], bool] | None = None
) -> list[Outcome]:
    """Every example, judged by models fitted without its text; `keep` leaves features out."""
    if keep:
        off = [i for i, name in enumerate(names()) if not keep(name)]
        examples = [_without(e, off) for e in examples]
    folds = deal(examples, count)
    found = []
    for fold in range(count):
        fitted = fit_ranker([e for e, f in zip(examples, folds, strict=True) if f != fold])
        for i in np.flatnonzero(folds == fold):
            example = examples[i]
            found.append(Outcome(example, fitted.judge(example.found), fitted.limits))
    return found


def _without(example: Example, off: Sequence[int]) -> Example:
    table = example.found.table.copy()
    states = names().index("states")
    table[:, [i for i in off if i != states]] = 0.0
    found = Features(example.found.sentences, table)
    return Example(example.row, found, example.labels, example.group, example.words, example.gold)


def print_measures(outcomes: Sequence[Outcome], title: str) -> None:
    """The table of `benchmarks/extracts.py`, by source."""
    tallies: dict[str, Tally] = {}
    for o in outcomes:
        spans = [
            tuple(o.example.found.sentences[i]) for i in chosen(o.judged, o.limits, MOST_EXTRACTS)
        ]
        for source in (o.example.row["source"], "all"):
            judge_row(tallies.setdefault(source, Tally()), o.example.row, spans)
    print(f"\n{title}")
    for source in sorted(tallies, key=lambda name: (name == "all", name)):
        print(f"{source:<14}{tallies[source].line()}")


def print_curves(outcomes: Sequence[Outcome]) -> None:
    """Refusal over limits, and the reliability of both probabilities."""
    for source in sorted({o.example.row["source"] for o in outcomes}):
        own = [o for o in outcomes if o.example.row["source"] == source]
        empty = np.array([not o.example.row["gold"] for o in own])
        score = np.array([o.judged.text for o in own])
        print(f"\nrefusal over the limit, {source} ({empty.sum()} of {len(own)} do not say)")
        if empty.any():
            above = score[~empty][:, None] > score[empty][None, :]
            print(f"area under the curve {above.mean():.3f}")
        for limit in np.arange(0.3, 0.96, 0.05):
            refused = score < limit
            right = (refused & empty).sum()
            rates = f"precision {right / max(1, refused.sum()):.3f}"
            if empty.any():
                rates += f"  recall {right / empty.sum():.3f}"
            print(f"  {limit:.2f}  refused {refused.mean():.3f}  {rates}")
    print_reliability(
        "text",
        np.array([o.judged.text for o in outcomes]),
        np.array([bool(o.example.row["gold"]) for o in outcomes]),
    )
    print_reliability(
        "sentence",
        np.concatenate([o.judged.sentences for o in outcomes]),
        np.concatenate([o.example.labels for o in outcomes]),
    )


def print_reliability(title: str, score: NDArray[Any], truth: NDArray[Any]) -> None:
    """Stated against observed probability in ten bins, and the expected calibration error."""
    bins = np.minimum((score * 10).astype(int), 9)
    error = 0.0
    print(f"\nreliability, {title}: bin, number, stated, observed")
    for place in range(10):
        inside = bins == place
        if inside.any():
            stated, observed = score[inside].mean(), truth[inside].mean()
            error += inside.mean() * abs(stated - observed)
            print(f"  {place / 10:.1f}  {inside.sum():>6}  {stated:.3f}  {observed:.3f}")
    print(f"expected calibration error {error:.3f}")


FAMILIES: dict[str, Callable[[str], bool]] = {
    "likeness and passage": lambda n: n.startswith(("likeness", "passage")),
    "late interaction": lambda n: n.startswith(("late", "soft", "weakest")),
    "words": lambda n: n.startswith(("overlap", "pairs")) or n.endswith("missing"),
    "answer type": lambda n: n.startswith(("has_", "typed")) or n in ("untyped", "no_type"),
    "neighbours": lambda n: n.endswith(("_before", "_after")),
    "within the text": lambda n: n.endswith(("_z", "_gap", "_best")),
    "position and form": lambda n: (
        n in ("length", "short", "position", "first", "sentences", "points_back", "words")
        or n.endswith("_states")
    ),
}


def write(fitted: Ranker, path: Path, options: argparse.Namespace, count: int) -> None:
    """The fitted ranker as a file to read, with the command that makes it again."""
    digest = hashlib.sha256(options.rows.read_bytes()).hexdigest()
    head = (
        "# Weights of the ranker of `casequote extract`, made by the command below. See\n"
        "# docs/ranker.md. The probability is 1 / (1 + exp(-x)), where x is the intercept and the\n"
        "# sum over the features of weight * (value - mean) / scale.\n\n"
    )
    content = {
        "command": f"python benchmarks/fit_ranker.py {options.rows.name} --write",
        "rows": count,
        "rows_sha256": digest,
        "limits": {"text": fitted.limits.text, "sentence": fitted.limits.sentence},
        "text": _plain(fitted.text, (*FROM_SENTENCES, *OF_TEXT)),
        "sentence": _plain(fitted.sentence, names()),
    }
    body = yaml.safe_dump(content, sort_keys=False, default_flow_style=None, width=120)
    path.write_text(head + body, encoding="utf-8")


def _plain(model: Logistic, columns: Sequence[str]) -> dict[str, Any]:
    terms = zip(columns, model.mean, model.scale, model.weight, strict=True)
    return {
        "intercept": round(model.intercept, 5),
        "features": {
            name: {
                "mean": round(float(mean), 5),
                "scale": round(float(scale), 5),
                "weight": round(float(weight), 5),
            }
            for name, mean, scale, weight in terms
        },
    }


def main() -> None:
    """Cross-validates, prints, and with --write fits on all rows and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    examples = read_examples(options.rows, make_encoder(read_settings()))
    outcomes = cross_validate(examples, options.folds)
    print_measures(outcomes, f"cross-validated, {options.folds} folds by text")
    print_curves(outcomes)
    sys.stdout.flush()
    if options.ablation:
        for family, belongs in FAMILIES.items():
            without = cross_validate(examples, options.folds, lambda n, f=belongs: not f(n))
            print_measures(without, f"without {family}")
    if options.write:
        fitted = fit_ranker(examples)
        write(fitted, WEIGHTS, options, len(examples))
        print(f"\nwritten: {WEIGHTS.name}; {fitted.limits}")


if __name__ == "__main__":
    main()
