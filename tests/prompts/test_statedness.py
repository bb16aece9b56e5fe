"""Sentences that say that something is not known are not taken for answers."""

import pytest

from casequote.prompts.interpreter import interpret
from casequote.prompts.statedness import says_nothing, unstated
from casequote.server.assistant import Assistant

VALUES = [
    ("not stated in the reports consulted", True),
    ("Unknown", True),
    ("sentence not given", True),
    ("5 years imprisonment", False),
    ("not guilty", False),
]


@pytest.mark.parametrize(("value", "expected"), VALUES, ids=[v for v, _ in VALUES])
def test_a_value_may_say_nothing(value: str, expected: bool) -> None:
    assert says_nothing(value) is expected


UNSTATED = [
    ("What new sentence was he given?", "17 days, vacated; new sentence not in the sources", True),
    ("What sentence was he given?", "17 days, vacated; new sentence not in the sources", False),
    ("How many were arrested in Belgium?", "43 earlier; total for Belgium not stated", True),
    ("How many were arrested in France?", "43 earlier; total for Belgium not stated", False),
    ("Which singer was blackmailed?", "A singer, not named, was blackmailed.", True),
    ("Why was the singer blackmailed?", "A singer, not named, was blackmailed.", False),
]


@pytest.mark.parametrize(
    ("question", "text", "expected"), UNSTATED, ids=[f"{q} {t}" for q, t, _ in UNSTATED]
)
def test_a_clause_says_that_just_this_is_not_known(
    assistant: Assistant, question: str, text: str, expected: bool
) -> None:
    asked = interpret(question, assistant.snapshot().catalogue)
    assert bool(unstated(text, asked)) is expected
