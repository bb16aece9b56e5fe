"""Which texts are taken as a narrative, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.errors import InvalidRequest
from casequote.prompts.similarity.narrative import MOST_CHARACTERS, foreign_language, narrative

FOREIGN = [
    ("French", "Il a menacé de publier les images intimes de la victime si elle ne payait pas."),
    (
        "Spanish",
        "La policía detuvo a dos hombres que exigían dinero bajo amenaza de publicar fotos.",
    ),
    (
        "German",
        "Der Angeklagte drohte, die Bilder zu veröffentlichen, wenn sie nicht zahlen würde.",
    ),
    ("Russian", "Он угрожал опубликовать фотографии, если потерпевший не заплатит ему деньги."),
    ("Korean", "피고인은 피해자의 사진을 유포하겠다고 협박하여 돈을 요구하였다."),
    ("Arabic", "هدد المتهم بنشر صور الضحية إذا لم تدفع له المال خلال يومين."),
    ("Chinese", "被告人威胁被害人如果不付钱就公开其照片，并要求通过银行转账。"),
]

ENGLISH = [
    "He threatened to publish the images unless she paid him within two days.",
    "Suspect posed as girl. Demanded USD 500. Victim male, 16. Paid via gift cards.",
    "webcam blackmail of teenage boys",
    "The suspect wrote “je vais tout publier” and asked for money; the boy told his mother.",
]


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_a_text_in_another_language_is_refused_by_its_name(language: str, text: str) -> None:
    with pytest.raises(InvalidRequest, match=f"written in {language}, .* translation"):
        narrative(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_text_is_taken_as_it_is(text: str) -> None:
    assert narrative(text).text == text


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("", "is empty"),
        (" \n\t", "is empty"),
        ("sextortion", "fewer than 5 words"),
        ("12 34 56 78 90", None),
        ("a " * (MOST_CHARACTERS // 2 + 1), "at most 20,000"),
    ],
)
def test_what_is_no_narrative_is_refused(text: str, fact: str | None) -> None:
    if fact is None:
        assert narrative(text).text == text
        return
    with pytest.raises(InvalidRequest, match=fact):
        narrative(text)


def test_the_longest_narrative_is_taken() -> None:
    text = ("He demanded money from the boy. " * 700)[:MOST_CHARACTERS]
    assert len(narrative(text).text) == MOST_CHARACTERS


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused_with_a_message(text: str) -> None:
    try:
        taken = narrative(text).text
    except InvalidRequest:
        return
    assert taken == text
    assert foreign_language(text) is None
