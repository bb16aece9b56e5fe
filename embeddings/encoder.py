"""What an encoder promises: text → unit vectors.

An encoder is chosen in the composition root; everything else sees only this protocol.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
"""(n, d) float32; every row has unit length, or is all zero for a text without tokens."""

Spans = Sequence[tuple[int, int]]
"""Code-point spans of a text, end exclusive."""


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """What must be equal for two sets of vectors to be comparable."""

    name: str
    weights: str
    """sha256 of the weights file."""
    engine: str
    dimension: int


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The tokens of one text, without special ones and those beyond the token limit."""

    rows: Matrix
    """(t, d) unit vectors of the t tokens, each in the light of the whole text."""
    offsets: Spans
    """The t code-point spans of the tokens in the text, in order; none is empty."""


class Encoder(Protocol):
    """Turns text into unit vectors. Implementations are safe to call from several threads."""

    @property
    def identity(self) -> EncoderIdentity:
        """Name, weights, engine and dimension d."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Vectors (n, d) of n passages; a text beyond the token limit is cut at the limit."""
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector (d,) of one query."""
        ...

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Matrix, list[Matrix]]:
        """Vectors (n, d) of n passages and, for each, vectors (m_i, d) of its m_i spans.

        A span's vector is the mean of its token vectors inside the whole passage ("late
        chunking", Günther et al. 2024, arXiv 2409.04701), so one pass serves both. A span with no
        token inside the limit gets a zero row.
        """
        ...

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> list[TokenVectors]:
        """The token vectors of n passages, or of n queries with `query`.

        For late interaction (ColBERT, Khattab & Zaharia 2020, arXiv 2004.12832): no vector is
        pooled, and span vectors can be made of these (`pooling.pool_spans`) without another pass.
        """
        ...
