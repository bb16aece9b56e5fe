"""Each line of JSON Lines is an article; a bad one is a problem and the rest is read."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import STATED, DocumentKind
from casequote.corpus.errors import InvalidDocument
from casequote.corpus.readers import Reading, read_bytes
from casequote.corpus.readers.jsonl import read_jsonl

GOOD = {"id": "a", "text": "Three men were arrested in the harbour. They"}


def read(*lines: object, name: str = "articles.jsonl") -> Reading:
    written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    return read_bytes("\n".join(written).encode(), name)


def test_a_line_says_what_the_article_is() -> None:
    line = {
        "id": "orange_ca/press_28-x",
        "text": "One\r\ntwo.",
        "title": " A  title ",
        "date": "2014-05",
        "url": "https://example.org",
        "publisher": "The Daily",
        "case": "harbour-light",
        "official": True,
    }
    [document] = read(line).documents
    assert (document.id, document.kind) == ("orange_ca/press_28-x", DocumentKind.ARTICLE)
    assert (document.text, document.title, document.date) == ("One\ntwo.", "A title", "2014-05")
    assert (document.url, document.publisher) == ("https://example.org", "The Daily")
    assert (document.case, document.link, document.official) == ("harbour-light", STATED, True)


def test_only_id_and_text_are_needed() -> None:
    [document] = read(GOOD).documents
    assert document.title == "Three men were arrested in the harbour"
    assert (document.case, document.link, document.date, document.official) == (
        *(None, None, None),
        False,
    )


@pytest.mark.parametrize("nothing", [None, ""])
def test_empty_values_are_as_if_left_out(nothing: str | None) -> None:
    line = GOOD | dict.fromkeys(("title", "date", "url", "publisher", "case"), nothing)
    assert read(line) == read(GOOD)


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2014-05-02T10:00:00Z", "2014-05-02"), ("2014-05-02 10:00", "2014-05-02"), ("2014", "2014")],
)
def test_time_stamps_are_read_as_days(date: str, expected: str) -> None:
    assert read(GOOD | {"date": date}).documents[0].date == expected


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ('{"id": "b", "text": "x"', "this is not JSON (Expecting ',' delimiter, column 24); write"),
        ("not json", "this is not JSON (Expecting value, column 1); write one object on one line"),
        ("[1]", 'this is no JSON object; write {"id": "…", "text": "…"}'),
        ("[" * 5000, "this is no JSON that can be read; write one plain object"),
        ("1" * 5000, "this is no JSON that can be read; write one plain object"),
        ({"text": "x"}, "`id` is missing; add it"),
        ({"id": "b"}, "`text` is missing; add it"),
        (
            {"id": "b", "txt": "x"},
            "`text` is missing; add it; unknown key `txt`; did you mean `text`",
        ),
        ({"id": "b", "text": "  \n"}, "`text` is empty; write the text of the article"),
        ({"id": "b", "text": ""}, "`text` is empty; write the text of the article"),
        ({"id": "b", "text": None}, "`text` is empty; write a text"),
        ({"id": "b", "text": ["x"]}, "`text` is a list; write a text"),
        ({"id": 7, "text": "x"}, "`id` is a number; write a text"),
        ({"id": "../b", "text": "x"}, "`id` is '../b'; write an id of letters, digits, dots and"),
        ({"id": "b c", "text": "x"}, "`id` is 'b c'; write an id"),
        ({"id": "b" * 201, "text": "x"}, "write an id"),
        ({"id": "b", "text": "x", "case": "A Case"}, "`case` is 'A Case'; write an id"),
        (
            {"id": "b", "text": "x", "date": "2 May 2014"},
            "`date` is '2 May 2014'; write YYYY, YYYY",
        ),
        ({"id": "b", "text": "x", "official": "yes"}, "`official` is 'yes'; write true or false"),
        (GOOD, "the id 'a' stands above; give each its own"),
    ],
)
def test_a_bad_line_in_the_middle_is_a_problem_and_the_others_are_read(
    bad: object, said: str
) -> None:
    reading = read(GOOD, "", bad, GOOD | {"id": "c"})
    assert [document.id for document in reading.documents] == ["a", "c"]
    [problem] = reading.problems
    assert problem.place == "articles.jsonl, line 3"
    assert said in problem.message


def test_unknown_keys_are_a_problem_once_and_the_articles_are_kept() -> None:
    lines = [GOOD | {"id": f"a{n}", "publishr": "x"} for n in range(4)]
    reading = read(*lines, GOOD | {"source": "y"})
    assert len(reading.documents) == 5
    assert [str(problem) for problem in reading.problems] == [
        (
            "articles.jsonl, line 1: unknown key `publishr` here and on 3 other lines, which was "
            "left out; did you mean `publisher`?"
        ),
        (
            "articles.jsonl, line 5: unknown key `source`, which was left out; leave it out, or "
            "write one of case, date, id, official, publisher, text, title, url"
        ),
    ]


def test_control_characters_and_half_characters_do_not_reach_the_text() -> None:
    [document] = read('{"id": "a", "text": "One\\u0000\\u0007 two\\ud800."}').documents
    assert document.text == "One two\ufffd."


def test_a_file_of_blank_lines_is_refused() -> None:
    with pytest.raises(InvalidDocument, match=r"^x\.jsonl: there is no line in it; write one"):
        read_jsonl("\n \n", "x.jsonl")


def test_thousands_of_lines_are_read_in_seconds() -> None:
    text = "Officers searched the harbour and found ledgers. " * 70
    lines = [GOOD | {"id": f"a/{n}", "text": text, "title": f"Report {n}"} for n in range(3_500)]
    began = time.perf_counter()
    assert len(read(*lines).documents) == 3_500
    assert time.perf_counter() - began < 5


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_any_texts_come_back(texts: list[str]) -> None:
    lines = [{"id": f"a{n}", "text": text} for n, text in enumerate(texts)]
    reading = read(*lines)
    assert len(reading.documents) + len(reading.problems) == len(texts)
    for document in reading.documents:
        written = texts[int(document.id[1:])]
        assert [c for c in document.text if c.isprintable()] == [
            c for c in written.removeprefix("\ufeff").replace("\ud800", "\ufffd") if c.isprintable()
        ]
