"""What is stored comes back as it was; what is asked for is exact."""

import dataclasses
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from casequote.corpus.document import Document, DocumentKind, FieldName, Link
from casequote.corpus.errors import NotInLibrary
from casequote.corpus.library import Library
from casequote.corpus.passages import passages
from tests.factories import (
    add,
    article,
    linked,
    make_library,
    numbered_articles,
    provenance,
    record,
)
from tests.strategies import documents


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.create(tmp_path / "library")


@given(documents())
@settings(max_examples=60)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = make_library(Path(folder), document)
        library.close()
        again = Library.open(Path(folder))
        assert again.document(document.id) == document
        assert again.document(document.id).content_hash == document.content_hash
        stored = again.passages(again.passage_ids())
        assert [(p.start, p.end, p.section, p.sentences) for p in stored] == [
            (p.start, p.end, p.section, p.sentences) for p in passages(document)
        ]
        assert again.faults() == []
        again.close()


def test_a_document_replaces_the_one_with_its_id(library: Library) -> None:
    add(library, article("The first zebrafish.", id="a"), article("Another.", id="b"))
    before = library.passage_ids(documents=["a"])
    add(library, article("The second wombat.", id="a"))
    assert library.document("a").text == "The second wombat."
    assert [summary.id for summary in library.documents()] == ["a", "b"]
    assert not set(before) & set(library.passage_ids())
    assert library.match_terms('"zebrafish"', 5) == []
    assert [i for i, _ in library.match_terms('"wombat"', 5)] == library.passage_ids(
        documents=["a"]
    )


def test_every_write_counts_as_one_change(library: Library) -> None:
    seen = [library.change]
    for name in ("a", "a", "b"):
        add(library, article(id=name))
        seen.append(library.change)
    library.remove(["a", "b"])
    assert [*seen, library.change] == [0, 1, 2, 3, 4]


def test_a_failed_write_changes_nothing(library: Library) -> None:
    add(library, article(id="a"))
    with pytest.raises(NotInLibrary):
        library.remove(["a", "nowhere"])
    assert (library.change, library.document("a")) == (1, article(id="a"))
    assert library.passage_count() == 1


def test_numbers_of_passages_are_never_given_again(library: Library) -> None:
    add(library, article(id="a"), article(id="b"))
    used = set(library.passage_ids())
    library.remove(["b"])
    add(library, article(id="c"))
    assert not used & set(library.passage_ids(documents=["c"]))
    library.remove(["a", "c"])
    add(library, article(id="d"))
    assert min(library.passage_ids()) > max(used) + 1


def test_passages_come_in_the_order_asked_for_without_unknown_ones(library: Library) -> None:
    add(library, *numbered_articles(4))
    ids = library.passage_ids()
    wanted = [ids[3], 999, ids[0], ids[2]]
    assert [p.id for p in library.passages(wanted)] == [ids[3], ids[0], ids[2]]
    assert library.passages([]) == []


def test_passage_ids_of_cases_and_documents(library: Library) -> None:
    add(library, record(), article(id="a", case="harbour-light"), article(id="b"))
    of_case = library.passage_ids(cases=["harbour-light"])
    of_b = library.passage_ids(documents=["b"])
    assert set(of_case) | set(of_b) == set(library.passage_ids())
    assert not set(of_case) & set(of_b)
    assert library.passage_ids(cases=[]) == library.passage_ids(documents=[]) == []
    assert {p.document for p in library.passages(of_case)} == {"harbour-light--record", "a"}


def test_a_case_has_the_title_and_names_of_its_record(library: Library) -> None:
    add(
        library,
        article(id="a", case="harbour-light", title="Police raid flats"),
        record(aliases=["Harbour"]),
        article(id="loose"),
    )
    [case] = library.cases()
    assert (case.id, case.title) == ("harbour-light", "Operation Harbour Light")
    assert case.names == ("Operation Harbour Light", "Harbour")
    assert (case.records, case.articles) == (("harbour-light--record",), ("a",))
    assert library.case("harbour-light") == case


def test_a_record_that_states_its_case_comes_before_one_that_was_linked(library: Library) -> None:
    second = dataclasses.replace(record(title="A later record"), id="a-second--record")
    add(library, linked(second, "harbour-light"), record())
    case = library.case("harbour-light")
    assert (case.title, case.records[0]) == ("Operation Harbour Light", "harbour-light--record")


def test_documents_are_listed_by_case_records_first(library: Library) -> None:
    add(library, article(id="a", case="harbour-light", date="2014-05-01"), record())
    add(library, linked(article(id="b"), "harbour-light"))
    found = library.documents()
    assert [(s.id, s.kind) for s in found] == [
        ("harbour-light--record", DocumentKind.RECORD),
        ("a", DocumentKind.ARTICLE),
        ("b", DocumentKind.ARTICLE),
    ]
    assert (found[1].publisher, found[1].date, found[2].link) == (
        "The Daily",
        "2014-05-01",
        Link(0.8, "named in the text"),
    )


