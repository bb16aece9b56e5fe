"""Passages hold whole sentences and items of one section, each of them once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import Document, FieldName, Span
from casequote.corpus.passages import passages
from casequote.corpus.sentences import sentences, units
from tests.factories import article, record
from tests.strategies import documents, prose

LIMITS = st.integers(1, 40)


def words(document: Document, start: int, end: int) -> int:
    return len(document.text[start:end].split())


@given(prose, LIMITS)
def test_every_sentence_is_in_exactly_one_passage(text: str, most: int) -> None:
    held = [unit for passage in passages(article(text), most) for unit in passage.sentences]
    assert held == sentences(text)


@given(prose, LIMITS)
def test_passages_keep_to_the_limit_unless_one_sentence_is_longer(text: str, most: int) -> None:
    document = article(text)
    for passage in passages(document, most):
        count = sum(words(document, *unit) for unit in passage.sentences)
        assert count <= most or len(passage.sentences) == 1


@given(prose, LIMITS)
def test_passages_are_filled_before_the_next_begins(text: str, most: int) -> None:
    document = article(text)
    whole = [unit for unit in units(text) if sum(words(document, *s) for s in unit) <= most]
    for one, following in pairwise(passages(document, most)):
        count = sum(words(document, *sentence) for sentence in one.sentences)
        first = following.sentences[0]
        together = next((unit for unit in whole if unit[0] == first), [first])
        assert count + sum(words(document, *sentence) for sentence in together) > most


@given(prose, LIMITS)
def test_list_items_that_fit_are_never_cut(text: str, most: int) -> None:
    document = article(text)
    found = passages(document, most)
    for unit in units(text):
        if sum(words(document, *sentence) for sentence in unit) <= most:
            assert any(set(unit) <= set(passage.sentences) for passage in found)


@given(documents(), LIMITS)
def test_passages_of_any_document_are_sound(document: Document, most: int) -> None:
    held: list[Span] = []
    for passage in passages(document, most):
        assert (passage.start, passage.end) == (
            passage.sentences[0].start,
            passage.sentences[-1].end,
        )
        held += passage.sentences
    assert len(set(held)) == len(held)
    assert all(0 <= start < end <= len(document.text) for start, end in held)
    assert all(one.end <= other.start for one, other in pairwise(held))


@pytest.mark.parametrize("most", [8, 9, 130])
def test_list_items_of_a_record_are_never_cut(most: int) -> None:
    document = record(
        confiscation=["250 phones; 3 cars. One flat", "cash of USD 15.000. Also 2 boats"],
        courts=["Court of Appeal (Crim. Div.)", "No. 5 Chamber"],
    )
    found = passages(document, most)
    for item in (*document.items(FieldName.CONFISCATION), *document.items(FieldName.COURTS)):
        holding = [p for p in found if p.start < item.end and item.start < p.end]
        assert len(holding) == 1
        assert holding[0].start <= item.start
        assert item.end <= holding[0].end


def test_an_item_beyond_the_limit_is_cut_between_its_sentences() -> None:
    text = "Intro.\n12. The court sat. It heard both sides. It rose.\n"
    found = passages(article(text), 5)
    assert [text[p.start : p.end] for p in found] == [
        "Intro.\n12. The court sat.",
        "It heard both sides.",
        "It rose.",
    ]


def test_a_passage_has_the_path_of_its_section() -> None:
    document = record()
    paths = {p.section: document.text[p.start : p.end] for p in passages(document)}
    assert (
        paths["Investigation Procedure", "Involved Agencies"] == "Cyber Unit of Taguig, Philippines"
    )
    assert paths[("Involved Countries",)] == "Philippines\n• Singapore"
    assert paths[()] == "Operation Harbour Light"


def test_headings_are_in_no_passage() -> None:
    document = record()
    for section in document.sections:
        assert section.heading
        start, end = section.heading
        assert not [p for p in passages(document) if p.start < end and start < p.end]


def test_the_sources_of_a_record_are_in_no_passage() -> None:
    document = record()
    assert "Raids in Taguig" in document.text
    assert not [
        p for p in passages(document) if "Raids in Taguig" in document.text[p.start : p.end]
    ]


def test_a_text_without_words_has_no_passages() -> None:
    assert passages(article(" \n\n\t")) == []
