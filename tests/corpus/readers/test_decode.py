"""The text of a file is what its author wrote, or the file is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.errors import UnknownFormat, UnreadableFile
from casequote.corpus.readers.decode import clean, decode_text

ENGLISH = "The court said “this is a serious crime” – José Núñez’s victims agreed.\n"
FRENCH = "L’accusé a été condamné à Genève ; la peine était sévère, a déclaré le juge.\n"
RUSSIAN = "Суд приговорил обвиняемого к пяти годам лишения свободы за вымогательство.\n" * 2


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, e) for text in (ENGLISH, FRENCH, RUSSIAN) for e in ("utf-8", "utf-8-sig")),
        *((text, e) for text in (ENGLISH, RUSSIAN) for e in ("utf-16", "utf-32")),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        ("La policía detuvo a tres hombres en Málaga tras la investigación.\n", "latin-1"),
        ("Das Gericht verhängte Geldbußen über 5.000 €.\n", "cp1252"),
        ("Procès à Genève\n", "latin-1"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        ("Το δικαστήριο καταδίκασε τον κατηγορούμενο σε πέντε χρόνια φυλάκιση.\n" * 2, "cp1253"),
        (
            "裁判所は被告人に対し懲役五年の判決を言い渡した。被害者は多数に上るという。\n",
            "shift_jis",
        ),
    ],
)
def test_the_encoding_is_told_from_the_bytes(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "x.txt") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Sąd Okręgowy w Łodzi skazał oskarżonego na pięć lat więzienia.\n", "cp1250"),
        ("Mahkeme sanığı şantaj suçundan beş yıl hapis cezasına çarptırdı.\n", "cp1254"),
        ("Soud odsoudil obžalovaného k trestu odnětí svobody za vydírání.\n", "iso8859_2"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused_rather_than_guessed(
    text: str, encoding: str
) -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.txt: its text encoding cannot be told; .*UTF-8"):
        decode_text(text.encode(encoding), "x.txt")


def test_utf8_with_a_wrong_byte_names_the_line() -> None:
    data = "Münster\nKöln\nGebühr ".encode() + b"\x93quoted\x94\n"
    with pytest.raises(UnreadableFile, match=r"^x\.txt, line 3: the byte 0x93 is not UTF-8"):
        decode_text(data, "x.txt")


def test_a_mark_that_lies_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match=r"begins like UTF-16-LE text, but .*save it as UTF-8"):
        decode_text(b"\xff\xfea\x00\x00\xd8b", "x.txt")


def test_html_is_read_as_the_page_declares() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><p>Łódź'
    assert decode_text(page.encode("cp1250"), "x.html") == page
    page = "<meta charset=iso-8859-1><p>“Zürich”"
    assert decode_text(page.encode("cp1252"), "x.html") == page
    page = "<meta charset=no-such-thing><p>Genève"
    assert decode_text(page.encode("cp1252"), "x.html") == page


def test_line_ends_are_unified_and_control_characters_dropped() -> None:
    assert clean("\ufeffa\r\nb\rc\fd\ve\tf\x00\x01\x1f\x7fg") == "a\nb\nc\nd\ne\tfg"
    assert decode_text(b"one\x00 two" + b" three four" * 20, "x.txt").startswith("one two three")


def test_unicode_is_left_as_it_is() -> None:
    text = "e\u0301 \u00e9 ﬁ\u00a0\u200b\u2028\u2029\u0085 👩‍👩‍👧 \u202e"
    assert clean(text) == text


def test_halves_of_characters_become_a_replacement_character() -> None:
    assert clean("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, b"text" + b"\x02" * 50])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownFormat, match="neither text nor another kind of file"):
        decode_text(data, "x.bin")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode_text(text.encode(), "x.txt") == text.removeprefix("\ufeff")
