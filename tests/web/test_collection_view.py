from pathlib import Path

from casequote.corpus.library import Library
from casequote.web.browse_view import Wanted, browse
from casequote.web.case_file import case_file
from casequote.web.collection_view import Example, case_view, collection
from casequote.web.views import ask_page, case_page, cases_page
from tests.factories import article, linked, make_library, record
from tests.web.html_text import all_of, one


def a_library(folder: Path) -> Library:
    return make_library(
        folder,
        record(),
        record(
            id="quiet-sea",
            title='Operation "Quiet Sea" (Singapore)',
            aliases=["Operation Quiet Sea"],
            agencies=[{"name": name} for name in ("Coast Guard", "Harbour Police")],
        ),
        article(id="first", case="harbour-light"),
        linked(article(id="second", title="Guessed"), "harbour-light"),
        article(id="stray", title="Stray"),
    )


def test_cases_are_listed_with_their_documents(tmp_path: Path) -> None:
    library = a_library(tmp_path)
    found = collection(library)
    listed = [(entry.summary.id, entry.path, entry.documents) for entry in found.cases]
    assert listed == [
        ("quiet-sea", "/cases/quiet-sea", 1),
        ("harbour-light", "/cases/harbour-light", 3),
    ]
    assert [entry.summary.id for entry in found.unlinked] == ["stray"]
    assert found.documents == 5
    html = cases_page(browse(library, Wanted()), found)
    assert "3 documents" in one(html, "main").text
    assert all_of(html, "a", href="/documents/stray")


def test_examples_name_cases_that_state_most_and_no_case_twice(tmp_path: Path) -> None:
    assert collection(a_library(tmp_path)).examples == (
        Example("agencies", "Operation Quiet Sea"),
        Example("countries", "Philippines"),
    )


def test_examples_are_links_to_their_answers(tmp_path: Path) -> None:
    html = ask_page(collection(a_library(tmp_path)))
    questions = {
        a.text: a.attributes["href"]
        for a in all_of(html, "a")
        if any(e.attributes.get("class") == "examples" for e in a.within)
    }
    assert questions == {
        "Which agencies took part in Operation Quiet Sea?": (
            "/?q=Which+agencies+took+part+in+Operation+Quiet+Sea%3F"
        ),
        "Which cases involve Philippines?": "/?q=Which+cases+involve+Philippines%3F",
    }


def test_an_empty_library_has_no_examples(tmp_path: Path) -> None:
    library = Library.create(tmp_path)
    found = collection(library)
    assert found.examples == ()
    assert "0 cases" in one(ask_page(found), "main").text
    assert "no case yet" in one(cases_page(browse(library, Wanted()), found), "main").text


def test_a_case_lists_its_documents_and_how_sure_they_are(tmp_path: Path) -> None:
    library = a_library(tmp_path)
    view = case_view(library, library.case("harbour-light"))
    assert [entry.summary.id for entry in view.records] == ["harbour-light--record"]
    assert [entry.summary.id for entry in view.articles] == ["first", "second"]
    text = one(case_page(case_file(library, library.case("harbour-light"))), "main").text
    assert text.count("80% sure: named in the text") == 1


def test_a_case_gives_its_other_names(tmp_path: Path) -> None:
    library = a_library(tmp_path)
    view = case_view(library, library.case("quiet-sea"))
    assert view.other_names == ("Operation Quiet Sea",)


def test_a_case_counts_its_victims_among_its_facts_and_names_none(tmp_path: Path) -> None:
    told = {
        "count": "12",
        "age_range": "13 to 17",
        "countries": ["Singapore"],
        "note": "The death of Jordan Doe, 16, was looked into",
        "publicly_named": {"name": "Jordan Doe", "note": "who died aged 16", "sources": [1]},
    }
    about = article("Jordan Doe, 16, was one of 12 victims.", case="harbour-light")
    library = make_library(tmp_path, record(victims=told), about)
    view = case_file(library, library.case("harbour-light"))
    [victims] = [fact for fact in view.glance if fact.name == "victims"]
    assert [(one.about, one.text) for one in victims.items] == [
        ("count", "12"),
        ("age", "13 to 17"),
        ("country", "Singapore"),
    ]
    compared = (*view.panel.agree, *view.panel.only_record)
    assert [one.text for one in compared if one.field == "victims"] == ["12", "13 to 17"]
    facts = case_page(view).split('class="record"')[0].split('id="glance"')[1]
    assert "Doe" not in facts
