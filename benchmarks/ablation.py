"""Answers with one signal off at a time: what each is worth.

    python benchmarks/ablation.py QUESTIONS.jsonl... [--library DIR]

Prints, for every file of questions and every signal, the questions answered right and the precision
and recall of refusals. Nothing is fitted here.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from casequote.prompts import decision, requirements, selection
from casequote.server import assistant as assistant_module
from casequote.server.assistant import Assistant
from casequote.server.composition import make_assistant
from casequote.server.evaluation import Question, evaluate, read_questions
from casequote.server.settings import Settings

Patches = Sequence[tuple[object, str, object]]


def _without_weight(name: str) -> Patches:
    weights = {**selection.weights(), name: 0.0}
    return [(selection, "weights", lambda: weights)]


def _without_threshold() -> Patches:
    limits = dict.fromkeys(decision.thresholds(), 0.0)
    return [(decision, "thresholds", lambda: limits)]


def _admit_all(*_: object) -> bool:
    return True


SIGNALS: dict[str, Callable[[], Patches]] = {
    "everything on": list,
    **{f"no {name}": (lambda name=name: _without_weight(name)) for name in selection.weights()},
    "no similar words": lambda: [(selection, "similar", lambda _: frozenset())],
    "no requirements on evidence": lambda: [
        (requirements.Requirements, "admits", _admit_all),
    ],
    "no list of members": lambda: [
        (assistant_module, "answer_membership", lambda *_: None),
    ],
    "no conflicts": lambda: [(decision, "disagreements", lambda *_: ())],
    "no clauses that say nothing": lambda: [(decision, "unstated", lambda *_: None)],
    "no thresholds of refusal": _without_threshold,
    "no check of the noun and the case": lambda: [(decision, "_is_beside", lambda *_: False)],
}


@contextmanager
def _off(patches: Patches) -> Iterator[None]:
    with ExitStack() as stack:
        for target, name, value in patches:
            stack.enter_context(patch.object(target, name, value))
        yield


def main() -> None:
    """Reads the arguments and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--library", type=Path, default=None)
    given = parser.parse_args()
    settings = Settings()
    folder = given.library or settings.library
    assistant = make_assistant(settings, folder, bundled=given.library is None)
    for file in given.questions:
        asked = read_questions(file)
        print(f"\n{file.name}: {len(asked)} questions")
        print(f"{'signal off':<36}{'right':>7}{'share':>8}{'refusal P':>11}{'R':>7}")
        for signal, patches in SIGNALS.items():
            with _off(patches()):
                print(_row(signal, assistant, asked), flush=True)


def _row(signal: str, assistant: Assistant, asked: Sequence[Question]) -> str:
    report = evaluate(assistant, asked).report()
    total, refusal = report["all"], report["refusal"]
    assert isinstance(total, dict)  # noqa: S101
    assert isinstance(refusal, dict)  # noqa: S101
    return (
        f"{signal:<36}{total['right']:>7}{total['share']:>8.3f}"
        f"{refusal['precision']:>11.3f}{refusal['recall']:>7.3f}"
    )


if __name__ == "__main__":
    main()
