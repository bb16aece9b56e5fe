"""Model folder → an ONNX file for the fast engine, made once and kept in the cache folder.

The only place that needs torch after installation. The export is checked against the reference
engine on built-in sentences before it is published; what falls short is refused.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from casequote.corpus.errors import EncoderError
from casequote.embeddings.fast_engine import FastEncoder
from casequote.embeddings.model_folder import ModelFolder
from casequote.embeddings.reference_engine import ReferenceEncoder, load_model

LEAST_COSINE = 0.985
KEPT_EXACT = re.compile(r"layer\.[01]/output/dense/MatMul$")
"""Products that stay in 32 bits: after the activation of the first two layers a few values are so
large that eight bits for all of them lose the rest. On the bundled collection the least cosine to
the reference rises from .974 to .987 for a tenth of the speed."""
ENGINE = "onnx-int8-2"
"""The number is raised whenever the export changes: older files and vectors are not used then."""

CHECK_SENTENCES = (
    "Which agencies took part in the operation?",
    "Fifty-eight suspects were arrested in raids on 30 April and 1 May 2014.",
    "The court sentenced him to 17 years and six months' imprisonment.",
    "Officers seized 250 pieces of electronic equipment, among them phones and laptops.",
    "Victims were befriended on social media, recorded, and then asked for money.",
    "Extradition from Nigeria followed negotiations that excluded the death penalty.",
    "INTERPOL coordinated; Europol, Eurojust and the Federal Bureau of Investigation supported.",
    "blackmail",
    "The operator of the mixing service forfeited more than 4,400 bitcoin (USD 1.5 million).",
    "Der Angeklagte wurde wegen Computerbetrugs verurteilt.",
)


def exported_file(folder: ModelFolder, cache: Path) -> Path:
    """Where the export of a model lies, whether or not it exists yet."""
    return cache / f"{folder.weights[:16]}-{ENGINE}" / "model.onnx"


def exported_model(folder: ModelFolder, cache: Path) -> Path:
    """The exported, quantised and checked model file; made on first use (needs torch).

    Raises EncoderError when the model cannot be exported faithfully.
    """
    target = exported_file(folder, cache)
    if target.is_file():
        return target
    if folder.pooling == "other":
        raise EncoderError(
            f"model {folder.name}: the fast engine pools by mean or first token only; "
            "set CASEQUOTE_ENGINE=reference to use this model"
        )
    target.parent.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="export-", dir=target.parent.parent))
    try:
        _export(folder, work / "fp32.onnx")
        _quantise(work / "fp32.onnx", work / "model.onnx")
        (work / "fp32.onnx").unlink()
        _check(folder, work / "model.onnx")
        _publish(work, target.parent)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return target


def _export(folder: ModelFolder, target: Path) -> None:
    import torch

    model = load_model(folder)[0].auto_model.eval()
    names = ["input_ids", "attention_mask"]
    if getattr(model.config, "type_vocab_size", 0) > 1:
        names.append("token_type_ids")

    class TokenVectors(torch.nn.Module):
        """The model with its inputs by position and its token vectors alone as output."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: torch.Tensor) -> torch.Tensor:
            output: torch.Tensor = self.model(**dict(zip(names, inputs, strict=True)))[0]
            return output

    ids = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "batch", 1: "tokens"} for name in [*names, "last_hidden_state"]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns about its own deprecation
        torch.onnx.export(
            TokenVectors(),
            tuple(ids for _ in names),
            str(target),
            input_names=names,
            output_names=["last_hidden_state"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )


def _quantise(source: Path, target: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    nodes = [node.name for node in onnx.load(source).graph.node]
    with _quiet():
        quantize_dynamic(
            str(source),
            str(target),
            per_channel=True,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[name for name in nodes if KEPT_EXACT.search(name)],
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Onnxruntime advises through the root logger on every call; users cannot act on it."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(before)


def _check(folder: ModelFolder, model: Path) -> None:
    reference = ReferenceEncoder(folder).encode(CHECK_SENTENCES)
    fast = FastEncoder(folder, model, ENGINE).encode(CHECK_SENTENCES)
    least = float(np.sum(reference * fast, axis=1).min())
    if least < LEAST_COSINE:
        raise EncoderError(
            f"model {folder.name}: the exported model differs from the reference (cosine "
            f"{least:.4f}, at least {LEAST_COSINE} is needed); the reference engine is used"
        )


def _publish(work: Path, target: Path) -> None:
    for file in work.iterdir():
        with file.open("rb") as handle:
            os.fsync(handle.fileno())
    try:
        work.rename(target)
    except OSError:
        if not (target / "model.onnx").is_file():  # else another process was first
            raise
