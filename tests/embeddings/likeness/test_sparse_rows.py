"""Cosines of rows: bounds, rarity, and rows without a key."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.embeddings.likeness.sparse_rows import SparseRows

row = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 5), max_size=6)


@given(st.lists(row, min_size=1, max_size=8), st.booleans())
def test_cosines_lie_between_nothing_and_the_row_itself(
    rows: list[dict[str, int]], texts: bool
) -> None:
    found = SparseRows(rows, texts=texts)
    for place, own in enumerate(rows):
        cosines = found.cosines(own)
        assert cosines.shape == (len(rows),)
        assert np.all((cosines >= 0) & (cosines <= 1))
        assert cosines[place] == pytest.approx(1.0 if own else 0.0, abs=1e-5)


def test_a_rare_key_makes_more_alike_than_a_common_one() -> None:
    rows = SparseRows([{"x": 1, "r": 1}, {"x": 1}, {"x": 1, "y": 1}, {"r": 1, "z": 1}])
    assert rows.rarity("r") > rows.rarity("x")
    cosines = rows.cosines({"x": 1, "r": 1})
    assert cosines[3] > cosines[2]


def test_the_weight_of_a_key_is_that_of_bm25() -> None:
    rows = SparseRows([{"a": 2, "b": 1}, {"b": 3}], texts=True)
    mean = 3.0
    idf = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    weight = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / mean))
    other = math.log(1 + 0.5 / 2.5) * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / mean))
    norm = math.hypot(weight, other)
    assert rows.unit({"a": 2, "b": 1})["a"] == pytest.approx(weight / norm)


def test_unknown_keys_and_empty_collections_are_alike_in_nothing() -> None:
    assert not SparseRows([{"a": 1}]).cosines({"z": 1}).any()
    assert SparseRows([]).cosines({"a": 1}).shape == (0,)
    assert SparseRows([]).share("a") == 0.0
