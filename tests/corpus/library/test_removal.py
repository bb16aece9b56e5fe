"""What is removed is gone: from the tables, from the terms and from the bytes on disk."""

from pathlib import Path

import pytest

from casequote.corpus.library import Library
from tests.factories import add, article, make_library, numbered_articles, record

NAME = "Quetzalcoatl"
TEXT = f"{NAME} sailed. The {NAME}s rested near Xochimilco.\n\nAgain {NAME} fled."


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir()).lower()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    secret = article(TEXT, id="secret", title=f"About {NAME}", publisher=NAME)
    return make_library(tmp_path, *numbered_articles(30), secret, record())


def test_nothing_of_a_removed_document_is_found(library: Library) -> None:
    ids = library.passage_ids(documents=["secret"])
    assert library.match_terms(f'"{NAME}"', 5)
    library.remove(["secret"])
    assert "secret" not in {d.id for d in library.documents()}
    assert library.passages(ids) == []
    assert not set(ids) & set(library.passage_ids())
    assert library.match_terms(f'"{NAME}"', 5) == []
    assert NAME.lower() not in " ".join(library.term_frequencies())
    assert NAME not in library.publishers()
    assert library.faults() == []


def test_no_byte_of_a_removed_text_stays_in_the_files(library: Library, tmp_path: Path) -> None:
    stem = NAME.lower().encode()
    assert stem in bytes_of(tmp_path)
    library.remove(["secret"])
    left = bytes_of(tmp_path)
    assert stem not in left
    assert b"xochimilco" not in left
    assert b"vessel7" in left


def test_bytes_are_gone_too_when_the_document_was_old(library: Library, tmp_path: Path) -> None:
    library.close()  # the text moves from the log into the file
    again = Library.open(tmp_path)
    again.remove(["secret"])
    assert NAME.lower().encode() not in bytes_of(tmp_path)
    again.close()
    assert NAME.lower().encode() not in bytes_of(tmp_path)


def test_a_text_that_was_replaced_is_gone_with_the_next_removal(
    library: Library, tmp_path: Path
) -> None:
    add(library, article("Nothing to see.", id="secret", title="-"))
    assert library.match_terms(f'"{NAME}"', 5) == []
    library.remove(["article-000"])
    assert NAME.lower().encode() not in bytes_of(tmp_path)


def test_removing_a_record_leaves_the_articles_of_its_case(library: Library) -> None:
    add(library, article(id="report", case="harbour-light", title="Report"))
    library.remove(["harbour-light--record"])
    case = library.case("harbour-light")
    assert (case.title, case.records, case.articles) == ("Report", (), ("report",))


def test_removing_nothing_is_allowed(library: Library) -> None:
    count = library.passage_count()
    library.remove([])
    assert library.passage_count() == count
