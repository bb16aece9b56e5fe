"""How many exercises a library gives, and how long a session of twenty takes.

python benchmarks/training_sessions.py LIBRARY
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from casequote.prompts.exercises.types import ExerciseKind
from casequote.server.composition import make_assistant
from casequote.server.settings import read_settings
from casequote.server.training import Request, Training, make_training
from casequote.server.training_store import TrainingStore

SESSIONS = 20


def main() -> None:
    """Prints counts by kind and seconds; the sessions are stored in a temporary folder."""
    assistant = make_assistant(read_settings(), Path(sys.argv[1]), bundled=False)
    training = make_training(assistant)
    with tempfile.TemporaryDirectory() as folder:
        training.store = TrainingStore(Path(folder) / "training.sqlite")
        print(f"first session of 20: {seconds(training, 0):.2f} s")
        taken = [seconds(training, seed) for seed in range(1, SESSIONS + 1)]
        print(f"{SESSIONS} more: median {statistics.median(taken):.2f} s, most {max(taken):.2f} s")
        count(training)


def seconds(training: Training, seed: int) -> float:
    """Seconds to make and store a session of twenty."""
    started = time.perf_counter()
    training.create(Request(seed=seed, count=20))
    return time.perf_counter() - started


def count(training: Training) -> None:
    """Prints how many exercises there are in all."""
    settings = replace(training.settings(Request()), cases=())
    generator = training.generator()
    kinds: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for case in generator.collection.cases:
        for kind in ExerciseKind:
            made = len(generator.of_case(case, kind, settings))
            kinds[kind.value] += made
            cases[case] += made
    print(f"{len(cases)} cases, {sum(cases.values())} exercises, {dict(kinds)}")
    print(f"a case: mean {statistics.mean(cases.values()):.1f}, least {min(cases.values())}")


if __name__ == "__main__":
    main()
