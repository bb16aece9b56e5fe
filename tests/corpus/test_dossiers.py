from pathlib import Path

import pytest

from casequote.corpus.dossiers import LONGEST_NOTE, LONGEST_TITLE, Dossiers, Kept
from casequote.corpus.errors import InvalidRequest, LibraryDamaged, NotInLibrary

PASSAGE = Kept("passage", "a-case", "these words", "a-document", 3, 14, "note")


def test_what_is_kept_is_there_in_its_order_and_once(tmp_path: Path) -> None:
    dossiers = Dossiers(tmp_path)
    number = dossiers.create("  For   the course ")
    dossiers.keep(number, PASSAGE)
    dossiers.keep(number, Kept("case", "a-case", "A case"))
    dossiers.keep(number, PASSAGE)
    found = Dossiers(tmp_path).dossier(number)
    assert found.title == "For the course"
    assert [kept.words for kept in found.kept] == ["these words", "A case"]
    first = found.kept[0]
    assert (first.document, first.start, first.end, first.note) == ("a-document", 3, 14, "note")


def test_notes_change_and_things_are_taken_out(tmp_path: Path) -> None:
    dossiers = Dossiers(tmp_path)
    number = dossiers.create("One")
    other = dossiers.create("Other")
    dossiers.keep(number, PASSAGE)
    [kept] = dossiers.dossier(number).kept
    dossiers.drop(other, kept.id)  # not in that one
    dossiers.annotate(number, kept.id, "x" * (LONGEST_NOTE + 1))
    assert len(dossiers.dossier(number).kept[0].note) == LONGEST_NOTE
    dossiers.drop(number, kept.id)
    assert dossiers.dossier(number).kept == ()
    dossiers.describe(number, "Renamed", "About")
    assert (dossiers.dossier(number).title, dossiers.dossier(number).note) == ("Renamed", "About")
    dossiers.delete(number)
    assert [dossier.id for dossier in dossiers.all()] == [other]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    dossiers = Dossiers(tmp_path)
    for act in (
        lambda: dossiers.dossier(7),
        lambda: dossiers.delete(7),
        lambda: dossiers.keep(7, PASSAGE),
        lambda: dossiers.describe(7, "x", ""),
    ):
        with pytest.raises(NotInLibrary, match="dossier 7"):
            act()


@pytest.mark.parametrize("title", ["", "  \n "])
def test_a_dossier_needs_a_title(tmp_path: Path, title: str) -> None:
    with pytest.raises(InvalidRequest, match="no title"):
        Dossiers(tmp_path).create(title)
    assert len(Dossiers(tmp_path).dossier(Dossiers(tmp_path).create("x" * 999)).title) == (
        LONGEST_TITLE
    )


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "dossiers.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(LibraryDamaged, match=r"dossiers\.sqlite"):
        Dossiers(tmp_path).all()
