"""Sentences are what is quoted: in order, trimmed, all of the text, and within its layout."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.sentences import LONGEST, sentences
from tests.strategies import prose, spans, texts

GAP = re.compile(r"\s*(?:[•·▪◦‣*–—-]|\(?\d{1,2}[.)])?\s*")
"""What may lie between sentences: white space and one bullet."""


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n", []),
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("R. v. Smith was heard. He fled.", ["R. v. Smith was heard.", "He fled."]),
        ("Under 18 U.S.C. 1956(h) he pleaded.", ["Under 18 U.S.C. 1956(h) he pleaded."]),
        ("See Case No. 12 of 2014. It was heard.", ["See Case No. 12 of 2014.", "It was heard."]),
        ("• phones\n• laptops and\n• USD 15.000", ["phones", "laptops and", "USD 15.000"]),
        (
            "Seized:\n- phones\n1. cash\n2) cars\n(3) a flat",
            ["Seized:", "phones", "cash", "cars", "a flat"],
        ),
        ("Fact Summary\n\nHe fled.", ["Fact Summary", "He fled."]),
        ("Fact Summary\nHe fled.", ["Fact Summary", "He fled."]),
        (
            "The investigators of the unit found the server in\nManila. They took it.",
            ["The investigators of the unit found the server in\nManila.", "They took it."],
        ),
        (
            "The investigators of the unit found the server in\n\nManila. They took it.",
            ["The investigators of the unit found the server in", "Manila.", "They took it."],
        ),
        ("a - b", ["a - b"]),
        ("-5 degrees", ["-5 degrees"]),
    ],
)
def test_sentences_of_a_text(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(prose | texts)
def test_sentences_are_in_order_and_trimmed_and_do_not_overlap(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


@given(prose | texts)
def test_only_white_space_and_bullets_lie_between_sentences(text: str) -> None:
    last = 0
    for start, end in [*sentences(text), (len(text), len(text))]:
        assert GAP.fullmatch(text[last:start])
        last = end


@given(prose | texts)
def test_no_sentence_crosses_a_blank_line(text: str) -> None:
    assert not [found for found in quoted(text) if re.search(r"\n[^\S\n]*\n", found)]


@given(st.data(), prose)
def test_sentences_of_a_part_are_those_of_the_part_alone(data: st.DataObject, text: str) -> None:
    part = data.draw(spans(len(text)))
    shifted = [(a - part.start, b - part.start) for a, b in sentences(text, part.start, part.end)]
    assert shifted == sentences(text[part.start : part.end])


@pytest.mark.parametrize("between", ["", " ", ", ", "; "])
def test_an_endless_sentence_is_cut_without_losing_a_word(between: str) -> None:
    text = between.join(f"word{number:04}" for number in range(1_000))
    found = quoted(text)
    assert max(map(len, found)) <= LONGEST
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text)
    if between:
        assert all(re.fullmatch(r"(?:word\d{4}[,; ]*)+", part) for part in found)
