"""Trainees' answers against expected points; agreement with verdicts written beforehand."""

from pathlib import Path

import pytest
import yaml

from casequote.prompts.exercises.matching import compare
from casequote.prompts.exercises.types import Point, PointStyle

ANSWERS = yaml.safe_load((Path(__file__).parent / "trainee_answers.yaml").read_text("utf-8"))
VERDICTS = {"c": "covered", "n": "not_covered", "x": "contradicts"}


def points(style: PointStyle, *texts: str) -> list[Point]:
    return [
        Point(n, "", t, style, (), accept=tuple(t.split(" — ")) if " — " in t else ())
        for n, t in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_words_alone_agree_with_the_trainer(half: str) -> None:
    agreed = total = 0
    for asked in (a for a in ANSWERS if a["half"] == half):
        for answer in asked["answers"]:
            found = compare(answer["text"], points(asked["style"], *asked["points"]))
            expected = [VERDICTS[letter] for letter in answer["expect"]]
            agreed += sum(a == b for a, b in zip(found, expected, strict=True))
            total += len(expected)
    assert agreed / total >= 0.85


def test_there_are_enough_answers_of_each_sort() -> None:
    assert sum(len(asked["answers"]) for asked in ANSWERS) >= 60
    letters = "".join(answer["expect"] for asked in ANSWERS for answer in asked["answers"])
    assert min(letters.count(letter) for letter in "cnx") >= 10


@pytest.mark.parametrize(
    ("point", "answer", "verdict"),
    [
        ("Federal Bureau of Investigation", "the FBI", "covered"),
        ("Federal Bureau of Investigation", "The FBI was not involved.", "contradicts"),
        ("Federal Bureau of Investigation", "Europol", "not_covered"),
        ("Republic of Korea", "South Korean police", "covered"),
        ("Illegal access", "hacking", "covered"),
        ("Police Scotland", "", "not_covered"),
        ("committed by a lone offender", "He acted alone.", "covered"),
        ("committed by a lone offender", "It was an organised criminal group.", "contradicts"),
    ],
)
def test_names_are_compared_through_the_vocabulary(point: str, answer: str, verdict: str) -> None:
    assert compare(answer, points("name", point)) == (verdict,)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("They seized 15,000 devices.", "covered"),
        ("15.000 devices were seized", "covered"),
        ("Some 300 devices were seized.", "contradicts"),
        ("No devices were seized.", "contradicts"),
        ("Bank accounts were frozen.", "not_covered"),
    ],
)
def test_figures_and_negation_decide(answer: str, verdict: str) -> None:
    assert compare(answer, points("text", "15,000 devices seized")) == (verdict,)


def test_a_point_covered_in_one_clause_is_covered_though_another_clause_negates() -> None:
    answer = "INTERPOL took part, but Europol did not."
    assert compare(answer, points("name", "INTERPOL", "Europol")) == ("covered", "contradicts")
