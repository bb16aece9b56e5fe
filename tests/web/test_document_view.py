from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import Document, Section, Source, Span
from casequote.web.document_view import (
    Block,
    Run,
    WrongExtract,
    asked_extract,
    blocks,
    grouped,
    named_sources,
)
from tests.factories import article, record
from tests.strategies import documents, spans


def runs(found: list[Block]) -> list[Run]:
    return list(chain.from_iterable((*block.runs, *block.space) for block in found))


def words(block: Block) -> str:
    return "".join(run.text for run in block.runs)


def laid_out(text: str) -> list[tuple[str, str]]:
    return [(block.kind, words(block)) for block in blocks(article(text))]


@st.composite
def marked(draw: st.DrawFn) -> tuple[Document, Span | None]:
    document = draw(documents())
    return document, draw(st.none() | spans(len(document.text)))


@given(marked())
def test_no_character_is_lost_or_added_and_exactly_the_extract_is_marked(
    given: tuple[Document, Span | None],
) -> None:
    document, mark = given
    found = runs(blocks(document, mark))
    assert "".join(run.text for run in found) == document.text
    positions = [run.marked for run in found for _ in run.text]
    start, end = mark or (0, 0)
    assert positions == [start <= place < end for place in range(len(document.text))]


@given(marked())
def test_links_lead_to_one_place_and_only_if_something_is_marked(
    given: tuple[Document, Span | None],
) -> None:
    document, mark = given
    anchors = [run for run in runs(blocks(document, mark)) if run.anchor]
    assert len(anchors) == (1 if mark and mark.start < mark.end else 0)
    assert all(run.marked for run in anchors)


@given(marked())
def test_only_white_space_stands_between_blocks(given: tuple[Document, Span | None]) -> None:
    for block in blocks(*given):
        assert not "".join(run.text for run in block.space).strip()
        assert words(block) == words(block).strip()
        assert bool(words(block)) == (block.kind != "space")


@given(documents())
def test_heading_levels_never_skip(document: Document) -> None:
    level = 1
    for block in blocks(document):
        if block.kind == "heading":
            assert 2 <= block.level <= min(level + 1, 6)
            level = block.level


@given(marked())
def test_groups_keep_every_block_in_order(given: tuple[Document, Span | None]) -> None:
    found = blocks(*given)
    groups = grouped(found)
    assert list(chain.from_iterable(groups)) == found
    assert all(len(group) == 1 or {b.kind for b in group} == {"item"} for group in groups)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One.", [("paragraph", "One.")]),
        ("One.\n\nTwo.\n", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.\r\n\r\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.\r\rTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One,\nwrapped.", [("paragraph", "One,\nwrapped.")]),
        ("• one\n• two", [("item", "• one"), ("item", "• two")]),
        ("- one\n  goes on\n- two", [("item", "- one\n  goes on"), ("item", "- two")]),
        ("• one\ngoes on", [("item", "• one\ngoes on")]),
        ("• one\nAfter it.", [("item", "• one"), ("paragraph", "After it.")]),
        ("Before:\n* one", [("paragraph", "Before:"), ("item", "* one")]),
        ("-40 degrees", [("paragraph", "-40 degrees")]),
        ("•", [("paragraph", "•")]),
        (" \n Late.", [("space", ""), ("paragraph", "Late.")]),
        (" \n ", [("space", "")]),
    ],
)
def test_lines_become_paragraphs_and_items(text: str, expected: list[tuple[str, str]]) -> None:
    assert laid_out(text) == expected


def test_a_line_too_long_to_be_wrapped_by_hand_is_a_paragraph_of_its_own() -> None:
    long = "A sentence that goes on. " * 10
    assert laid_out(f"{long}\nShort.\nShorter.") == [
        ("paragraph", long.strip()),
        ("paragraph", "Short.\nShorter."),
    ]


def test_a_record_has_its_title_and_sections_as_headings() -> None:
    found = [(b.kind, b.level, words(b)) for b in blocks(record()) if b.level or b.kind == "title"]
    assert found[:2] == [
        ("title", 0, "Operation Harbour Light"),
        ("heading", 2, "Crime Types"),
    ]
    assert ("heading", 3, "Involved Agencies") in found


def test_overlapping_and_impossible_headings_do_no_harm() -> None:
    text = "Heading one\nText of it."
    headings = (Span(0, 11), Span(3, 11), Span(5, 5), Span(20, 99))
    sections = tuple(Section(("A", "B", "C"), 0, 1, heading) for heading in headings)
    document = Document("x", article().kind, "Title", text, sections=sections)
    assert [(b.kind, b.level, words(b)) for b in blocks(document)] == [
        ("heading", 2, "Heading one"),
        ("paragraph", 0, "Text of it."),
    ]


def test_links_lead_to_the_first_visible_character() -> None:
    found = runs(blocks(article("One.\n\nTwo."), Span(4, 10)))
    assert [(run.text, run.marked, run.anchor) for run in found] == [
        ("One.", False, False),
        ("\n\n", True, False),
        ("Two.", True, True),
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, None),
        ("0", "10", Span(0, 10)),
        ("9", "10", Span(9, 10)),
        ("3", None, "incomplete"),
        (None, "3", "incomplete"),
        ("a", "3", "not_numbers"),
        ("-1", "3", "not_numbers"),
        ("1.0", "3", "not_numbers"),
        ("", "", "not_numbers"),
        ("١", "3", "not_numbers"),
        ("0", "9" * 5000, "not_numbers"),
        ("0", "11", "outside"),
        ("10", "11", "outside"),
        ("3", "3", "empty"),
        ("4", "3", "empty"),
    ],
)
def test_offsets_are_those_of_an_extract(
    start: str | None, end: str | None, expected: Span | str | None
) -> None:
    if isinstance(expected, str):
        with pytest.raises(WrongExtract) as error:
            asked_extract(start, end, 10)
        assert error.value.reason == expected
    else:
        assert asked_extract(start, end, 10) == expected


def test_sources_are_those_of_the_extract_and_only_web_pages_are_linked() -> None:
    document = record(
        sources=[
            {"n": 1, "publisher": "The Daily", "title": "Raids", "url": "https://daily.example/1"},
            {"n": 2, "publisher": "Police", "title": "Press release"},
        ]
    )
    start = document.text.index("Cyber Unit of Taguig", document.text.index("Involved Agencies"))
    found = named_sources(document, Span(start, start + 5))
    assert [(named.source.number, named.url) for named in found] == [(1, "https://daily.example/1")]
    assert [named.source for named in named_sources(document)] == list(document.sources)
    assert isinstance(found[0].source, Source)
