"""What cannot be opened is told as fact, place and remedy; making one is all or nothing."""

import os
import sqlite3
from pathlib import Path

import pytest

from casequote.corpus.errors import LibraryDamaged, LibraryError, LibraryMissing
from casequote.corpus.library import Library
from tests.factories import add, article, make_library, numbered_articles

FILE = "library.sqlite"


def test_a_library_is_made_with_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "library"
    assert not Library.exists(folder)
    Library.create(folder).close()
    assert Library.exists(folder)
    assert Library.open(folder).documents() == []


@pytest.mark.parametrize("make_folder", [False, True])
def test_a_missing_library_is_told_with_the_way_to_make_one(
    tmp_path: Path, make_folder: bool
) -> None:
    folder = tmp_path / "library"
    if make_folder:
        folder.mkdir()
    with pytest.raises(LibraryMissing, match="there is no library; make one with") as caught:
        Library.open(folder)
    assert str(folder) in str(caught.value)
    assert not (folder / FILE).exists()


def test_an_interrupted_making_leaves_no_library_and_can_be_done_again(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()  # what is there before the first transaction
    assert not Library.exists(tmp_path)
    with pytest.raises(LibraryMissing):
        Library.open(tmp_path)
    add(Library.create(tmp_path), article(id="a"))
    assert [d.id for d in Library.open(tmp_path).documents()] == ["a"]


def test_a_library_is_never_made_over_another(tmp_path: Path) -> None:
    make_library(tmp_path, article(id="a"))
    with pytest.raises(LibraryError, match="there is a library already"):
        Library.create(tmp_path)
    assert [d.id for d in Library.open(tmp_path).documents()] == ["a"]


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 90])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert Library.exists(tmp_path)
    with pytest.raises(LibraryDamaged, match=r"is not a readable .* ingest again") as caught:
        Library.open(tmp_path)
    assert str(tmp_path / FILE) in str(caught.value)
    assert (tmp_path / FILE).read_bytes() == content


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("CREATE TABLE contacts (name TEXT)")
    db.close()
    with pytest.raises(LibraryDamaged, match="another program's file; give another folder"):
        Library.open(tmp_path)


def test_a_library_of_another_schema_is_refused(tmp_path: Path) -> None:
    library = make_library(tmp_path, article())
    with library._database.transaction() as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    library.close()
    with pytest.raises(LibraryError, match=r"schema 99, this program uses 1; .* ingest again"):
        Library.open(tmp_path)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match=r"cannot be made .*; check"):
        Library.create(tmp_path / "file")
    with pytest.raises(LibraryMissing):
        Library.open(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LibraryError, match="check"):
        Library.create(tmp_path / "library")
    with pytest.raises(LibraryError, match="check"):
        Library.create(tmp_path)
    tmp_path.chmod(0o700)


def test_damage_inside_the_file_is_told_by_every_call_and_as_a_fault(tmp_path: Path) -> None:
    library = make_library(tmp_path, *numbered_articles(40))
    library.close()
    path = tmp_path / FILE
    content = bytearray(path.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    for start in range(page, len(content), page):
        content[start : start + 200] = b"\xff" * 200
    path.write_bytes(content)
    with pytest.raises(LibraryDamaged, match="not a readable library"):
        Library.open(tmp_path)


def test_damage_to_some_pages_is_a_fault_and_not_an_error_of_sqlite(tmp_path: Path) -> None:
    library = make_library(tmp_path, *numbered_articles(40, case="a-case"))
    [row] = library._db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'documents'")
    root = row["rootpage"]
    library.close()
    path = tmp_path / FILE
    content = bytearray(path.read_bytes())
    page = int.from_bytes(content[16:18], "big")
    content[(root - 1) * page : (root - 1) * page + 200] = b"\xff" * 200
    path.write_bytes(content)
    damaged = Library.open(tmp_path)
    assert damaged.change == 40
    [fault] = damaged.faults()
    assert "restore it from a copy" in fault
    for call in (damaged.documents, damaged.cases, damaged.provenance):
        with pytest.raises(LibraryDamaged, match="restore it from a copy"):
            call()
    with pytest.raises(LibraryDamaged, match="restore it from a copy"):
        add(damaged, article())
