"""Extract selection over a file of rows {id, source, question, text, gold, answer?}.

    python benchmarks/extracts.py ROWS.jsonl.gz [--limit N]

Prints word precision, recall and F1 (micro over words; a word counts when a span covers part of
it), for xquad the share of rows whose first extract holds the answer, and where rows without an
answer exist the precision and recall of refusal. It measures the ranker as shipped: on rows that it
was fitted on, use the cross-validated figures of `benchmarks/fit_ranker.py` instead.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from casequote.corpus.document import Document, DocumentKind
from casequote.prompts.extraction import extract
from casequote.prompts.ranking.model import fitted_on
from casequote.server.composition import make_encoder
from casequote.server.settings import read_settings

WORD = re.compile(r"\S+")


@dataclass
class Tally:
    """Counts over the rows of one source."""

    rows: int = 0
    found: int = 0
    wanted: int = 0
    both: int = 0
    first: list[bool] = field(default_factory=list)
    refused: int = 0
    empty: int = 0
    rightly: int = 0
    seconds: float = 0.0

    def line(self) -> str:
        """The measures as one line."""
        precision = self.both / max(1, self.found)
        recall = self.both / max(1, self.wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        parts = [f"rows {self.rows}", f"P {precision:.3f}", f"R {recall:.3f}", f"F1 {f1:.3f}"]
        if self.first:
            parts.append(f"first holds the answer {sum(self.first) / len(self.first):.3f}")
        if self.empty:
            parts.append(f"refusal P {self.rightly / max(1, self.refused):.3f}")
            parts.append(f"R {self.rightly / self.empty:.3f}")
        if self.seconds:
            parts.append(f"{1000 * self.seconds / max(1, self.rows):.1f} ms a row")
        return "  ".join(parts)


def covered(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """Numbers of the words that a span covers at least in part."""
    return {
        number
        for number, m in enumerate(WORD.finditer(text))
        if any(start < m.end() and m.start() < end for start, end in spans)
    }


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file, plain or gzipped."""
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def judge_row(tally: Tally, row: dict[str, Any], spans: list[tuple[int, int]]) -> None:
    """Counts one row with the spans that were extracted for it, best first."""
    words = covered(row["text"], spans)
    gold = covered(row["text"], [tuple(pair) for pair in row["gold"]])
    tally.rows += 1
    tally.found += len(words)
    tally.wanted += len(gold)
    tally.both += len(words & gold)
    tally.refused += not spans
    tally.empty += not row["gold"]
    tally.rightly += not spans and not row["gold"]
    if row.get("answer"):
        answer = row["text"][slice(*row["answer"])]
        first = row["text"][slice(*spans[0])] if spans else ""
        tally.first.append(answer in first)


def main() -> None:
    """Measures every row and prints a line for each source and one for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--limit", type=int, default=0)
    options = parser.parse_args()
    encoder = make_encoder(read_settings())
    tallies: dict[str, Tally] = defaultdict(Tally)
    for number, row in enumerate(rows(options.rows)):
        if options.limit and number >= options.limit:
            break
        started = time.perf_counter()
        document = Document(id="text", kind=DocumentKind.ARTICLE, title="", text=row["text"])
        found = extract(document, row["question"], encoder)
        elapsed = time.perf_counter() - started
        spans = [(span.start, span.end) for span in found]
        for tally in (tallies[row["source"]], tallies["all"]):
            judge_row(tally, row, spans)
            tally.seconds += elapsed
    if sha256(options.rows.read_bytes()).hexdigest() == fitted_on():
        print("IN SAMPLE: the shipped ranker was fitted on these rows; these figures say nothing")
        print("of other rows. Cross-validated ones: python benchmarks/fit_ranker.py ROWS")
    for source in sorted(tallies, key=lambda name: (name == "all", name)):
        print(f"{source:<14}{tallies[source].line()}")


if __name__ == "__main__":
    main()
