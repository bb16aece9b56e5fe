"""Without room for vectors the library is as good as before, and the next run finishes."""

from pathlib import Path

import pytest

from casequote.corpus.errors import LibraryError
from casequote.corpus.library import Library
from casequote.embeddings import synchronise as module
from casequote.embeddings.synchronise import synchronise
from casequote.embeddings.vector_files import VectorFiles
from tests.factories import FakeEncoder, add, article, make_library, numbered_articles
from tests.full_disk import files_no_larger_than, fill, small_disk

REMEDY = (
    r"the vectors cannot be written \(.*(too large|No space|written).*\); make room on the disk"
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    found = make_library(tmp_path / "library", *numbered_articles(60))
    synchronise(found, FakeEncoder())
    add(found, *(article(f"More of {n}.", id=f"more-{n}") for n in range(60)))
    return found


@pytest.mark.parametrize("size", [10, 500, 4_000])
def test_vectors_that_find_no_room_leave_the_old_ones(library: Library, size: int) -> None:
    files = VectorFiles(library.folder)
    before = {path.name for path in files.folder.iterdir()}
    with files_no_larger_than(size), pytest.raises(LibraryError, match=REMEDY) as caught:
        synchronise(library, FakeEncoder())
    assert str(files.folder) in str(caught.value)
    assert len(files.load(FakeEncoder().identity).segments[0]) == 60
    left = {path.name for path in files.folder.iterdir()} - before
    assert not [name for name in left if "segment" in name]
    encoder = FakeEncoder()
    assert len(synchronise(library, encoder)) == 120
    assert len(encoder.encoded) == 60


def test_what_was_encoded_before_the_disk_was_full_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PASSAGES_PER_SEGMENT", 20)
    disk = tmp_path / "disk"
    with small_disk(disk, 4_000_000):
        library = make_library(disk, *numbered_articles(60))
        filler = fill(disk)
        with filler.open("r+b") as file:
            file.truncate(filler.stat().st_size - 90_000)
        with pytest.raises(LibraryError, match=REMEDY):
            synchronise(library, FakeEncoder(dimension=256))
        filler.unlink()
        encoder = FakeEncoder(dimension=256)
        assert len(synchronise(library, encoder)) == 60
        assert len(encoder.encoded) == 40
        library.close()
