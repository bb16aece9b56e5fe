"""Token vectors → one vector for a passage or a span of it. Pure numpy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from casequote.embeddings.encoder import Matrix, Spans, TokenVectors

Offsets = Sequence[tuple[int, int]]
"""Code-point span of each token; (0, 0) for a special token."""


def unit(rows: Matrix) -> Matrix:
    """Rows (n, d) scaled to unit length; zero rows stay zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return scaled


def pool(tokens: NDArray[np.float32], mask: NDArray[np.int64], mode: str) -> Matrix:
    """Token vectors (n, t, d) and mask (n, t) → unit vectors (n, d) by `mean` or `cls`."""
    if mode == "cls":
        return unit(np.ascontiguousarray(tokens[:, 0]))
    weights = mask.astype(np.float32)[:, :, None]
    return unit((tokens * weights).sum(axis=1))


def pool_spans(tokens: NDArray[np.float32], offsets: Offsets, spans: Spans) -> Matrix:
    """Token vectors (t, d) of one passage → unit vectors (m, d) of m spans of it."""
    starts = np.array([start for start, _ in offsets])
    ends = np.array([end for _, end in offsets])
    rows = np.zeros((len(spans), tokens.shape[1]), dtype=np.float32)
    for row, (start, end) in enumerate(spans):
        inside = (starts < end) & (ends > start) & (ends > starts)
        if inside.any():
            rows[row] = tokens[: len(inside)][inside].mean(axis=0)
    return unit(rows)


def own_tokens(tokens: NDArray[np.float32], offsets: Offsets, shift: int) -> TokenVectors:
    """Token vectors (t, d) of a prefix and a text → those of the text, which begins at `shift`.

    Special tokens and those of the prefix are left out; a token across the border is cut there.
    """
    kept = [
        (place, (max(start, shift) - shift, end - shift))
        for place, (start, end) in enumerate(offsets)
        if end > max(start, shift)
    ]
    rows = tokens[[place for place, _ in kept]].reshape(-1, tokens.shape[1])
    return TokenVectors(unit(rows), tuple(span for _, span in kept))
