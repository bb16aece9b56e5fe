from importlib.resources import as_file, files

import pytest

from casequote.corpus.ingest import ingest
from casequote.corpus.library import Library
from casequote.prompts.exercises.collection import Collection
from casequote.prompts.exercises.generator import Generator
from casequote.prompts.exercises.similar import FieldLikeness


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Every bundled record and article; nothing is encoded."""
    library = Library.create(tmp_path_factory.mktemp("exercises") / "library")
    with as_file(files("casequote.corpus").joinpath("data")) as data:
        assert ingest(library, [data / "records", data / "articles"]).complete
    return library


@pytest.fixture(scope="session")
def generator(bundled: Library) -> Generator:
    return make_generator(bundled)


def make_generator(library: Library) -> Generator:
    collection = Collection(library)
    return Generator(collection, FieldLikeness(collection))
