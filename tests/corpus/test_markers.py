"""Markers leave the text and become attributions; everything else in brackets stays."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.markers import strip_markers
from tests.strategies import texts

KNOWN = {1, 2, 3, 4, 6}


@pytest.mark.parametrize(
    ("marked", "clean", "claims"),
    [
        ("No marker at all.", "No marker at all.", []),
        ("raided [4][6].", "raided.", [("raided", (4, 6))]),
        ("raided[4].", "raided.", [("raided", (4,))]),
        ("raided [4] [6].", "raided.", [("raided", (4, 6))]),
        ("raided [4, 6].", "raided.", [("raided", (4, 6))]),
        ("raided [4,6].", "raided.", [("raided", (4, 6))]),
        ("raided [4][4].", "raided.", [("raided", (4,))]),
        (
            "He fled [1], was caught [2].",
            "He fled, was caught.",
            [("He fled", (1,)), ("was caught", (2,))],
        ),
        ("Unmarked. He fled [1].", "Unmarked. He fled.", [("He fled", (1,))]),
        ("Marked [1]. He fled [2].", "Marked. He fled.", [("Marked", (1,)), ("He fled", (2,))]),
        ('"Stop!" he said [1].', '"Stop!" he said.', [('"Stop!" he said', (1,))]),
        ("One.\n\nTwo [3]", "One.\n\nTwo", [("Two", (3,))]),
        ("Ended. [1] Next.", "Ended. Next.", [("Ended.", (1,))]),
        ("[1] first", " first", []),
        (
            "R v Smith [2018] EWHC 172 [3].",
            "R v Smith [2018] EWHC 172.",
            [("R v Smith [2018] EWHC 172", (3,))],
        ),
        ("at [45] of the judgment", "at [45] of the judgment", []),
        ("raided [4][45].", "raided[45].", [("raided", (4,))]),
        ("raided [45][4].", "raided [45].", [("raided [45]", (4,))]),
        ("[sic] and [ 1 ] and [1a]", "[sic] and [ 1 ] and [1a]", []),
        ("€500 was paid [1].", "€500 was paid.", [("500 was paid", (1,))]),
        ("警察が逮捕 [1]。", "警察が逮捕。", [("警察が逮捕", (1,))]),
        ("", "", []),
    ],
)
def test_markers_and_claims(
    marked: str, clean: str, claims: list[tuple[str, tuple[int, ...]]]
) -> None:
    found = strip_markers(marked, KNOWN)
    assert found.text == clean
    assert [(clean[a.start : a.end], a.sources) for a in found.attributions] == claims


pieces = st.lists(
    st.sampled_from(
        ("The unit raided", "Smith", "[2018]", "[99]", "(a)", ". ", ", ", "\n\n", "🙂", "é", " [1]")
    )
    | st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=3).map(
        lambda run: " " + "".join(f"[{number}]" for number in run)
    )
    | st.text(st.characters(exclude_characters="[]", exclude_categories=["Cs"]), max_size=5),
    max_size=15,
)


@given(pieces)
def test_no_marker_of_a_known_source_is_left(parts: list[str]) -> None:
    left = {int(n) for n in re.findall(r"\[(\d{1,3})\]", strip_markers("".join(parts), KNOWN).text)}
    assert not left & KNOWN


@given(pieces)
def test_nothing_but_markers_and_the_spaces_before_them_is_taken(parts: list[str]) -> None:
    marked = "".join(parts)
    kept = re.sub(r"[ \n]?\[[12346]\]", "", marked)
    assert strip_markers(marked, KNOWN).text == kept


@given(texts)
def test_text_is_unchanged_without_sources(text: str) -> None:
    found = strip_markers(text, ())
    assert (found.text, found.attributions, found.sources) == (text, (), ())


@given(pieces | texts.map(lambda text: [text]))
def test_attributions_are_in_order_and_hold_words(parts: list[str]) -> None:
    found = strip_markers("".join(parts), KNOWN)
    last = 0
    for a in found.attributions:
        assert last <= a.start < a.end <= len(found.text)
        assert set(a.sources) <= KNOWN
        assert any(c.isalnum() or c in "\"'“‘(" for c in found.text[a.start : a.end])
        last = a.end


def test_sources_are_in_the_order_of_first_use() -> None:
    assert strip_markers("a [4]. b [2][4]. c [1].", KNOWN).sources == (4, 2, 1)
