"""The index finds what comparing with every vector finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from casequote.embeddings.pooling import unit
from casequote.embeddings.vector_files import Segment, segment_of
from casequote.embeddings.vector_index import Hits, VectorIndex

D = 4
coordinates = st.integers(-3, 3)
vectors = st.lists(coordinates, min_size=D, max_size=D)


def segment(ids: list[int], rows: list[list[int]]) -> Segment:
    """A segment whose passage i has i % 3 sentences."""
    matrix = unit(np.array(rows, dtype=np.float32).reshape(-1, D))
    sentences = [np.full((i % 3, D), i, dtype=np.float16) for i in ids]
    return segment_of(ids, matrix, sentences, D)


@st.composite
def indexes(draw: st.DrawFn) -> tuple[VectorIndex, dict[int, NDArray[np.float32]]]:
    """An index over several segments, some of whose passages were removed, and what it holds."""
    ids = draw(st.lists(st.integers(1, 60), unique=True, max_size=20))
    rows = {i: draw(vectors) for i in ids}
    cut = draw(st.integers(0, len(ids)))
    segments = [
        segment(part, [rows[i] for i in part]) for part in (sorted(ids[:cut]), sorted(ids[cut:]))
    ]
    live = sorted(draw(st.sets(st.sampled_from(ids)))) if ids else []
    held = {i: unit(np.array([rows[i]], np.float32))[0] for i in live}
    return VectorIndex(segments, live, D), held


def check(
    found: Hits, held: dict[int, NDArray[np.float32]], query: NDArray[np.float32], k: int
) -> None:
    """The hits are k best of those held, whatever the order of equal ones."""
    scores = {i: float(row @ query) for i, row in held.items()}
    best = sorted(scores.values(), reverse=True)[:k]
    assert_allclose([score for _, score in found], best, atol=1e-5)
    assert len({i for i, _ in found}) == len(found)
    assert_allclose([score for _, score in found], [scores[i] for i, _ in found], atol=1e-5)


@given(indexes(), vectors, st.integers(1, 30))
def test_search_equals_comparing_with_all(
    index: tuple[VectorIndex, dict[int, NDArray[np.float32]]], wanted: list[int], k: int
) -> None:
    query = unit(np.array([wanted], np.float32))[0]
    check(index[0].search(query, k), index[1], query, k)
    assert len(index[0]) == len(index[1])


@given(indexes(), vectors, st.integers(1, 30), st.sets(st.integers(0, 70)))
def test_search_within_equals_comparing_with_those(
    index: tuple[VectorIndex, dict[int, NDArray[np.float32]]],
    wanted: list[int],
    k: int,
    within: set[int],
) -> None:
    query = unit(np.array([wanted], np.float32))[0]
    held = {i: row for i, row in index[1].items() if i in within}
    check(index[0].search_within(query, k, sorted(within)), held, query, k)


@given(indexes(), vectors)
def test_searching_within_all_finds_what_searching_finds(
    index: tuple[VectorIndex, dict[int, NDArray[np.float32]]], wanted: list[int]
) -> None:
    query = unit(np.array([wanted], np.float32))[0]
    everywhere, within = (
        index[0].search(query, 50),
        index[0].search_within(query, 50, list(index[1])),
    )
    assert_allclose([s for _, s in everywhere], [s for _, s in within], atol=1e-5)
    assert {i for i, _ in everywhere} == {i for i, _ in within}


def test_an_empty_index_finds_nothing() -> None:
    query = np.ones(D, dtype=np.float32)
    for empty in (VectorIndex([], [], D), VectorIndex([segment([1], [[1, 0, 0, 0]])], [], D)):
        assert len(empty) == 0
        assert empty.search(query, 5) == empty.search_within(query, 5, [1, 2]) == []
        assert empty.sentence_vectors(1).shape == (0, D)


@pytest.mark.parametrize("k", [1, 3, 10])
def test_ties_are_the_same_every_time_and_by_id(k: int) -> None:
    ids = [3, 5, 8, 13, 21, 34]
    query = np.array([1, 0, 0, 0], dtype=np.float32)
    index = VectorIndex([segment(ids, [[1, 0, 0, 0]] * 6)], ids, D)
    assert [i for i, _ in index.search(query, k)] == ids[:k]
    assert [i for i, _ in index.search_within(query, k, ids)] == ids[:k]
    assert [i for i, _ in index.search_within(query, k, ids[::-1])] == ids[:k]


def test_a_passage_has_the_vectors_of_its_own_sentences() -> None:
    ids = [1, 2, 3, 5]
    rows = [[1, 0, 0, 0]] * 4
    whole = VectorIndex([segment(ids, rows)], ids, D)
    merged = VectorIndex([segment([5], rows[:1]), segment(ids[:3], rows[:3])], [2, 3, 5], D)
    for index in (whole, merged):
        assert_allclose(index.sentence_vectors(5), np.full((2, D), 5))
        assert index.sentence_vectors(3).shape == (0, D)
        assert index.sentence_vectors(5).dtype == np.float32
        assert index.sentence_vectors(99).shape == (0, D)
    assert merged.sentence_vectors(1).shape == (0, D)
