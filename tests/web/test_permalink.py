from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.prompts.answer import Answer
from casequote.web.permalink import mark_of, verified
from tests.factories import article, record
from tests.web.answers import agencies, passage, refused

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "answer", [agencies(record()), passage(record(), article()), refused()], ids=str
)
def test_an_answer_that_is_the_same_is_said_to_be(answer: Answer) -> None:
    found = verified(mark_of(answer, DAY), answer)
    assert (found.state, found.made, found.changed) == ("same", DAY, ())


def test_a_document_that_has_changed_elsewhere_is_named() -> None:
    before = agencies(record())
    changed = record(title="Operation Harbour Light and more")
    found = verified(mark_of(before, DAY), agencies(changed))
    assert found.state == "documents"
    assert [document.id for document in found.changed] == ["harbour-light--record"]


def test_another_answer_is_said_to_be_another() -> None:
    before = mark_of(agencies(record()), DAY)
    assert verified(before, passage(record(), article())).state == "answer"
    assert verified(before, refused()).state == "answer"
    assert verified(before, replace(refused(), cases=("x",))).gone == 1


@given(st.text())
def test_a_mark_that_is_none_says_so(mark: str) -> None:
    assert verified(mark, agencies(record())).state == "unreadable"


def test_a_mark_with_an_impossible_day_says_so() -> None:
    mark = mark_of(agencies(record()), DAY).replace("2026-03-01", "2026-02-31")
    assert verified(mark, agencies(record())).state == "unreadable"
