"""Which names are protected as those of victims."""

import pytest

from casequote.embeddings.likeness.protection import names_one, protected_names, published_names
from tests.factories import article, record

TOLD = [
    ("The operation follows the suicide of Scottish teenager Daniel Roe.", {"Daniel", "Roe"}),
    ("Jane Q. Roe died in July.", {"Jane", "Roe"}),
    ("A 17-year-old, Daniel Roe, was found.", {"Daniel", "Roe"}),
    ("The group lured Roe into a call.", {"Roe"}),
    ("The victim, Roe, paid.", {"Roe"}),
]

NOT_TOLD = [
    "He was arrested by the Hong Kong Police Force.",
    "Officers of the Cyber Unit raided three flats.",
    "The victims lived in the Republic of Korea.",
    "They blackmailed boys in Singapore.",
]


@pytest.mark.parametrize(("text", "words"), TOLD)
def test_a_name_in_a_sentence_about_a_victim_is_protected(text: str, words: set[str]) -> None:
    assert words <= protected_names(article(text)).words
    assert names_one(f"It was {max(words)}’s call.", frozenset(words))


@pytest.mark.parametrize("text", NOT_TOLD)
def test_bodies_and_places_are_not_protected(text: str) -> None:
    assert not names_one(text, protected_names(article(text)).words)


def test_defendants_are_not_protected() -> None:
    document = record(
        defendants=[{"name": "John Doe", "sentence": "6 years"}],
        fact_summary="John Doe blackmailed a victim, Ann Other [1].",
    )
    assert protected_names(document).words == {"Ann", "Other"}


def test_a_published_name_is_told_by_its_surname_everywhere() -> None:
    named = {"name": "Ann Other", "note": "deceased; named by the police"}
    found = published_names(record(victims={"publicly_named": named}))
    assert found.words == {"Ann", "Other"}
    assert found.surnames == {"Other"}


def test_words_are_compared_with_their_capitals() -> None:
    assert not names_one("the other call", frozenset({"Other"}))
    assert not names_one("Anyone", frozenset())
