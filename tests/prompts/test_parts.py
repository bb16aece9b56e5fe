"""A question of several parts is taken apart, and its answers are put together."""

import pytest

from casequote.prompts.answer import MARKER
from casequote.prompts.parts import parts
from casequote.server.assistant import Assistant

PARTS = [
    ("Who was arrested in Strikeback, when and where?",
     ["Who was arrested in Strikeback?", "When was arrested in Strikeback?",
      "Where was arrested in Strikeback?"]),
    ("When and where was he held?", ["When was he held?", "Where was he held?"]),
    ("Who was arrested and how much money was seized?",
     ["Who was arrested?", "How much money was seized?"]),
    ("How did he react to the arrest, and why is it debated?",
     ["How did he react to the arrest?", "Why is it debated?"]),
    ("Who investigated? What did they find?", ["Who investigated?", "What did they find?"]),
]  # fmt: skip

WHOLE = [
    "Which agencies and countries took part?",
    "What happened when police came?",
    "Do you know when and where it was?",
    "Who knows where he went?",
    "By how much, and why?",
    "?",
    "",
    "when",
    "81 what? What exactly was taken down?",
]


@pytest.mark.parametrize(("question", "expected"), PARTS, ids=[q for q, _ in PARTS])
def test_a_question_has_its_parts(question: str, expected: list[str]) -> None:
    assert [part.question for part in parts(question)] == expected


@pytest.mark.parametrize("question", WHOLE)
def test_other_questions_stay_whole(question: str) -> None:
    assert [part.question for part in parts(question)] == [question]


def test_the_parts_of_an_answer_share_one_numbering(assistant: Assistant) -> None:
    answer = assistant.ask("Which agencies took part in Operation Strikeback, and when?")
    assert answer.refusal is None
    assert "When?" in answer.text
    assert answer.interpretation.question.endswith("Strikeback, and when?")
    numbers = [extract.number for extract in answer.extracts]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(n) for n in MARKER.findall(answer.text)} <= set(numbers)
    assert "Police Scotland" in [value.text for value in answer.values]


def test_a_part_that_is_refused_is_said_beside_the_other(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Which agencies took part in Operation Strikeback and which court sentenced defendants?"
    )
    assert answer.refusal is None
    assert "Police Scotland" in answer.text
    assert "no courts" in answer.text


def test_a_question_all_of_whose_parts_are_refused_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("Who took part in Operation Waterfall, when and where?")
    assert answer.refusal is not None
    assert "Waterfall" in answer.refusal.message
