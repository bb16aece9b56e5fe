import pytest

from casequote.server.assistant import Assistant
from tests.collection import collection_assistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return collection_assistant(tmp_path_factory.mktemp("collection") / "library")
