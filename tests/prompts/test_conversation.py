"""What a follow-up carries on from the question before it."""

import pytest

from casequote.corpus.errors import InvalidRequest
from casequote.server.assistant import Assistant

STRIKEBACK = "operation-strikeback-2014"
AGENCIES = "Which agencies took part in Operation Strikeback?"

CONVERSATIONS = [
    ([AGENCIES, "and in Singapore?"], "agencies", (STRIKEBACK,), ["Singapore Police Force"]),
    ([AGENCIES, "what about Strikeback II?"], "agencies", ("operation-strikeback-ii-2014",), None),
    ([AGENCIES, "and the countries?"], "countries", (STRIKEBACK,), None),
    ([AGENCIES, "What was seized?"], "seizures", (STRIKEBACK,), None),
    (
        ["What sentence did Samson Ogoshi get?", "How long was Luis Mijangos jailed?"],
        "sentence",
        ("us-v-mijangos",),
        ["6 years imprisonment"],
    ),
    (
        ["Who were the defendants in the Ogoshi case?", "What sentence did the second one get?"],
        "sentence",
        ("us-v-ogoshi",),
        ["17 years 6 months imprisonment"],
    ),
]


@pytest.mark.parametrize(
    ("questions", "kind", "cases", "values"), CONVERSATIONS, ids=[c[0][-1] for c in CONVERSATIONS]
)
def test_a_follow_up_carries_case_and_kind(
    assistant: Assistant,
    questions: list[str],
    kind: str,
    cases: tuple[str, ...],
    values: list[str] | None,
) -> None:
    answer = assistant.converse(questions)
    assert answer.interpretation.kind.id == kind
    assert answer.interpretation.cases == cases
    if values is not None:
        assert [value.text for value in answer.values] == values


def test_a_question_over_many_cases_carries_its_filters(assistant: Assistant) -> None:
    answer = assistant.converse(["Which sextortion cases involve the Philippines?", "and Nigeria?"])
    assert answer.interpretation.across
    filters = answer.interpretation.filters
    assert (filters.country, filters.crime_type) == ("Nigeria", "Computer-related extortion")


def test_the_second_case_of_a_list_is_gone_on_with(assistant: Assistant) -> None:
    listed = assistant.ask("Which cases involve the Philippines?")
    answer = assistant.converse(
        ["Which cases involve the Philippines?", "Which agencies took part in the second one?"]
    )
    assert answer.interpretation.cases == listed.cases[1:2]


def test_what_is_out_of_scope_stays_so_within_a_conversation(assistant: Assistant) -> None:
    answer = assistant.converse([AGENCIES, "What will the weather be in Manila?"])
    assert answer.refusal is not None
    assert answer.refusal.reason == "out_of_scope"


def test_a_kind_that_is_given_overrules_the_words(assistant: Assistant) -> None:
    answer = assistant.ask("Operation Strikeback", kind="countries")
    assert "Philippines" in [value.text for value in answer.values]


def test_a_kind_that_does_not_exist_is_said(assistant: Assistant) -> None:
    with pytest.raises(InvalidRequest, match="no kind 'colour'; use one of"):
        assistant.ask("Operation Strikeback", kind="colour")
