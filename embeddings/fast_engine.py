"""The fast engine: onnxruntime over the exported, quantised model. Imports no torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from casequote.embeddings.encoder import EncoderIdentity, Matrix, Spans, TokenVectors
from casequote.embeddings.model_folder import ModelFolder
from casequote.embeddings.pooling import Offsets, own_tokens, pool, pool_spans

BATCH = 16


class FastEncoder:
    """`Encoder` through onnxruntime; `model` is a file that `export.exported_model` made."""

    def __init__(self, folder: ModelFolder, model: Path, engine: str, threads: int = 0) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder.tokenizer_file))
        self._tokenizer.enable_truncation(folder.max_tokens)
        self._tokenizer.enable_padding()
        self._folder = folder
        dimension = int(self._session.get_outputs()[0].shape[-1])
        self._identity = EncoderIdentity(folder.name, folder.weights, engine, dimension)

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
        rows = self._empty(len(texts))
        of_spans: list[Matrix] = [self._empty(0)] * len(texts)
        for chosen, tokens, mask, offsets in self._batches([prefix + text for text in texts]):
            rows[chosen] = pool(tokens, mask, self._folder.pooling)
            for place, index in enumerate(chosen):
                shifted = [(start + shift, end + shift) for start, end in spans[index]]
                of_spans[index] = pool_spans(tokens[place], offsets[place], shifted)
        return rows, of_spans

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> list[TokenVectors]:
        prefix = self._folder.query_prefix if query else self._folder.passage_prefix
        found = [TokenVectors(self._empty(0), ())] * len(texts)
        for chosen, tokens, _, offsets in self._batches([prefix + text for text in texts]):
            for place, index in enumerate(chosen):
                found[index] = own_tokens(tokens[place], offsets[place], len(prefix))
        return found

    def _rows(self, texts: list[str]) -> Matrix:
        rows = self._empty(len(texts))
        for chosen, tokens, mask, _ in self._batches(texts):
            rows[chosen] = pool(tokens, mask, self._folder.pooling)
        return rows

    def _empty(self, count: int) -> Matrix:
        return np.zeros((count, self._identity.dimension), dtype=np.float32)

    def _batches(
        self, texts: list[str]
    ) -> Iterator[tuple[list[int], NDArray[np.float32], NDArray[np.int64], list[Offsets]]]:
        """Indices, token vectors (b, t, d), mask (b, t) and offsets, by batches of like length."""
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            encodings = self._tokenizer.encode_batch([texts[index] for index in chosen])
            mask = np.array([e.attention_mask for e in encodings], dtype=np.int64)
            feeds = {
                "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
                "attention_mask": mask,
                "token_type_ids": np.zeros_like(mask),
            }
            used = {name: value for name, value in feeds.items() if name in self._inputs}
            tokens = self._session.run(None, used)[0]
            yield chosen, tokens, mask, [e.offsets for e in encodings]
