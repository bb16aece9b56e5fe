"""Any text may be asked for; what is special in FTS5 is not special in a question."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.library import Library
from casequote.embeddings import lexical
from casequote.embeddings.lexical import MOST_WORDS, expression
from casequote.embeddings.terms import stop_words
from tests.factories import article, make_library
from tests.strategies import texts


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    found = make_library(
        tmp_path_factory.mktemp("lexical"),
        article("Officers seized phones near the harbour.", id="a", title="-"),
        article("Полицейский из Москвы; Straße; café; 경찰청.", id="b", title="-"),
        article("The defendant was near.", id="c", title="-"),
    )
    yield found
    found.close()


def found(library: Library, query: str, within: list[int] | None = None) -> list[str]:
    hits = lexical.search(library, query, 10, within)
    return [passage.document for passage in library.passages([i for i, _ in hits])]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Which phones were seized?", '"phones" OR "seized"'),
        ("phones PHONES Phones", '"phones"'),
        ('"phones" AND NOT (x OR y*)', '"phones" OR "x" OR "y"'),
        ("What is the of?", None),
        ("", None),
        ("?!", None),
    ],
)
def test_expressions(query: str, expected: str | None) -> None:
    assert expression(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("seizing a phone", ["a"]),
        ("harbours", ["a"]),
        ("ПОЛИЦЕЙСКИЙ", ["b"]),
        ("straße", ["b"]),
        ("STRAßE", ["b"]),
        ("CAFE\u0301", ["b"]),
        ("cafe", ["b"]),
        ("경찰청", ["b"]),
        ("zebra", []),
        (" ".join(sorted(stop_words())), []),
    ],
)
def test_words_are_found_however_they_are_written(
    library: Library, query: str, expected: list[str]
) -> None:
    assert found(library, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        *('"', "'", "*", "phones*", "NEAR", "NEAR(phones harbour)", "OR", "AND", "NOT", "^phones"),
        *("body:phones", "context : phones", "{body}: x", "(", ")", "phones + harbour", "-", ";"),
        *("\0", "\0phones\0", "%", "\\", '""""', 'phones" OR "near', "a" * 10_000, "x " * 10_000),
    ],
)
def test_no_query_is_taken_as_syntax(library: Library, query: str) -> None:
    assert set(found(library, query)) <= {"a", "c"}


@given(query=texts | st.text(st.sampled_from('"*()^:+-{},. ORANDNEARphones\0'), max_size=30))
def test_any_text_is_a_harmless_query(library: Library, query: str) -> None:
    assert set(found(library, query)) <= {"a", "b", "c"}
    assert library.faults() == []


def test_a_long_query_keeps_its_first_words() -> None:
    made = expression(" ".join(f"word{n}" for n in range(200)))
    assert made is not None
    assert made.count(" OR ") == MOST_WORDS - 1
    assert made.startswith('"word0"')


def test_a_search_keeps_within_what_is_asked(library: Library) -> None:
    ids = library.passage_ids(documents=["c"])
    assert found(library, "defendant phones", ids) == ["c"]
    assert found(library, "defendant phones", []) == []
