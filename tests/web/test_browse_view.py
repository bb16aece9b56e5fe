from pathlib import Path

import pytest

from casequote.corpus.document import Span
from casequote.corpus.library import Library
from casequote.prompts.filters import Filters
from casequote.web.browse_view import PER_PAGE, Wanted, browse, excerpt_of
from tests.factories import article, make_library, record


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library(
        tmp_path,
        record(),
        record(id="quiet-sea", title="Quiet Sea", countries=["Singapore"], period="2019"),
        record(id="deep-lake", title="Deep Lake", countries=["Kenya"], period="unknown"),
        article("A trawler was boarded off Lamu.", id="lamu", case="deep-lake"),
    )


def ids(library: Library, wanted: Wanted) -> list[str]:
    return [row.summary.id for row in browse(library, wanted).rows]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("title", ["deep-lake", "harbour-light", "quiet-sea"]),
        ("newest", ["quiet-sea", "harbour-light", "deep-lake"]),
        ("oldest", ["harbour-light", "quiet-sea", "deep-lake"]),
        ("documents", ["deep-lake", "harbour-light", "quiet-sea"]),
        ("no such order", ["deep-lake", "harbour-light", "quiet-sea"]),
    ],
)
def test_cases_are_in_the_order_asked_for(library: Library, sort: str, order: list[str]) -> None:
    assert ids(library, Wanted(sort=sort)) in (order, sorted(order))


def test_facets_count_the_cases_that_are_left_and_lead_there(library: Library) -> None:
    view = browse(library, Wanted(filters=Filters(year_from=2010)))
    [country] = [facet for facet in view.facets if facet.name == "country"]
    assert {v.value: v.cases for v in country.values} == {"Philippines": 1, "Singapore": 2}
    assert country.values[0].path == "/cases?country=Singapore&year_from=2010"
    chosen = browse(library, Wanted(filters=Filters(country="Singapore", year_from=2010)))
    assert chosen.count == 2
    assert ("country", "Singapore", "/cases?year_from=2010") in chosen.chosen


def test_words_find_cases_by_their_articles_and_are_marked(library: Library) -> None:
    [row] = browse(library, Wanted("boarding trawlers", sort="relevance")).rows
    assert row.summary.id == "deep-lake"
    assert row.excerpt is not None
    assert [row.excerpt.text[a:b] for a, b in row.excerpt.marks] == ["trawler", "boarded"]
    assert row.excerpt.path == "/documents/lamu?start=0&end=31#extract"


@pytest.mark.parametrize("words", ["zzzz", '"', "AND", "the", "*", "\0"])
def test_words_that_nothing_has_find_nothing_and_do_no_harm(library: Library, words: str) -> None:
    assert browse(library, Wanted(words)).count in {0, 1, 2, 3}
    if words == "zzzz":
        assert ids(library, Wanted(words)) == []


def test_an_excerpt_is_cut_around_the_first_word(library: Library) -> None:
    document = article("before " * 100 + "needle" + " after" * 100)
    found = excerpt_of(document, Span(0, len(document.text)), "needles")
    assert [found.text[a:b] for a, b in found.marks] == ["needle"]
    assert found.cut == (True, True)
    assert found.text in document.text
    assert len(found.text) < 400


def test_a_page_beyond_the_last_is_the_last(tmp_path: Path) -> None:
    documents = [record(id=f"case-{n:03}", title=f"Case {n:03}") for n in range(PER_PAGE + 1)]
    library = make_library(tmp_path, *documents)
    view = browse(library, Wanted(page=99))
    assert [row.summary.id for row in view.rows] == [f"case-{PER_PAGE:03}"]
    assert (view.pages, view.before, view.after) == (2, "/cases", None)
    assert browse(library, Wanted()).after == "/cases?page=2"
