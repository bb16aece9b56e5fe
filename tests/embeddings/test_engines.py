"""The fast engine says what the reference engine says, and needs no torch once exported."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from casequote.corpus.errors import EncoderError
from casequote.corpus.passages import passages
from casequote.corpus.readers import read_file
from casequote.embeddings import export
from casequote.embeddings.export import exported_file, exported_model
from casequote.embeddings.fast_engine import FastEncoder
from casequote.embeddings.model_folder import ModelFolder
from casequote.embeddings.reference_engine import ReferenceEncoder

FRESH = """
import sys
from pathlib import Path
from casequote.embeddings.export import ENGINE, exported_model
from casequote.embeddings.fast_engine import FastEncoder
from casequote.embeddings.model_folder import find_model
folder = find_model()
encoder = FastEncoder(folder, exported_model(folder, Path(sys.argv[1])), ENGINE)
rows, _ = encoder.encode_spans(["Officers seized 250 phones."], [[(0, 8)]])
heavy = {"torch", "transformers", "sentence_transformers", "onnx"} & set(sys.modules)
print(rows.shape, sorted(heavy))
"""


def bundled_passages(count: int) -> list[str]:
    folder = Path(str(files("casequote.corpus"))) / "data" / "articles"
    found: list[str] = []
    for path in sorted(folder.iterdir()):
        for document in read_file(path).documents:
            found += [document.text[p.start : p.end] for p in passages(document)]
    return sorted(found, key=len, reverse=True)[:: max(1, len(found) // count)][:count]


def test_fast_vectors_are_near_the_reference_on_bundled_passages(
    fast: FastEncoder, reference: ReferenceEncoder
) -> None:
    texts = bundled_passages(60)
    assert len(texts) >= 50
    cosines = np.sum(fast.encode(texts) * reference.encode(texts), axis=1)
    assert cosines.min() >= 0.985
    assert cosines.mean() >= 0.99


def test_fast_spans_are_near_the_reference(fast: FastEncoder, reference: ReferenceEncoder) -> None:
    texts = [text for text in bundled_passages(10) if len(text) > 60]
    spans = [[(0, len(text) // 2), (len(text) // 2, len(text))] for text in texts]
    ours, theirs = fast.encode_spans(texts, spans)[1], reference.encode_spans(texts, spans)[1]
    cosines = [np.sum(a * b, axis=1).min() for a, b in zip(ours, theirs, strict=True)]
    assert min(cosines) >= 0.97


def test_both_engines_have_the_same_weights_and_dimension(
    fast: FastEncoder, reference: ReferenceEncoder
) -> None:
    assert fast.identity.weights == reference.identity.weights
    assert fast.identity.dimension == reference.identity.dimension == 384
    assert fast.identity.engine != reference.identity.engine


def test_encoding_after_the_export_needs_no_torch(exported: Path, cache: Path) -> None:
    fresh = subprocess.run(
        [sys.executable, "-W", "error", "-c", FRESH, cache],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (fresh.returncode, fresh.stdout.strip()) == (0, "(1, 384) []"), fresh.stderr


def test_the_export_is_one_file_in_a_folder_named_for_the_weights(
    model_folder: ModelFolder, exported: Path, cache: Path
) -> None:
    assert exported == exported_file(model_folder, cache)
    assert model_folder.weights[:16] in exported.parent.name
    assert [path.name for path in cache.rglob("*") if path.is_file()] == ["model.onnx"]
    assert exported_model(model_folder, cache) == exported


def test_a_model_that_pools_in_another_way_is_not_exported(
    model_folder: ModelFolder, tmp_path: Path
) -> None:
    other = ModelFolder(
        name="other", path=model_folder.path, weights="0" * 64, max_tokens=256, pooling="other"
    )
    with pytest.raises(EncoderError, match="set CASEQUOTE_ENGINE=reference"):
        exported_model(other, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_differs_from_the_reference_is_refused_and_not_kept(
    model_folder: ModelFolder,
    exported: Path,
    reference: ReferenceEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # pooled by its first token, the model is another one
    wrong = ModelFolder(
        model_folder.name, model_folder.path, model_folder.weights, 256, pooling="cls"
    )
    monkeypatch.setattr(export, "_export", lambda folder, target: target.touch())
    monkeypatch.setattr(
        export, "_quantise", lambda source, target: target.write_bytes(exported.read_bytes())
    )
    monkeypatch.setattr(export, "ReferenceEncoder", lambda folder: reference)
    with pytest.raises(EncoderError, match=r"differs from the reference \(cosine 0\.\d+, at least"):
        exported_model(wrong, tmp_path)
    assert not exported_file(wrong, tmp_path).exists()
    assert list(tmp_path.iterdir()) == []
