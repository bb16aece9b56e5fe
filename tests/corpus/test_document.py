"""Spans quote what they say, over any Unicode; equal documents have equal hashes."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import (
    STATED,
    Attribution,
    Document,
    DocumentKind,
    Field,
    FieldName,
    Section,
    Span,
)
from casequote.corpus.errors import InvalidDocument
from tests.factories import article, linked
from tests.strategies import documents, spans, texts

TEXT = "Facts\n\nThe 🙂 was seized.\nCourts\nManila"
SECTIONS = (
    Section(("Facts",), 7, 24, Span(0, 5)),
    Section(("Facts", "Courts"), 32, 38, Span(25, 31)),
)


@given(st.data(), texts)
def test_a_quote_is_the_characters_of_its_span(data: st.DataObject, text: str) -> None:
    span = data.draw(spans(len(text)))
    document = dataclasses.replace(
        article(text), attributions=(Attribution(span.start, span.end, (1,)),)
    )
    quoted = document.quote(document.attributions[0])
    assert list(quoted) == list(text)[span.start : span.end]


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 2), (3, 2), (0, 5), (5, 5)], ids=["before", "reversed", "long", "after"]
)
@pytest.mark.parametrize("name", ["sections", "fields", "attributions"])
def test_spans_outside_the_text_are_refused(name: str, start: int, end: int) -> None:
    spans: dict[str, Any] = {
        "sections": (Section(("A",), start, end),),
        "fields": (Field(FieldName.COURTS, start, end, "x"),),
        "attributions": (Attribution(start, end, (1,)),),
    }
    with pytest.raises(InvalidDocument, match=r"an-article: .* lies outside the text of 4"):
        dataclasses.replace(article("1🙂34"), **{name: spans[name]})


def test_a_stated_value_outside_its_field_is_refused() -> None:
    with pytest.raises(InvalidDocument):
        dataclasses.replace(
            article("Plea: guilty"), fields=(Field(FieldName.PLEA, 0, 6, "guilty", Span(6, 12)),)
        )


def test_text_that_cannot_be_stored_is_refused() -> None:
    with pytest.raises(InvalidDocument, match="surrogate"):
        article("half of an emoji \ud83d")


def test_the_value_of_a_field_is_what_is_stated_or_else_all_of_it() -> None:
    assert Field(FieldName.PLEA, 0, 12, "guilty", Span(6, 12)).value_span == (6, 12)
    assert Field(FieldName.PLEA, 0, 12, "guilty").value_span == (0, 12)


@pytest.mark.parametrize(
    ("offset", "label"),
    [(0, None), (7, "Facts"), (23, "Facts"), (24, None), (33, "Facts > Courts")],
)
def test_the_section_at_an_offset_is_the_innermost(offset: int, label: str | None) -> None:
    section = dataclasses.replace(article(TEXT), sections=SECTIONS).section_at(offset)
    assert (section.label if section else None) == label


def test_nested_sections_give_the_inner_one() -> None:
    outer, inner = Section(("A",), 0, 20), Section(("A", "B"), 5, 10)
    document = dataclasses.replace(article("x" * 20), sections=(outer, inner))
    assert [document.section_at(at) for at in (4, 5, 9, 10)] == [outer, inner, inner, outer]


def test_sources_of_a_span_are_those_of_all_that_it_touches() -> None:
    document = dataclasses.replace(
        article("raided, then seized"),
        attributions=(Attribution(0, 6, (4, 6)), Attribution(8, 19, (2,))),
        fields=(Field(FieldName.CONFISCATION, 13, 19, "seized", sources=(6, 7)),),
    )
    assert document.sources_of(0, 6) == (4, 6)
    assert document.sources_of(6, 8) == ()
    assert document.sources_of(5, 19) == (4, 6, 2, 7)


def test_items_are_the_fields_of_one_name_in_order() -> None:
    found = (
        Field(FieldName.COURTS, 0, 1, "a"),
        Field(FieldName.DATES, 1, 2, "b"),
        Field(FieldName.COURTS, 2, 3, "c"),
    )
    document = dataclasses.replace(article("abc"), fields=found)
    assert [item.value for item in document.items(FieldName.COURTS)] == ["a", "c"]


@given(documents())
def test_equal_documents_have_equal_hashes(document: Document) -> None:
    again = dataclasses.replace(
        document,
        fields=tuple(
            dataclasses.replace(f, attributes=dict(reversed(list(f.attributes.items()))))
            for f in document.fields
        ),
    )
    assert again == document
    assert again.content_hash == document.content_hash


@given(documents(), documents())
def test_different_documents_have_different_hashes(one: Document, other: Document) -> None:
    assert (one.content_hash == other.content_hash) == (one == other)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"kind": DocumentKind.RECORD},
        {"title": "Other"},
        {"text": "Other"},
        {"case": "c"},
        {"link": STATED},
        {"publisher": "Other"},
        {"date": "2014"},
        {"url": "https://example.org"},
        {"official": True},
        {"names": ("Other",)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_attribute_changes_the_hash(change: dict[str, Any]) -> None:
    before = article("Text")
    assert dataclasses.replace(before, **change).content_hash != before.content_hash


def test_an_assigned_document_differs_in_case_and_link_only() -> None:
    before = article("Text")
    after = linked(before, "harbour-light")
    assert (after.case, after.link and after.link.confidence) == ("harbour-light", 0.8)
    assert dataclasses.replace(after, case=None, link=None) == before
