"""Without room on the disk a write fails whole, says so, and works once there is room."""

from pathlib import Path

import pytest

from casequote.corpus.errors import LibraryError
from casequote.corpus.ingest import ingest
from casequote.corpus.library import Library
from tests.factories import add, article, make_library, numbered_articles, write_files
from tests.full_disk import files_no_larger_than, fill, small_disk

LONG = " ".join(f"word{number}" for number in range(20_000))
REMEDY = r"make room on the disk .* what was stored is kept"


def test_a_write_without_room_changes_nothing(tmp_path: Path) -> None:
    library = make_library(tmp_path, *numbered_articles(3))
    with files_no_larger_than(100_000), pytest.raises(LibraryError, match=REMEDY):
        add(library, article(LONG, id="long"))
    assert [d.id for d in library.documents()] == ["article-000", "article-001", "article-002"]
    assert (library.change, library.faults()) == (3, [])
    add(library, article(LONG, id="long"))
    assert library.document("long").text == LONG


def test_a_library_cannot_be_made_without_room(tmp_path: Path) -> None:
    with files_no_larger_than(4_096), pytest.raises(LibraryError, match="make room on the disk"):
        Library.create(tmp_path)
    assert not Library.exists(tmp_path)
    Library.create(tmp_path).close()
    assert Library.exists(tmp_path)


def test_an_ingest_without_room_keeps_what_it_had_and_can_be_repeated(tmp_path: Path) -> None:
    texts: dict[str, str | bytes] = {f"{d.id}.txt": d.text for d in numbered_articles(10)}
    files = write_files(tmp_path / "files", texts | {"article-005-long.txt": f"Long.\n\n{LONG}"})
    library = Library.create(tmp_path / "library")
    with files_no_larger_than(150_000), pytest.raises(LibraryError, match=REMEDY):
        ingest(library, [files])
    assert 0 < len(library.documents()) < 11
    library.close()
    again = Library.open(tmp_path / "library")
    assert again.faults() == []
    assert ingest(again, [files]).complete
    assert len(again.documents()) == 11


def test_a_real_full_disk_is_no_different(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, 4_000_000):
        library = make_library(disk, *numbered_articles(3))
        filler = fill(disk)
        with pytest.raises(LibraryError, match=REMEDY):
            add(library, article(LONG, id="long"))
        assert (library.change, len(library.documents())) == (3, 3)
        filler.unlink()
        add(library, article(LONG, id="long"))
        library.close()
        again = Library.open(disk)
        assert (again.change, again.faults()) == (4, [])
        again.close()
