"""Cases form around the record that was there first, in whichever order documents come."""

import dataclasses
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from casequote.corpus.document import Document, Link
from casequote.corpus.ingest import ingest
from casequote.corpus.library import Library
from casequote.corpus.linked_cases import link_documents
from tests.factories import add, article, record, write_files

OWN = Link(1.0, "named after its title")


def loose_record(case: str, title: str, **changes: object) -> Document:
    """A record without a stated case, as a page of a database is."""
    return dataclasses.replace(record(id=case, title=title, **changes), link=OWN)


STATED = record(id="harbour", title="Operation Harbour Light")
FIRST = loose_record("operation-harbour-light", "Operation Harbour Light")
SECOND = loose_record("harbour-light-ph", "Operation “Harbour-Light” (Philippines)")
THIRD = loose_record("the-harbour-light-case", "The Harbour Light Case")
SEQUEL = loose_record("harbour-light-ii", "Operation Harbour Light II")
LATER = loose_record("harbour-light-2020", "Operation Harbour Light", period="2020")
REPORT = article("Operation Harbour Light ended. Operation Harbour Light was long.", id="report")
OTHER = article("A fire broke out in Cebu.", id="other")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "library")


def cases(library: Library) -> dict[str, str | None]:
    return {d.id: d.case for d in library.documents()}


def add_one_by_one(library: Library, documents: Sequence[Document]) -> None:
    for document in documents:
        add(library, document)
        list(link_documents(library))


def test_a_record_joins_the_case_that_was_there_first(library: Library) -> None:
    add_one_by_one(library, [SECOND, FIRST])
    assert cases(library) == {FIRST.id: SECOND.case, SECOND.id: SECOND.case}
    first = library.document(FIRST.id)
    assert first.link is not None
    assert first.link.reason == (
        "the record has the case's name 'Operation “Harbour-Light” (Philippines)'"
    )
    assert library.document(SECOND.id).link == OWN


@pytest.mark.parametrize("order", list(permutations([FIRST, SECOND, THIRD])))
@pytest.mark.parametrize("at_once", [True, False])
def test_records_of_one_case_come_together_in_any_order(
    library: Library, order: tuple[Document, ...], at_once: bool
) -> None:
    if at_once:
        add(library, *order)
        list(link_documents(library))
    else:
        add_one_by_one(library, order)
    assert set(cases(library).values()) == {order[0].case}


@pytest.mark.parametrize("order", list(permutations([STATED, FIRST, REPORT])))
def test_a_record_that_states_its_case_is_joined_whenever_it_comes(
    library: Library, order: tuple[Document, ...]
) -> None:
    add_one_by_one(library, order)
    assert set(cases(library).values()) == {"harbour"}


def test_linking_again_changes_nothing(library: Library) -> None:
    add(library, THIRD, FIRST, SECOND, REPORT, OTHER)
    assert {d.id for d in link_documents(library)} == {FIRST.id, SECOND.id, REPORT.id}
    before = (cases(library), library.change)
    for _ in range(3):
        assert list(link_documents(library)) == []
    assert (cases(library), library.change) == before


def test_records_of_other_operations_and_years_stay_apart(library: Library) -> None:
    add(library, FIRST, SEQUEL, LATER, OTHER)
    assert list(link_documents(library)) == []
    assert cases(library) == {
        FIRST.id: FIRST.case,
        SEQUEL.id: SEQUEL.case,
        LATER.id: LATER.case,
        OTHER.id: None,
    }


def test_an_article_follows_the_record_it_is_about(library: Library) -> None:
    add_one_by_one(library, [REPORT, OTHER])
    assert cases(library) == {"report": None, "other": None}
    add_one_by_one(library, [FIRST])
    assert cases(library)["report"] == FIRST.case
    add_one_by_one(library, [STATED])
    assert cases(library) == {
        STATED.id: "harbour",
        FIRST.id: "harbour",
        "report": "harbour",
        "other": None,
    }


def test_an_article_is_linked_by_the_name_of_a_defendant(library: Library) -> None:
    add(library, record(defendants=[{"name": "Juanito Magsaysay"}]))
    add(library, article("Juanito Magsaysay was tried. Juanito Magsaysay wept.", id="trial"))
    [linked] = link_documents(library)
    assert (linked.id, linked.case) == ("trial", "harbour-light")


def test_a_stated_case_is_never_changed(library: Library) -> None:
    stated = article("Operation Harbour Light ended.", id="a", case="another-case")
    add(library, STATED, stated)
    assert list(link_documents(library)) == []
    assert library.document("a") == stated


RECORD = """id: harbour
title: Operation Harbour Light
kind: operation
status: concluded
crime_types: [Fraud]
period: 2014
fact_summary: Three men were arrested.
"""


def test_an_ingest_that_was_stopped_before_linking_is_finished_by_the_next(
    library: Library, tmp_path: Path
) -> None:
    files = write_files(tmp_path / "files", {"a.txt": REPORT.text, "r.yaml": RECORD})

    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(library, [files], stop)
    assert sorted(map(str, cases(library).values())) == ["None", "harbour"]
    report = ingest(library, [files])
    assert [file.outcome.value for file in report.files] == ["unchanged", "unchanged"]
    assert [document.case for document in report.linked] == ["harbour"]
    assert ingest(library, [files]).linked == ()


def test_a_changed_article_is_linked_anew(library: Library, tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", {"a.txt": REPORT.text, "r.yaml": RECORD})
    ingest(library, [files])
    write_files(files, {"a.txt": OTHER.text})
    assert ingest(library, [files]).linked == ()
    assert sorted(map(str, cases(library).values())) == ["None", "harbour"]
