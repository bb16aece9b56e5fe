"""What every encoder promises, over the fake one and both real ones."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.testing import assert_allclose

from casequote.embeddings.encoder import Encoder, Matrix
from casequote.embeddings.pooling import pool_spans
from tests.factories import FakeEncoder

TEXTS = (
    "Officers seized 250 phones in Taguig.",
    "The court sentenced him to six years' imprisonment.",
    "blackmail",
    "Der Angeklagte wurde wegen Computerbetrugs verurteilt.",
    "警察は三人を逮捕した。",
    "Полиция задержала троих 🙂🚔",
    "ألقت الشرطة القبض على ثلاثة",
    "e\u0301\u200d\u0000\ufffd",
)
LONG = "The officers seized another telephone. " * 400
SAME = 0.99
SAME_IN_ANOTHER_BATCH = 0.97
"""The fast engine's int8 arithmetic depends a little on what else is in the batch."""


@pytest.fixture(scope="session", params=["fake", "fast", "reference"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "fake":
        return FakeEncoder()
    found: Encoder = request.getfixturevalue(request.param)
    return found


def cosines(a: Matrix, b: Matrix) -> Matrix:
    found: Matrix = np.sum(a * b, axis=1)
    return found


def test_rows_are_unit_vectors_in_float32(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.identity.dimension)
    assert rows.dtype == np.float32
    assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-5)


def test_nothing_has_no_rows(encoder: Encoder) -> None:
    rows, of_spans = encoder.encode_spans([], [])
    for empty in (rows, encoder.encode([])):
        assert empty.shape == (0, encoder.identity.dimension)
        assert empty.dtype == np.float32
    assert of_spans == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "🙂", "…"])
def test_a_text_without_words_has_a_unit_row_or_zeros(encoder: Encoder, text: str) -> None:
    for row in (*encoder.encode([text, "a word"])[:1], encoder.encode_query(text)):
        length = float(np.linalg.norm(row))
        assert length == pytest.approx(0, abs=1e-6) or length == pytest.approx(1, rel=1e-5)
        assert np.isfinite(row).all()


def test_rows_hardly_depend_on_the_other_texts(encoder: Encoder) -> None:
    together = encoder.encode([*TEXTS, LONG])
    alone = np.concatenate([encoder.encode([text]) for text in (*TEXTS, LONG)])
    backwards = encoder.encode([LONG, *TEXTS[::-1]])[::-1]
    assert cosines(together, alone).min() > SAME_IN_ANOTHER_BATCH
    assert cosines(together, backwards).min() > SAME_IN_ANOTHER_BATCH


def test_equal_calls_have_equal_results(encoder: Encoder) -> None:
    assert_allclose(encoder.encode(TEXTS), encoder.encode(TEXTS), atol=1e-6)
    assert_allclose(encoder.encode_query("raid"), encoder.encode_query("raid"), atol=1e-6)


def test_a_text_beyond_the_limit_is_cut_there(encoder: Encoder) -> None:
    [once, more] = encoder.encode([LONG, LONG + "Something else was said by the court."])
    assert float(once @ more) > 0.999


def test_a_query_is_encoded_as_a_passage_is(encoder: Encoder) -> None:
    # the tested models have no prefixes
    for text in TEXTS[:4]:
        row = encoder.encode_query(text)
        assert row.shape == (encoder.identity.dimension,)
        assert row.dtype == np.float32
        assert float(row @ encoder.encode([text])[0]) > SAME


def test_like_texts_are_nearer_than_others(encoder: Encoder) -> None:
    query = encoder.encode_query("phones that officers seized")
    assert int(np.argmax(encoder.encode(TEXTS) @ query)) == 0


def test_passages_with_spans_have_the_same_rows(encoder: Encoder) -> None:
    rows, of_spans = encoder.encode_spans(TEXTS, [[(0, 4)] for _ in TEXTS])
    assert cosines(rows, encoder.encode(TEXTS)).min() > SAME
    assert [found.shape for found in of_spans] == [(1, encoder.identity.dimension)] * len(TEXTS)
    assert {found.dtype for found in of_spans} == {np.dtype(np.float32)}


