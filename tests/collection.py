"""Part of the bundled collection as a library with the fake encoder, for tests of answers."""

from importlib.resources import as_file, files
from pathlib import Path

from casequote.corpus.ingest import ingest
from casequote.corpus.library import Library
from casequote.embeddings.synchronise import synchronise
from casequote.server.assistant import Assistant
from tests.factories import FakeEncoder

CASES = (
    "operation-strikeback-2014",
    "operation-strikeback-ii-2014",
    "us-v-ogoshi",
    "us-v-mijangos",
    "us-v-abrahams",
    "us-v-aina-abiodun-pennsylvania",
    "alphabay-hansa-bayonet-gravesac",
    "anom-trojan-shield",
    "avalanche-network",
    "coban-netherlands-canada",
    "emotet-operation-ladybird",
    "encrochat",
    "infraud-organization",
    "korea-baksabang-cho-ju-bin",
    "norway-operation-sandra",
    "uk-croft",
    "uk-falder",
    "uk-sondhi",
    "welcome-to-video",
    "canada-2018-mbca-48",
)


def collection_library(folder: Path) -> Library:
    """The library of those cases in `folder`."""
    library = Library.create(folder)
    with as_file(files("casequote.corpus").joinpath("data")) as data:
        records = [data / "records" / f"{case}.yaml" for case in CASES]
        articles = [p for case in CASES for p in sorted((data / "articles").glob(f"{case}--*"))]
        report = ingest(library, [*records, *articles])
    assert report.complete
    return library


def collection_assistant(folder: Path) -> Assistant:
    """An assistant over those cases."""
    library = collection_library(folder)
    encoder = FakeEncoder(dimension=256)
    return Assistant(library, encoder, synchronise(library, encoder))
