"""Reciprocal rank fusion: the textbook sums, and nothing but ranks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.embeddings.fusion import reciprocal_rank_fusion

rankings = st.lists(st.lists(st.integers(0, 20), unique=True, max_size=10), max_size=4)


def test_the_textbook_example() -> None:
    # two systems: a b c and b d a, with k = 60
    fused = reciprocal_rank_fusion([[1, 2, 3], [2, 4, 1]])
    assert [item for item, _ in fused] == [2, 1, 4, 3]
    assert [score for _, score in fused] == pytest.approx(
        [1 / 62 + 1 / 61, 1 / 61 + 1 / 63, 1 / 62, 1 / 63]
    )


@pytest.mark.parametrize("empty", [[], [[]], [[], []]])
def test_nothing_is_fused_to_nothing(empty: list[list[int]]) -> None:
    assert reciprocal_rank_fusion(empty) == []


def test_an_empty_ranking_adds_nothing() -> None:
    assert reciprocal_rank_fusion([[5, 3], []]) == reciprocal_rank_fusion([[5, 3]])


def test_ties_are_in_the_order_of_ids() -> None:
    assert [i for i, _ in reciprocal_rank_fusion([[9, 4], [4, 9]])] == [4, 9]


def test_a_smaller_k_makes_first_places_count_more() -> None:
    ranked = [[1, 2, 3], [4, 2, 3], [5, 2, 3]]
    assert reciprocal_rank_fusion(ranked, k=60)[0][0] == 2
    assert reciprocal_rank_fusion([[1, 2], [1, 3], [2, 3]], k=0)[0][0] == 1


@given(rankings)
def test_every_item_is_once_in_the_result_best_first(ranked: list[list[int]]) -> None:
    fused = reciprocal_rank_fusion(ranked)
    assert sorted(i for i, _ in fused) == sorted({i for ranking in ranked for i in ranking})
    assert [s for _, s in fused] == sorted((s for _, s in fused), reverse=True)


@given(rankings)
def test_the_order_of_rankings_is_of_no_consequence(ranked: list[list[int]]) -> None:
    one, other = reciprocal_rank_fusion(ranked), reciprocal_rank_fusion(ranked[::-1])
    assert dict(one) == pytest.approx(dict(other))