def test_spans_have_unit_rows_and_differ_by_what_they_cover(encoder: Encoder) -> None:
    first, second = "Officers seized 250 phones.", "The court acquitted both men."
    text = f"{first} {second}"
    whole = (0, len(text))
    parts = [(0, len(first)), (len(first) + 1, len(text)), whole]
    rows, [of_spans] = encoder.encode_spans([text], [parts])
    assert_allclose(np.linalg.norm(of_spans, axis=1), 1, rtol=1e-5)
    seized, acquitted = encoder.encode([first, second])
    assert of_spans[0] @ seized > of_spans[0] @ acquitted
    assert of_spans[1] @ acquitted > of_spans[1] @ seized
    assert float(of_spans[2] @ rows[0]) > 0.9


def test_spans_are_counted_in_code_points(encoder: Encoder) -> None:
    text = "🚔🚔🚔 警察 phones"
    _, [of_spans] = encoder.encode_spans([text], [[(7, 13), (4, 6)]])
    assert text[7:13] == "phones"
    phones = encoder.encode_query("phones")
    assert of_spans[0] @ phones > of_spans[1] @ phones


def test_a_span_beyond_the_limit_has_a_zero_row(encoder: Encoder) -> None:
    _, [of_spans] = encoder.encode_spans([LONG], [[(0, 38), (len(LONG) - 39, len(LONG))]])
    assert np.linalg.norm(of_spans[0]) == pytest.approx(1, rel=1e-5)
    assert not of_spans[1].any()


@pytest.mark.parametrize("query", [False, True])
def test_tokens_have_unit_rows_and_offsets_that_cover_the_words(
    encoder: Encoder, *, query: bool
) -> None:
    found = encoder.encode_tokens(TEXTS[:6], query=query)
    assert len(found) == 6
    for text, tokens in zip(TEXTS, found, strict=False):
        assert tokens.rows.shape == (len(tokens.offsets), encoder.identity.dimension)
        assert tokens.rows.dtype == np.float32
        assert_allclose(np.linalg.norm(tokens.rows, axis=1), 1, rtol=1e-5)
        assert all(0 <= start < end <= len(text) for start, end in tokens.offsets)
        assert list(tokens.offsets) == sorted(tokens.offsets)
        covered = {place for span in tokens.offsets for place in range(*span)}
        assert {place for place, letter in enumerate(text) if letter.isalnum()} <= covered


def test_the_mean_of_the_tokens_of_a_span_is_nearly_the_vector_of_the_span(
    encoder: Encoder,
) -> None:
    spans = [[(0, len(text) // 2), (len(text) // 2, len(text))] for text in TEXTS[:2]]
    expected = encoder.encode_spans(TEXTS[:2], spans)[1]
    tokens = encoder.encode_tokens(TEXTS[:2])
    for found, own, rows in zip(tokens, spans, expected, strict=True):
        assert cosines(pool_spans(found.rows, found.offsets, own), rows).min() > 0.97


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_a_text_without_words_has_no_tokens(encoder: Encoder, text: str) -> None:
    [tokens, other] = encoder.encode_tokens([text, "a word"])
    assert tokens.rows.shape == (0, encoder.identity.dimension)
    assert tokens.offsets == ()
    assert len(other.offsets) == 2
    assert encoder.encode_tokens([]) == []


def test_tokens_beyond_the_limit_are_left_out(encoder: Encoder) -> None:
    [tokens] = encoder.encode_tokens([LONG])
    assert 100 < len(tokens.offsets) <= 256
    assert tokens.offsets[-1][1] < len(LONG)


def test_texts_may_have_different_numbers_of_spans_or_none(encoder: Encoder) -> None:
    rows, of_spans = encoder.encode_spans(TEXTS[:3], [[(0, 8), (9, 15)], [], [(0, 9)]])
    assert len(rows) == 3
    assert [len(found) for found in of_spans] == [2, 0, 1]


def test_encoders_may_be_called_from_several_threads(encoder: Encoder) -> None:
    expected = [encoder.encode_query(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(encoder.encode_query, TEXTS * 3))
    assert cosines(np.array(found), np.array(expected * 3)).min() > SAME


def test_the_identity_is_complete(encoder: Encoder) -> None:
    identity = encoder.identity
    assert identity.name
    assert identity.engine
    assert len(identity.weights) == 64
    assert encoder.encode(["x"]).shape == (1, identity.dimension)
