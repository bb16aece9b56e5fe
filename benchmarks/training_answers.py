"""How often the comparison of trainees' answers agrees with what a trainer wrote beforehand.

python benchmarks/training_answers.py [--without-encoder] [--show]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import yaml

from casequote.prompts.exercises.matching import TextEncoder, compare
from casequote.prompts.exercises.types import Point
from casequote.server.composition import make_encoder
from casequote.server.settings import read_settings

ANSWERS = Path(__file__).parent.parent / "tests/prompts/exercises/trainee_answers.yaml"
VERDICTS = {"c": "covered", "n": "not_covered", "x": "contradicts"}


def main() -> None:
    """Prints agreement by half, over verdicts and over whole answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-encoder", action="store_true")
    parser.add_argument("--show", choices=["tuning", "held_out"], help="print the disagreements")
    options = parser.parse_args()
    encoder = None if options.without_encoder else make_encoder(read_settings())
    for half in ("tuning", "held_out"):
        report(half, encoder, show=options.show == half)


def report(half: str, encoder: TextEncoder | None, *, show: bool) -> None:
    """Measures one half of the answers."""
    agreed = verdicts = whole = answers = 0
    for asked in yaml.safe_load(ANSWERS.read_text("utf-8")):
        if asked["half"] != half:
            continue
        points = [
            Point(n, "", text, asked["style"], (), accept=parts(text))
            for n, text in enumerate(asked["points"], start=1)
        ]
        for answer in asked["answers"]:
            expected = [VERDICTS[letter] for letter in answer["expect"]]
            found = compare(answer["text"], points, encoder)
            same = [a == b for a, b in zip(expected, found, strict=True)]
            agreed, verdicts = agreed + sum(same), verdicts + len(same)
            whole, answers = whole + all(same), answers + 1
            if show and not all(same):
                print(asked["id"], repr(answer["text"]))
                for point, is_same, got, want in zip(points, same, found, expected, strict=True):
                    if not is_same:
                        print(f"    {point.text!r}: {got}, expected {want}")
    print(
        f"{half}: verdicts {agreed}/{verdicts} = {agreed / verdicts:.3f}, "
        f"whole answers {whole}/{answers} = {whole / answers:.3f}"
    )


def parts(text: str) -> tuple[str, ...]:
    """Value and publisher of a point about sources, as the exercise accepts them."""
    return tuple(text.split(" — ")) if " — " in text else ()


if __name__ == "__main__":
    main()
