"""Words and stems are those of the lexical index, so counts and queries agree with it."""

import sqlite3
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.readers import read_file
from casequote.embeddings.terms import content_stems, stems, stop_words, words
from tests.strategies import texts

TOKENISER = "porter unicode61 remove_diacritics 2"


def indexed(texts: list[str]) -> list[set[str]]:
    """The terms that FTS5 keeps for each text."""
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = '{TOKENISER}')")
    db.executemany("INSERT INTO t (rowid, body) VALUES (?, ?)", enumerate(texts))
    db.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
    found: list[set[str]] = [set() for _ in texts]
    for term, row in db.execute("SELECT term, doc FROM v"):
        found[row].add(term)
    db.close()
    return found


@cache
def corpus_words() -> list[str]:
    data = Path(str(files("casequote.corpus"))) / "data"
    texts = [
        document.text
        for folder in ("records", "articles")
        for path in sorted((data / folder).iterdir())
        for document in read_file(path).documents
    ]
    return sorted({word for text in texts for word in words(text)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The Raids, in TAGUIG!", ["the", "raids", "in", "taguig"]),
        ("café Ørsted naïve", ["cafe", "ørsted", "naive"]),
        ("cafe\u0301 re\u0301sume\u0301", ["cafe", "resume"]),
        ("state-of-the-art 15.000 U.S.", ["state", "of", "the", "art", "15", "000", "u", "s"]),
        ("snake_case user@example.org", ["snake", "case", "user", "example", "org"]),
        ("Московский 警察 🙂", ["московский", "警察"]),
        ("경찰청 Ἀθῆναι ΟΔΟΣ", ["경찰청", "ἀθῆναι", "οδοσ"]),
        ("Straße ﬁnal 10²", ["straße", "ﬁnal", "10²"]),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arrested arrests arresting", ["arrest"] * 3),
        ("laundering of monies", ["launder", "of", "moni"]),
        ("as is us by", ["as", "is", "us", "by"]),
    ],
)
def test_words_are_stemmed(text: str, expected: list[str]) -> None:
    assert stems(text) == expected


def test_content_stems_are_distinct_and_without_common_words() -> None:
    assert content_stems("Which phones were seized, and were phones sold?") == [
        "phone",
        "seiz",
        "sold",
    ]
    assert content_stems("What is the of?") == []


def test_stop_words_are_words_as_they_are_compared() -> None:
    assert {"the", "of", "and"} <= stop_words()
    assert [word for word in stop_words() if words(word) != [word]] == []


def test_stems_are_those_of_the_index_for_every_word_of_the_corpus() -> None:
    found = corpus_words()
    assert len(found) > 4_500
    expected = indexed(found)
    differing = {w: t for w, t in zip(found, expected, strict=True) if set(stems(w)) != t}
    assert differing == {}


@pytest.mark.parametrize("word", ["technology", "psychologies", "geology", "eulogy", "apology"])
def test_stems_are_those_of_the_index_where_it_departs_from_porter(word: str) -> None:
    assert indexed([word]) == [set(stems(word))]


# letters whose case SQLite's older tables fold differently are left out
letters = st.characters(max_codepoint=0x17E, exclude_characters="µ") | st.sampled_from(
    "абвгдёжзийАЙαβγάέΣσς警察경찰청がプأإदि"
)


@given(st.lists(st.text(letters, max_size=20), min_size=1, max_size=5))
def test_stems_are_those_of_the_index_for_any_alphabet(some: list[str]) -> None:
    for text, expected in zip(some, indexed(some), strict=True):
        assert set(stems(text)) == expected


@given(texts)
def test_words_are_stable(text: str) -> None:
    found = words(text)
    assert words(" ".join(found)) == found
