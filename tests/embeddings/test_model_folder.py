"""A configured name becomes a model folder, or an error that says what to do."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from casequote.corpus.errors import EncoderError
from casequote.embeddings import model_folder as module
from casequote.embeddings.model_folder import DEFAULT_MODEL, DEFAULT_WEIGHTS, find_model

OLD_POOLING = {"word_embedding_dimension": 4, "pooling_mode_cls_token": False}


def model(
    folder: Path,
    files: Mapping[str, object] | None = None,
    *,
    kinds: tuple[str, ...] = ("Transformer", "Pooling"),
) -> str:
    """A folder laid out as sentence-transformers does, with weights that are none."""
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"weights")
    modules = [
        {"idx": n, "path": "1_Pooling" if kind == "Pooling" else "", "type": f"a.b.{kind}"}
        for n, kind in enumerate(kinds)
    ]
    contents = {
        "modules": modules,
        "1_Pooling/config": OLD_POOLING | {"pooling_mode_mean_tokens": True},
    }
    for name, content in (contents | dict(files or {})).items():
        path = folder / f"{name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content))
    return str(folder)


def test_the_default_is_the_published_model() -> None:
    found = find_model()
    assert (found.name, found.weights) == (DEFAULT_MODEL, DEFAULT_WEIGHTS)
    assert (found.max_tokens, found.pooling) == (256, "mean")
    assert (found.query_prefix, found.passage_prefix) == ("", "")
    assert found.tokenizer_file.is_file()


def test_other_weights_under_the_default_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(model(tmp_path / "model"))
    monkeypatch.setattr(module, "_locate", lambda name: folder)
    with pytest.raises(
        EncoderError, match=r"sha256 is .* not the published .*; reinstall"
    ) as caught:
        find_model()
    assert str(folder / "model.safetensors") in str(caught.value)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    model(tmp_path / "model")
    (tmp_path / "model" / "model.safetensors").unlink()
    with pytest.raises(EncoderError, match=r"holds no model\.safetensors; give a complete"):
        find_model(str(tmp_path / "model"))


@pytest.mark.parametrize(
    "name", ["no-such-model", "nobody/no-such-model", "not a name!", "/no/where"]
)
def test_an_unknown_model_is_told_with_what_may_be_given(name: str) -> None:
    with pytest.raises(EncoderError, match="neither a folder nor in the local hub cache; give"):
        find_model(name)


@pytest.mark.parametrize(
    ("config", "pooling"),
    [
        (OLD_POOLING | {"pooling_mode_mean_tokens": True}, "mean"),
        (OLD_POOLING | {"pooling_mode_cls_token": True}, "cls"),
        (OLD_POOLING | {"pooling_mode_max_tokens": True}, "other"),
        ({"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True}, "other"),
        ({"pooling_mode": "mean", "embedding_dimension": 4}, "mean"),
        ({"pooling_mode": "cls"}, "cls"),
        ({"pooling_mode": "lasttoken"}, "other"),
        ({"pooling_mode": ["mean", "max"]}, "other"),
    ],
)
def test_how_token_vectors_become_one(
    tmp_path: Path, config: dict[str, object], pooling: str
) -> None:
    assert find_model(model(tmp_path / "model", {"1_Pooling/config": config})).pooling == pooling


@pytest.mark.parametrize(
    ("kinds", "pooling"),
    [
        (("Transformer", "Pooling"), "mean"),
        (("Transformer", "Pooling", "Normalize"), "mean"),
        (("Transformer", "Pooling", "Dense"), "other"),
        (("Transformer",), "other"),
    ],
)
def test_models_with_more_modules_are_not_for_the_fast_engine(
    tmp_path: Path, kinds: tuple[str, ...], pooling: str
) -> None:
    assert find_model(model(tmp_path / "model", kinds=kinds)).pooling == pooling


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({"sentence_bert_config": {"max_seq_length": 256}}, 256),
        ({"sentence_bert_config": {}, "tokenizer_config": {"model_max_length": 128}}, 128),
        (
            {
                "tokenizer_config": {"model_max_length": 10**30},
                "config": {"max_position_embeddings": 512},
            },
            512,
        ),
        ({}, 512),
    ],
)
def test_the_limit_of_tokens(tmp_path: Path, files: dict[str, object], limit: int) -> None:
    assert find_model(model(tmp_path / "model", files)).max_tokens == limit


def test_prefixes_are_those_of_the_model(tmp_path: Path) -> None:
    config = {"prompts": {"query": "query: ", "document": "passage: "}}
    found = find_model(model(tmp_path / "model", {"config_sentence_transformers": config}))
    assert (found.query_prefix, found.passage_prefix) == ("query: ", "passage: ")
    assert found.name == "model"


def test_the_packaged_model_may_be_given_as_a_folder(tmp_path: Path) -> None:
    shutil.copytree(find_model().path, tmp_path / "copy")
    found = find_model(str(tmp_path / "copy"))
    assert (found.weights, found.pooling, found.max_tokens) == (DEFAULT_WEIGHTS, "mean", 256)
