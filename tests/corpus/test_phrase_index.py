import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.errors import InvalidDocument
from casequote.corpus.phrase_index import (
    Phrase,
    PhraseIndex,
    Written,
    fold_gap,
    fold_word,
    split_words,
)

INDEX = PhraseIndex(
    [
        Phrase("Serious Crime Centre", "centre"),
        Phrase("Serious Crime", "crime"),
        Phrase("Crime Centre North", "north"),
        Phrase("IT", "computers", Written.EXACTLY),
        Phrase("Polish", "Poland", Written.CAPITALISED),
        Phrase("Jordan", "country", Written.APART),
        Phrase("Unit (C3)", "unit"),
        Phrase("US", "country", Written.EXACTLY),
        Phrase("US$", "currency"),
        Phrase("Research & Training", "school"),
    ],
    {"center": "centre"},
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a serious crime.", [("crime", "serious crime")]),
        ("the Serious-Crime Center's head", [("centre", "Serious-Crime Center")]),
        ("Serious Crime Centre North", [("centre", "Serious Crime Centre")]),
        ("Serious, Crime Centre North", [("north", "Crime Centre North")]),
        ("Serious - Crime", []),
        ("Serious\nCrime", [("crime", "Serious\nCrime")]),
        ("Serious\n\nCrime", []),
        ("seriouscrime, serious crimes", []),
        ("it is IT, I.T. or It", [("computers", "IT"), ("computers", "I.T.")]),
        ("polish the Polish desk", [("Poland", "Polish")]),
        ("Ms Jordan Smith", []),
        ("said Michael Jordan", []),
        ("In Jordan", [("country", "Jordan")]),
        ("Jordan's King", [("country", "Jordan")]),
        ("ARMY OF JORDAN KING", [("country", "JORDAN")]),
        ("of jordan", []),
        ("Unit (C3)s", [("unit", "Unit (C3)")]),
        ("Unit (C3", []),
        ("US$5 in the US.", [("currency", "US$"), ("country", "US")]),
        ("research and training", [("school", "research and training")]),
    ],
)
def test_longest_phrases_of_a_text(text: str, found: list[tuple[str, str]]) -> None:
    matches = [(m.senses[0], text[m.start : m.end]) for m in INDEX.find(text)]
    assert matches == found


@pytest.mark.parametrize(
    ("text", "senses"),
    [
        ("SERIOUS CRIME", ("crime",)),
        ("jordan", ("country",)),
        ("it", ()),
        ("I.T.", ("computers",)),
        ("Unit (C3)", ("unit",)),
        ("Unit (C3", ()),
        ("US", ("country",)),
        ("us$", ("currency",)),
        ("serious", ()),
        ("serious crime here", ()),
        ("", ()),
        ("?!", ()),
    ],
)
def test_senses_of_a_whole_value(text: str, senses: tuple[str, ...]) -> None:
    assert INDEX.senses(text) == senses


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Łódź", "lodz"),
        ("Türkiye", "turkiye"),
        ("Tu\u0308rkiye", "turkiye"),
        ("d’Ivoire", "divoire"),
        ("FBI's", "fbi"),
        ("U.S.", "us"),
        ("Straße", "strasse"),
        ("ｅ", "e"),
        ("&", "and"),
    ],
)
def test_fold_word(raw: str, folded: str) -> None:
    assert fold_word(raw) == folded


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        (" ", ""),
        ("-", ""),
        ("’ ", ""),
        ("\n", ""),
        ("\n\n", "\n"),
        (" - ", "-"),
        (", ", ","),
        ("\n• ", "•"),
    ],
)
def test_fold_gap(raw: str, folded: str) -> None:
    assert fold_gap(raw) == folded


@given(st.text())
def test_words_are_spans_of_the_text_in_order(text: str) -> None:
    end = 0
    for word in split_words(text):
        assert end <= word.start < word.end <= word.after
        assert text[word.start : word.after] == word.raw
        end = word.after


@given(st.text(alphabet="US$ IT.Jordan'’s()C3&\n-é", max_size=60))
def test_matches_do_not_overlap(text: str) -> None:
    end = 0
    for match in INDEX.find(text):
        assert end <= match.start < match.end <= len(text)
        end = match.end


def test_the_same_phrase_twice_is_shared() -> None:
    index = PhraseIndex([Phrase("NBI", "Finland"), Phrase("N.B.I.", "Philippines")], {})
    assert [{p.sense for p in group} for group in index.shared()] == [{"Finland", "Philippines"}]


def test_a_phrase_without_words_is_refused() -> None:
    with pytest.raises(InvalidDocument, match="no letter"):
        PhraseIndex([Phrase("++", "plus")], {})