def test_fields_are_exact_over_all_cases_or_some(library: Library) -> None:
    add(
        library,
        record(countries=["Philippines", "UK"]),
        record(id="other", title="Operation Other", countries=["Ghana", "Philippines"]),
    )

    def found(**conditions: object) -> list[tuple[str, str]]:
        rows = library.fields(FieldName.COUNTRIES, **conditions)  # type: ignore[arg-type]
        texts = [
            library.document(row.document).text[row.field.start : row.field.end] for row in rows
        ]
        return list(zip([row.case for row in rows], texts, strict=True))

    here, there = "harbour-light", "other"
    assert found() == [
        (here, "Philippines"),
        (here, "UK"),
        (there, "Ghana"),
        (there, "Philippines"),
    ]
    assert found(cases=[there]) == [(there, "Ghana"), (there, "Philippines")]
    assert found(value="Philippines") == [(here, "Philippines"), (there, "Philippines")]
    assert found(value="United Kingdom of Great Britain and Northern Ireland") == [(here, "UK")]
    assert found(value="philippines") == found(cases=[]) == found(cases=[there], value="UK") == []


def test_fields_keep_what_they_are_about(library: Library) -> None:
    add(library, record())
    [agency] = library.fields(FieldName.AGENCIES)
    assert agency.field == record().items(FieldName.AGENCIES)[0]


def test_publishers_are_those_of_documents_and_of_sources(library: Library) -> None:
    add(library, record(), article(id="a", publisher="Zeitung"), article(id="b", publisher=None))
    assert library.publishers() == ["Police", "The Daily", "Zeitung"]


def test_provenance_is_kept_for_each_document(library: Library) -> None:
    document = article(id="a")
    library.add(document, provenance(document, "folder/a.txt"))
    assert library.provenance() == {"a": provenance(document, "folder/a.txt")}


def test_an_unknown_case_is_told_with_the_nearest(library: Library) -> None:
    add(library, record(), record(id="something-else", title="Else"))
    with pytest.raises(NotInLibrary, match="did you mean harbour-light") as caught:
        library.case("harbor-light")
    assert str(library.folder) in str(caught.value)
    with pytest.raises(NotInLibrary) as caught:
        library.case("qqqq")
    assert "did you mean" not in str(caught.value)
    assert "casequote cases" in str(caught.value)


def test_an_unknown_document_is_told_with_a_remedy(library: Library) -> None:
    add(library, record())
    with pytest.raises(NotInLibrary, match="did you mean harbour-light--record"):
        library.document("harbour-light--recrd")
    with pytest.raises(NotInLibrary, match=r"'nowhere' is not .*casequote show"):
        library.document("nowhere")
    with pytest.raises(NotInLibrary, match="'nowhere' is not in the library"):
        library.remove(["nowhere"])


def test_words_are_found_in_text_section_and_case_title(library: Library) -> None:
    add(library, record(), article("Nothing special.", id="a", case="harbour-light"))
    [found] = library.match_terms('"agencies"', 5)
    assert library.passages([found[0]])[0].section[-1] == "Involved Agencies"
    titled = {
        p.document for p in library.passages([i for i, _ in library.match_terms("harbour", 50)])
    }
    assert titled == {"harbour-light--record", "a"}


def test_matches_are_best_first_and_within_what_is_asked(library: Library) -> None:
    add(library, article("raid", id="a"), article("raid, a very long story of many words", id="b"))
    first, second = library.passage_ids()
    ranked = library.match_terms('"raid"', 5)
    assert [i for i, _ in ranked] == [first, second]
    assert ranked[0][1] > ranked[1][1] > 0
    assert [i for i, _ in library.match_terms('"raid"', 1)] == [first]
    assert [i for i, _ in library.match_terms('"raid"', 5, [second])] == [second]
    assert library.match_terms('"raid"', 5, []) == []


def test_term_frequencies_count_passages_by_stem(library: Library) -> None:
    add(
        library,
        article("Raids, raided. A raid.\n\nCafé", id="a", title="-"),
        article("raid", id="b", title="-"),
    )
    counts = library.term_frequencies()
    assert (counts["raid"], counts["cafe"]) == (2, 1)
    library.remove(["a"])
    assert library.term_frequencies() == {"raid": 1}


def test_a_sound_library_has_no_faults(library: Library) -> None:
    assert library.faults() == []
    add(library, record(), article("a null \x00 inside, and more", id="a"))
    assert library.faults() == []


def test_passages_that_do_not_fit_their_document_are_a_fault(library: Library) -> None:
    add(library, article(id="a"))
    with library._database.transaction() as db:
        db.execute("UPDATE passages SET end = 10000")
    [fault] = library.faults()
    assert "do not match" in fault
    assert "ingest again" in fault
