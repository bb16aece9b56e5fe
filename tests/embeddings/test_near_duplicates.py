"""Texts that repeat one another, and those that only tell of the same event."""

from hypothesis import given
from hypothesis import strategies as st

from casequote.embeddings.near_duplicates import (
    near_duplicates,
    repeats,
    representatives,
    word_rows,
)
from tests.factories import article

RELEASE = (
    "Three men were arrested on Tuesday in Taguig after officers of the Cyber Unit searched two "
    "flats and seized 250 telephones. The men are suspected of blackmail of more than forty "
    "people abroad, whom they recorded during video calls. A court ordered their detention until "
    "the end of the month, a spokesman of the police said on Friday at a press conference."
)
OWN_WORDS = (
    "Police in the Philippines say they have broken up a blackmail ring. Hundreds of handsets "
    "were found in apartments near Manila, and three suspects remain in custody while "
    "investigators look for those who ran the accounts."
)


def test_a_reprint_with_a_line_more_or_less_is_recognised() -> None:
    reprint = article("MANILA — " + RELEASE.upper() + " Follow us for more.", id="reprint")
    other = article(OWN_WORDS, id="own")
    first = article(RELEASE, id="release")
    assert near_duplicates([first, other, reprint]) == (("release", "reprint"),)
    assert representatives([first, other, reprint]) == {
        "release": "release",
        "own": "own",
        "reprint": "release",
    }


def test_a_release_quoted_whole_in_a_longer_article_is_recognised() -> None:
    longer = article(OWN_WORDS + " " + RELEASE, id="longer")
    assert near_duplicates([article(RELEASE, id="release"), longer]) == (("release", "longer"),)


def test_repeating_is_carried_on() -> None:
    words = RELEASE.split()
    texts = [" ".join(words), " ".join(words[:52]), " ".join(words[8:])]
    documents = [article(text, id=str(n)) for n, text in enumerate(texts)]
    assert near_duplicates(documents) == (("0", "1", "2"),)


def test_short_empty_and_no_texts_are_alone() -> None:
    assert near_duplicates([]) == ()
    assert near_duplicates([article("", id="a"), article("", id="b")]) == ()
    assert (
        near_duplicates([article("Too short now", id="a"), article("Too short now", id="b")]) == ()
    )


def test_an_id_given_twice_counts_once() -> None:
    document = article(RELEASE, id="a")
    assert near_duplicates([document, document]) == ()


@given(st.permutations(range(4)))
def test_the_groups_do_not_depend_on_the_order(order: list[int]) -> None:
    texts = [RELEASE, RELEASE + " More.", OWN_WORDS, OWN_WORDS + " More."]
    documents = [article(texts[n], id=str(n)) for n in order]
    assert {frozenset(group) for group in near_duplicates(documents)} == {
        frozenset({"0", "1"}),
        frozenset({"2", "3"}),
    }


@given(st.text(), st.text())
def test_repeating_is_mutual(one: str, other: str) -> None:
    rows, others = word_rows(one), word_rows(other)
    assert repeats(rows, others) is repeats(others, rows)


def test_many_documents_are_grouped_as_few_are() -> None:
    filler = [
        article(f"{OWN_WORDS} {n} " + " ".join(f"w{n}x{m}" for m in range(90)), id=f"f{n}")
        for n in range(70)
    ]
    reprint = article("MANILA — " + RELEASE.upper(), id="reprint")
    assert near_duplicates([article(RELEASE, id="release"), *filler, reprint]) == (
        ("release", "reprint"),
    )
