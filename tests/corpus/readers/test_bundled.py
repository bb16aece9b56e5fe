"""The records and articles that come with the program are read without a problem."""

from importlib import resources

import pytest

from casequote.corpus.document import STATED, DocumentKind
from casequote.corpus.readers import read_bytes

FILES = sorted(
    (
        file
        for folder in ("records", "articles")
        for file in (resources.files("casequote.corpus") / "data" / folder).iterdir()
        if file.name.endswith(".yaml")
    ),
    key=lambda file: file.name,
)


def test_there_are_records_and_articles() -> None:
    assert len(FILES) > 300


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".yaml"))
def test_every_bundled_file_is_read(file: resources.abc.Traversable) -> None:
    reading = read_bytes(file.read_bytes(), file.name)
    assert reading.problems == ()
    [document] = reading.documents
    name = file.name.removesuffix(".yaml")
    assert document.id == (f"{name}--record" if document.kind is DocumentKind.RECORD else name)
    assert document.case is not None
    assert document.link == STATED
    for field in document.fields:
        quoted = document.quote(field)
        assert quoted == quoted.strip() != ""
