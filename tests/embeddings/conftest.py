"""The real encoders, made once for all tests: the export takes some seconds."""

from pathlib import Path

import pytest

from casequote.embeddings.export import ENGINE, exported_model
from casequote.embeddings.fast_engine import FastEncoder
from casequote.embeddings.model_folder import ModelFolder, find_model
from casequote.embeddings.reference_engine import ReferenceEncoder


@pytest.fixture(scope="session")
def model_folder() -> ModelFolder:
    return find_model()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("encoders")


@pytest.fixture(scope="session")
def exported(model_folder: ModelFolder, cache: Path) -> Path:
    return exported_model(model_folder, cache)


@pytest.fixture(scope="session")
def fast(model_folder: ModelFolder, exported: Path) -> FastEncoder:
    return FastEncoder(model_folder, exported, ENGINE)


@pytest.fixture(scope="session")
def reference(model_folder: ModelFolder) -> ReferenceEncoder:
    return ReferenceEncoder(model_folder)
