"""Plain text becomes an article: text untouched, title and date told from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import DocumentKind
from casequote.corpus.readers.article_text import (
    LONGEST_TITLE,
    article,
    date_in,
    shortened,
    title_in,
)
from tests.corpus.readers.samples import SENTENCES, read_one


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Raids in four cities\n\nPolice arrested.", "Raids in four cities"),
        ("\n\n  Raids in  four cities \n \nPolice arrested.", "Raids in four cities"),
        ("Police arrested four men in the city. They were", "Police arrested four men in the city"),
        ("Mr. Smith was sentenced today. He", "Mr. Smith was sentenced today"),
        ('"This is the end of it," he said. "It', '"This is the end of it," he said'),
        ("Only a line", "Only a line"),
        ("Only a line\nand another", "Only a line"),
        ("x" * 300, "x" * (LONGEST_TITLE - 1) + "…"),
        ("word " * 60, ("word " * 20).strip() + "…"),
        ("longer " * 50 + "\n\nText", ("longer " * 14).strip() + "…"),
    ],
)
def test_the_title_is_a_short_first_line_or_the_first_sentence(text: str, title: str) -> None:
    assert title_in(text) == title


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2 May 2014", "2014-05-02"),
        ("May 2, 2014", "2014-05-02"),
        ("Friday, May 2nd, 2014", "2014-05-02"),
        ("Published: 2 May 2014, 10:32 GMT", "2014-05-02"),
        ("Date: December 13, 2022", "2022-12-13"),
        ("2014-05-02", "2014-05-02"),
        ("2014-05-02T10:00:00Z", "2014-05-02"),
        ("2 Sept. 2014", "2014-09-02"),
        ("the 2nd of May 2014", None),
        ("31 February 2014", None),
        ("2014-13-01", None),
        ("02/05/2014", None),
        ("2 Maybe 2014", None),
        ("on 2 May 2014 police raided", None),
        ("BBC, 2 May 2014", None),
        ("2014", None),
    ],
)
def test_a_date_counts_when_it_is_all_a_line_says(line: str, expected: str | None) -> None:
    assert date_in(f"A title\n\n{line}\n\nText") == expected


def test_a_date_far_down_is_not_the_date_of_the_article() -> None:
    assert date_in("Line\n" * 20 + "2 May 2014\n") is None


def test_the_article_keeps_its_text_and_has_no_sections() -> None:
    text = f"  Raids\n\n2 May 2014\n\n{SENTENCES}  \n\n"
    document = read_one(text, "raids.txt")
    assert document.text == text
    assert (document.kind, document.title, document.date) == (
        DocumentKind.ARTICLE,
        "Raids",
        "2014-05-02",
    )
    assert (document.case, document.link, document.sections) == (None, None, ())


def test_what_is_given_goes_before_what_is_found() -> None:
    document = article("2 May 2014\n\nText", "x", title="Given", stated_date="2020-01-01")
    assert (document.title, document.date) == ("Given", "2020-01-01")


@given(st.text())
def test_a_title_is_short_and_one_line(text: str) -> None:
    title = shortened(text)
    assert len(title) <= LONGEST_TITLE
    assert "\n" not in title_in(text)
