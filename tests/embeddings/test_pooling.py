"""Token vectors become unit vectors of passages and of spans."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from casequote.embeddings.pooling import pool, pool_spans, unit

TOKENS = np.array([[[9.0, 9.0], [3.0, 0.0], [0.0, 4.0], [7.0, 7.0]]], dtype=np.float32)
MASK = np.array([[1, 1, 1, 0]])
OFFSETS = [(0, 0), (0, 4), (5, 9), (0, 0)]


def test_rows_are_scaled_to_unit_length_and_zero_rows_stay() -> None:
    rows = unit(np.array([[3, 4], [0, 0]], np.float32))
    assert_allclose(rows, np.array([[0.6, 0.8], [0, 0]], np.float32))


def test_the_mean_leaves_padding_out() -> None:
    assert_allclose(pool(TOKENS, MASK, "mean"), unit(np.array([[12, 13]], np.float32)), rtol=1e-6)


def test_cls_takes_the_first_token() -> None:
    assert_allclose(pool(TOKENS, MASK, "cls"), unit(np.array([[1, 1]], np.float32)), rtol=1e-6)


@pytest.mark.parametrize(
    ("span", "row"),
    [
        ((0, 4), [1, 0]),
        ((5, 9), [0, 1]),
        ((0, 9), [0.6, 0.8]),
        ((3, 6), [0.6, 0.8]),
        ((4, 5), [0, 0]),
        ((9, 20), [0, 0]),
    ],
)
def test_a_span_is_the_mean_of_its_own_tokens(span: tuple[int, int], row: list[float]) -> None:
    assert_allclose(pool_spans(TOKENS[0], OFFSETS, [span]), [row], rtol=1e-6)


def test_no_spans_have_no_rows() -> None:
    assert pool_spans(TOKENS[0], OFFSETS, []).shape == (0, 2)
