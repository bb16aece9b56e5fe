"""Settings: environment variables `CASEQUOTE_…` → checked values. Unknown names are errors."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from casequote.corpus.errors import InvalidRequest
from casequote.embeddings.model_folder import DEFAULT_MODEL

PREFIX = "CASEQUOTE_"


class Settings(BaseSettings):
    """What an operator may set; each has a default that needs nothing."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    library: Path = Path(platformdirs.user_data_dir("casequote", appauthor=False)) / "library"
    """Folder of the library."""
    cache: Path = Path(platformdirs.user_cache_dir("casequote", appauthor=False))
    """Folder of the exported model."""
    model: str = DEFAULT_MODEL
    """A sentence-transformers folder or a hub name in the local cache."""
    engine: Literal["fast", "reference"] = "fast"
    """`fast` is onnxruntime, `reference` is sentence-transformers on torch."""
    threads: Annotated[int, Field(ge=0, le=256)] = 0
    """Threads of the fast engine; 0 leaves it to onnxruntime."""
    conversations: Annotated[int, Field(ge=1, le=1_000_000)] = 1_000
    """Conversations that the server remembers, the latest ones."""

    @field_validator("library", "cache")
    @classmethod
    def _expanded(cls, path: Path) -> Path:
        return path.expanduser()


def read_settings() -> Settings:
    """The settings of this process. Raises InvalidRequest naming the variable and the remedy."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise InvalidRequest(
            f"environment: {', '.join(unknown)} is no setting; the settings are "
            f"{', '.join(sorted(known))}"
        )
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise InvalidRequest(f"environment: {name}: {first['msg']}; correct or unset it") from error
