"""The reference engine: sentence-transformers on torch, 32-bit floats.

Slow to start and exact; the fast engine is checked against it. Imports torch on construction.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casequote.embeddings.encoder import EncoderIdentity, Matrix, Spans, TokenVectors
from casequote.embeddings.model_folder import ModelFolder
from casequote.embeddings.pooling import Offsets, own_tokens, pool_spans, unit

BATCH = 32


def load_model(folder: ModelFolder) -> Any:
    """The sentence-transformers model of a folder, on the CPU, without asking any network."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    import transformers
    from sentence_transformers import SentenceTransformer

    quieten: Callable[[], None] = transformers.utils.logging.disable_progress_bar
    quieten()
    return SentenceTransformer(str(folder.path), device="cpu", local_files_only=True)


class ReferenceEncoder:
    """`Encoder` through sentence-transformers."""

    def __init__(self, folder: ModelFolder) -> None:
        self._folder = folder
        self._model = load_model(folder)
        dimension = int(self._model.get_embedding_dimension())
        self._identity = EncoderIdentity(folder.name, folder.weights, "torch-fp32", dimension)

    @property
    def identity(self) -> EncoderIdentity:
        return self._identity

    def encode(self, texts: Sequence[str]) -> Matrix:
        return self._rows([self._folder.passage_prefix + text for text in texts])

    def encode_query(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self._rows([self._folder.query_prefix + text])[0]
        return row

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Matrix, list[Matrix]]:
        prefix = self._folder.passage_prefix
        shift = len(prefix)
        of_spans = []
        for text, wanted in zip(texts, spans, strict=True):
            rows, offsets = self._tokens(prefix + text)
            of_spans.append(pool_spans(rows, offsets, [(a + shift, b + shift) for a, b in wanted]))
        return self.encode(texts), of_spans

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> list[TokenVectors]:
        prefix = self._folder.query_prefix if query else self._folder.passage_prefix
        return [own_tokens(*self._tokens(prefix + text), len(prefix)) for text in texts]

    def _tokens(self, text: str) -> tuple[Matrix, Offsets]:
        """Vectors (t, d) and offsets of all tokens, special ones too."""
        tokens = self._model.encode(text, output_value="token_embeddings", convert_to_numpy=False)
        offsets: Offsets = self._model.tokenizer(
            text,
            return_offsets_mapping=True,
            truncation=True,
            max_length=self._folder.max_tokens,
        )["offset_mapping"]
        return np.asarray(tokens.cpu().numpy(), dtype=np.float32)[: len(offsets)], offsets

    def _rows(self, texts: list[str]) -> Matrix:
        if not texts:
            return np.zeros((0, self._identity.dimension), dtype=np.float32)
        rows = self._model.encode(texts, batch_size=BATCH, convert_to_numpy=True)
        return unit(np.asarray(rows, dtype=np.float32))
