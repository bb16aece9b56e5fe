"""Comparisons over many cases: what a question compares, and how large an item is."""

import math

import pytest

from casequote.prompts.measures import Comparison, find_comparison
from casequote.server.assistant import Assistant

COMPARED = [
    ("Largest seizure of electronic devices?", "seizures", "most", None, 0),
    ("Cases with sentences above 15 years", "prison_terms", None, "above", 180),
    ("cases with prison terms of 10 years or more", "prison_terms", None, "at_least", 120),
    ("Who was jailed for less than 18 months?", "prison_terms", None, "below", 18),
    ("Which cases had more than 1,000 arrests?", "arrests", None, "above", 1000),
    ("How many cases had at least 100 victims?", "victims", None, "at_least", 100),
    ("What is the longest prison sentence?", "prison_terms", "most", None, 0),
    ("shortest sentence", "prison_terms", "least", None, 0),
    ("In which cases was a ransom over USD 1 million demanded?", "sums", None, "above", 1e6),
    ("Which operation involved the most countries?", "countries", "most", None, 0),
    ("earliest sextortion case", "dates", "least", None, 0),
    ("most recent case from Korea", "dates", "most", None, 0),
]


@pytest.mark.parametrize(
    ("question", "measure", "order", "bound", "limit"), COMPARED, ids=[c[0] for c in COMPARED]
)
def test_a_comparison_is_read(
    question: str, measure: str, order: str | None, bound: str | None, limit: float
) -> None:
    found = find_comparison(question)
    assert found is not None
    assert (found.measure, found.order, found.bound, found.limit) == (measure, order, bound, limit)


@pytest.mark.parametrize(
    "question",
    [
        "Which agencies took part?",
        "Who was the first arrested?",
        "How many arrests were there?",
        "",
    ],
)
def test_other_questions_compare_nothing(question: str) -> None:
    assert find_comparison(question) is None


SIZES = [
    ("Cases with sentences above 15 years", "13 years imprisonment, converted to 6 years", 156),
    ("Cases with sentences above 15 years", "18 months and three years probation", 18),
    ("Cases with sentences above 15 years", "17 years 6 months imprisonment", 210),
    ("Cases with sentences above 15 years", "life imprisonment", math.inf),
    ("Cases with sentences above 15 years", "not stated", None),
    ("Largest seizure of electronic devices?", "250 items of electronic evidence", 250),
    ("Largest seizure of electronic devices?", "2,000 items of material", None),
    ("Largest seizure of electronic devices?", "360,000 files and more than 300 devices", 300),
    ("highest ransom", "Demanded in total: more than USD 700 million", 7e8),
    ("highest ransom", "Restitution: over USD 14 million", None),
    ("highest ransom", "Demanded: EUR 5,000", None),
    ("Which cases had more than 1,000 arrests?", "Count: 6,558", 6558),
    ("earliest case", "2005-2015", 2005),
    ("latest case", "2005-2015", 2015),
]


@pytest.mark.parametrize(
    ("question", "item", "size"), SIZES, ids=[f"{q}: {i}" for q, i, _ in SIZES]
)
def test_an_item_has_a_size(question: str, item: str, size: float | None) -> None:
    comparison = find_comparison(question)
    assert isinstance(comparison, Comparison)
    assert comparison.size(item) == size


def test_the_longest_terms_are_in_order_with_the_cases_that_state_none(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("What are the longest prison sentences?")
    assert answer.text.startswith("By prison terms, among")
    assert "cases state no prison terms" in answer.text
    assert "R v Matthew Alexander Falder" in [value.text for value in answer.values]


def test_a_bound_keeps_only_the_cases_beyond_it(assistant: Assistant) -> None:
    answer = assistant.ask("Which cases have sentences above 30 years?")
    for extract in answer.extracts[1::2]:
        assert "years" in extract.text or "life" in extract.text
    assert "United States v. Luis Mijangos" not in [value.text for value in answer.values]


def test_no_case_beyond_the_bound_is_refused_with_what_is_missing(assistant: Assistant) -> None:
    answer = assistant.ask("Which cases have sentences above 900 years?")
    assert answer.refusal is not None
    assert "No case in the collection meets" in answer.refusal.message
    assert "state no prison terms" in answer.refusal.message
