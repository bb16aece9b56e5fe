"""What answers say and refuse, over a part of the bundled collection."""

import pytest

from casequote.prompts.answer import MARKER, Answer
from casequote.server.assistant import Assistant
from casequote.server.wire import answer_out

ANSWERED = [
    (
        "Which agencies took part in Operation Strikeback?",
        ["Police Scotland", "Homeland Security Investigations", "Singapore Police Force"],
    ),
    ("strikeback agencies?", ["Police Scotland"]),
    ("Which agencies took part in Operation Strikbeack?", ["Police Scotland"]),
    ("Which countries were involved in Operation Strikeback II?", ["Hong Kong, China"]),
    ("What offences is R v Falder filed under?", ["Computer-related extortion"]),
    ("Which courts dealt with Cho Ju-bin?", ["Seoul Central District Court", "Seoul High Court"]),
    ("How many people were arrested in Operation Strikeback?", ["58"]),
    ("What sentence did Samson Ogoshi get?", ["17 years 6 months imprisonment"]),
    ("how long was luis mijangos jailed?", ["6 years imprisonment"]),
    ("What forms of international cooperation were used in Operation Strikeback?", ["Joint"]),
    ("What was seized in Operation Strikeback?", ["250 items of electronic evidence"]),
    ("On which platforms did Welcome to Video run?", ["Bitcoin"]),
    ("Which American agencies took part in Operation Strikeback?", ["Homeland Security"]),
    ("When did the PNP raid the Bulacan group in Strikeback II?", ["2014-08"]),
]


@pytest.mark.parametrize(("question", "expected"), ANSWERED, ids=[q for q, _ in ANSWERED])
def test_a_question_is_answered_with_values_from_the_records(
    assistant: Assistant, question: str, expected: list[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.refusal is None
    values = " | ".join(value.text for value in answer.all_values())
    for value in expected:
        assert value in values


REFUSED = [
    ("How many people were arrested in Operation Waterfall?", "not_in_corpus", "Waterfall"),
    ("How many suspects did police arrest in Operation Strikeback III?", "not_in_corpus", "III"),
    ("What sentence did Wolfgang Zugspitzer get?", "not_in_corpus", "Zugspitzer"),
    ("What sentence did Sergey Medvedev receive?", "not_in_corpus", "not stated"),
    ("Which court sentenced the defendants in Operation Strikeback?", "not_in_corpus", "no courts"),
    ("What will the weather be in Manila tomorrow?", "out_of_scope", "general questions"),
    ("Can you recommend a good lawyer?", "out_of_scope", "does not advise"),
    ("?!… --- ???", "unclear", "no word"),
]


@pytest.mark.parametrize(("question", "reason", "said"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_refusal_says_why(assistant: Assistant, question: str, reason: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.refusal is not None
    assert answer.refusal.reason == reason
    assert said in answer.refusal.message
    assert answer.values == ()


def test_an_unknown_operation_is_refused_with_near_names(assistant: Assistant) -> None:
    answer = assistant.ask("Who took part in Operation Strikeback III?")
    assert answer.refusal is not None
    assert "Operation Strikeback II (Philippines, August 2014)" in answer.refusal.message


def test_a_body_that_is_not_listed_is_answered_from_the_list(assistant: Assistant) -> None:
    answer = assistant.ask("Was Europol involved in Operation Strikeback?")
    assert answer.text.startswith("Europol is not named among the agencies")
    assert any(value.text == "Police Scotland" for value in answer.values)


def test_a_body_that_is_listed_is_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("Did Police Scotland take part in Operation Strikeback?")
    assert answer.text.startswith("Yes")
    assert [value.text for value in answer.values] == ["Police Scotland"]


def test_figures_that_differ_are_shown_as_a_conflict(assistant: Assistant) -> None:
    answer = assistant.ask("How many users did AlphaBay have?")
    (conflict,) = answer.conflicts
    stated = [value.text for value in conflict.values]
    assert any("200,000" in text for text in stated)
    assert any("400,000" in text for text in stated)


def test_similar_cases_are_answered_with_the_words_that_both_share(assistant: Assistant) -> None:
    answer = assistant.ask("Which cases are similar to Operation Strikeback?")
    titles = [value.text for value in answer.values]
    assert titles[0] == "Operation Strikeback II (Philippines, August 2014)"
    assert "Operation Strikeback (Philippines, 2014)" not in titles
    for value in answer.values:
        assert len(value.citations) > 1
    assert answer.interpretation.kind.id == "similar"


def test_questions_over_many_cases_are_exact(assistant: Assistant) -> None:
    answer = assistant.ask("Which cases involved Police Scotland?")
    assert [value.text for value in answer.values] == ["Operation Strikeback (Philippines, 2014)"]
    assert answer.text.startswith("1 of 20 cases")


def test_a_follow_up_keeps_the_case(assistant: Assistant) -> None:
    answer = assistant.converse(
        ["Which agencies took part in Operation Strikeback?", "And which countries?"]
    )
    assert answer.interpretation.cases == ("operation-strikeback-2014",)
    assert "Philippines" in [value.text for value in answer.values]


def test_a_question_with_its_own_case_drops_the_one_before(assistant: Assistant) -> None:
    answer = assistant.converse(
        ["Which agencies took part in Operation Strikeback?", "How long was Luis Mijangos jailed?"]
    )
    assert answer.interpretation.cases == ("us-v-mijangos",)


QUESTIONS = [
    *(question for question, _ in ANSWERED),
    *(question for question, _, _ in REFUSED),
    "Why does the commentary say that discrepancies matter in Operation Strikeback?",
    "What did the judge say about the Ogoshi brothers?",
    "Who paid the operational costs of Operation Strikeback?",
    "Where were the raids of Operation Strikeback?",
    "Which cases involve the Philippines?",
    "How many cases involve Nigeria?",
    "What is sextortion?",
    "ماذا حدث؟",
    "谁被逮捕了?",
    "🙂" * 20,
    "\u202eevil\u202c agencies of strikeback?",
    "a" * 10_000,
    "agencies " * 1_200,
]


@pytest.mark.parametrize("question", QUESTIONS, ids=[q[:50] for q in QUESTIONS])
def test_every_extract_is_exact_and_every_value_is_supported(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    _assert_sound(answer)


def _assert_sound(answer: Answer) -> None:
    extracts = {e.number: e for e in answer.extracts}
    nearest = answer.refusal.nearest if answer.refusal else ()
    for extract in (*extracts.values(), *nearest):
        assert extract.document.text[extract.start : extract.end] == extract.text
    for value in answer.all_values():
        assert any(value.text in extracts[number].text for number in value.citations)
    if answer.refusal is None:
        marked = {int(number) for number in MARKER.findall(answer.text)}
        cited = {n for value in answer.all_values() for n in value.citations}
        assert marked | cited == set(extracts)


@pytest.mark.parametrize("question", QUESTIONS[:12])
def test_the_same_question_gives_the_same_json(assistant: Assistant, question: str) -> None:
    first, second = (
        answer_out(
            assistant.ask(question), answer_id="", conversation_id="", elapsed_ms=0
        ).model_dump_json()
        for _ in range(2)
    )
    assert first == second
