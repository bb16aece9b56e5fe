from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import Span
from casequote.web.links import (
    MOST_CARRIED,
    MOST_EARLIER,
    carried,
    case_path,
    document_path,
    question_path,
    web_address,
)

ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
questions = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(ids)
def test_the_id_comes_back_from_the_path(identifier: str) -> None:
    path = urlsplit(document_path(identifier)).path
    assert unquote(path) == f"/documents/{identifier}"


@pytest.mark.parametrize(
    ("identifier", "path"),
    [
        ("harbour-light--record", "/documents/harbour-light--record"),
        ("reports/2014/one", "/documents/reports/2014/one"),
        ("a b?c#d%", "/documents/a%20b%3Fc%23d%25"),
        ("reports/../secret", "/documents/reports%2F..%2Fsecret"),
        ("/absolute", "/documents/%2Fabsolute"),
    ],
)
def test_no_browser_reads_an_id_as_another_path(identifier: str, path: str) -> None:
    assert document_path(identifier) == path


def test_an_extract_is_in_the_address() -> None:
    assert document_path("one", Span(3, 9)) == "/documents/one?start=3&end=9#extract"
    assert case_path("one two") == "/cases/one%20two"


@given(questions, st.lists(questions, max_size=4))
def test_the_conversation_comes_back_from_the_address(question: str, earlier: list[str]) -> None:
    query = urlsplit(question_path(question, earlier)).query
    pairs = parse_qsl(query, keep_blank_values=True)
    assert pairs == [("q", question), *(("after", text) for text in earlier)]


@given(st.lists(questions, max_size=20))
def test_the_latest_questions_are_carried(asked: list[str]) -> None:
    assert list(carried(asked)) == asked[-MOST_EARLIER:]


def test_no_more_is_carried_than_an_address_may_have() -> None:
    kept = carried(["old", *["警" * 1_000] * 5])
    assert kept == ("警" * 1_000,)
    assert len(question_path("q", kept)) < MOST_CARRIED + 100


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://example.org", True),
        (None, False),
        ("", False),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("//example.org", False),
        ("http:///example.org", False),
        ("ftp://example.org", False),
        ("example.org", False),
    ],
)
def test_only_web_pages_are_linked(url: str | None, linked: bool) -> None:
    assert web_address(url) == (url if linked else None)
