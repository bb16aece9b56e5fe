import re
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import Document, Link, Span
from casequote.web import views
from casequote.web.answer_view import answer_view
from casequote.web.browse_view import BrowseView, Wanted
from casequote.web.collection_view import Collection
from tests.factories import article, linked, record
from tests.strategies import documents, spans
from tests.web.answers import agencies, disagreeing, extract, passage, refused
from tests.web.html_text import all_of, elements, one

HOSTILE = "</h1><script>alert(1)</script>&lt;\"'><img src=x onerror=alert(1)>\u202eevil"
NOTHING = BrowseView(Wanted(), (), 0, 0, (), (), 1, None, None, empty=True)
EMPTY = Collection(cases=(), unlinked=(), documents=0, titles={}, examples=())

# HTML has no U+0000; a lone surrogate is in no stored document.
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def every_page() -> dict[str, str]:
    hostile = replace(
        linked(
            article(HOSTILE, id=HOSTILE, title=HOSTILE, publisher=HOSTILE, date=HOSTILE), HOSTILE
        ),
        url=f"javascript:{HOSTILE}",
    )
    nearest = extract(1, hostile, HOSTILE)
    pair = (record(), article("Police seized 268 laptops."))
    return {
        "ask": views.ask_page(EMPTY),
        "cases": views.cases_page(NOTHING, EMPTY),
        "list": views.answer_page(answer_view(agencies(record(), HOSTILE), {}, [HOSTILE])),
        "passage": views.answer_page(answer_view(passage(record(), article()), {}, [])),
        "conflict": views.answer_page(answer_view(disagreeing(*pair), {}, [])),
        "refusal": views.answer_page(answer_view(refused([nearest]), {HOSTILE: HOSTILE}, [])),
        "record": views.document_page(record(), Span(0, 40), {}),
        "hostile": views.document_page(hostile, Span(3, 20), {HOSTILE: HOSTILE}),
        "error": views.error_page("no_document", id=HOSTILE),
        "offsets": views.error_page(
            "wrong_extract", reason="not_numbers", start=HOSTILE, end=HOSTILE, path="/documents/x"
        ),
    }


PAGES = every_page()


@st.composite
def shown(draw: st.DrawFn) -> tuple[Document, Span | None]:
    document = draw(documents())
    allowed = str.maketrans({"\0": " "} | {chr(n): " " for n in range(0xD800, 0xE000)})
    document = replace(document, id="x", title="A title", text=document.text.translate(allowed))
    document = replace(document, case=None, link=None, sources=(), publisher=None, date=None)
    return document, draw(st.none() | spans(len(document.text)))


@given(shown())
def test_the_page_has_the_text_and_the_extract_character_for_character(
    given: tuple[Document, Span | None],
) -> None:
    document, extract = given
    html = views.document_page(document, extract, {})
    assert one(html, "div", id="text").text == document.text
    marks = all_of(html, "mark")
    start, end = extract or (0, 0)
    assert "".join(mark.text for mark in marks) == document.text[start:end]
    assert len([mark for mark in marks if mark.attributes.get("id") == "extract"]) == (start < end)


@given(st.text(characters))
def test_exact_text_is_read_back(text: str) -> None:
    assert one(f"<p>{views.exact(text)}</p>", "p").text == text


@given(st.text(characters))
def test_exact_text_has_nothing_that_a_browser_would_change(text: str) -> None:
    assert not set(str(views.exact(text))) & set("\r<>")


def test_a_null_character_is_replaced_because_html_has_none() -> None:
    assert views.exact("a\0b") == "a\ufffdb"


@pytest.mark.parametrize("name", PAGES)
def test_pages_have_no_inline_script_or_style_and_nothing_from_elsewhere(name: str) -> None:
    for element in elements(PAGES[name]):
        assert element.tag not in {"style", "iframe", "object", "embed", "img", "base"}
        if element.tag == "script":
            assert (element.attributes["src"] or "").startswith("/static/")
            assert not element.text
        assert not [a for a in element.attributes if a == "style" or a.startswith("on")]
        for attribute in ("src", "action", "href"):
            address = element.attributes.get(attribute) or "/"
            outside = element.attributes.get("rel") == "noopener noreferrer"
            assert address.startswith(("/", "#")) or outside
            assert urlsplit(address).scheme in {"", "https", "http"}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_laid_out_for_every_reader(name: str) -> None:
    html = PAGES[name]
    assert one(html, "html").attributes["lang"] == "en"
    assert one(html, "title").text.endswith("CaseQuote")
    for landmark in ("main", "header", "footer"):
        assert one(html, landmark)
    assert [e.attributes["href"] for e in all_of(html, "a", class_="skip")] == ["#main"]
    identifiers = [e.attributes["id"] for e in elements(html) if "id" in e.attributes]
    assert len(identifiers) == len(set(identifiers))
    for e in elements(html):
        assert e.attributes.get("aria-labelledby", identifiers and identifiers[0]) in identifiers
    labels = {label.attributes.get("for") for label in all_of(html, "label")}
    fields = [e for e in all_of(html, "input") if e.attributes.get("type") != "hidden"]
    for field in fields:
        inside = any(e.tag == "label" for e in field.within)
        assert inside or field.attributes["id"] in labels
    questions = [field for field in fields if field.attributes.get("name") == "q"]
    assert all(field.attributes["maxlength"] in {"1000", "2000"} for field in questions)


@pytest.mark.parametrize("name", PAGES)
def test_headings_are_in_order(name: str) -> None:
    levels = [int(e.tag[1]) for e in elements(PAGES[name]) if re.fullmatch("h[1-6]", e.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_values_and_extracts_lead_to_the_same_place() -> None:
    html = PAGES["list"]
    [citation] = all_of(html, "a", class_="cite")
    assert citation.text == "[1]"
    assert (citation.attributes["aria-label"] or "").startswith("[1]")
    [place] = [a for a in all_of(html, "a") if a.text == "Show in document"]
    assert place.attributes["href"] == citation.attributes["href"]
    assert one(html, "blockquote").text == "Cyber Unit of Taguig"


def test_an_extract_says_whose_words_it_is() -> None:
    official = replace(article(), official=True, date="2014-05-02", url="https://daily.example/1")
    nearest = [extract(1, official, "Three men were arrested.")]
    html = views.answer_page(answer_view(refused(nearest), {}, []))
    shown = one(html, "li", id="extract-1").text
    for words in ("A report", "The Daily", "2014-05-02", "official source", "characters 0–24"):
        assert words in shown
    [source] = all_of(html, "a", href="https://daily.example/1")
    assert source.attributes["rel"] == "noopener noreferrer"


def test_an_extract_of_a_record_names_the_sources_it_was_taken_from() -> None:
    shown = " ".join(one(PAGES["list"], "li", id="extract-1").text.split())
    assert "Case record Investigation Procedure > Involved Agencies" in shown
    assert "Taken from The Daily" in shown
    assert "Police" not in shown


def test_a_conflict_is_a_table_of_figure_source_and_date() -> None:
    rows = [" ".join(row.text.split()) for row in all_of(PAGES["conflict"], "tr")]
    [spanned, _] = all_of(PAGES["conflict"], "th", scope="row")
    assert spanned.attributes["rowspan"] == "2"
    assert one(PAGES["conflict"], "caption").text == "laptops seized"
    assert rows == [
        "StatedSourceDate",
        "250 The Daily (in the record) [1] –",
        "Police (in the record) [1] official source –",
        "268 The Daily [2] –",
    ]


def test_a_refusal_shows_its_message_and_the_nearest_passages() -> None:
    html = PAGES["refusal"]
    assert (
        one(html, "section", class_="refusal").text.split("\n")[1] == "The collection does not say"
    )
    assert "The collection's documents do not say this." in one(html, "main").text
    assert one(html, "h2", id="extracts").text == "Nearest passages"
    assert one(html, "blockquote").text == HOSTILE


def test_a_follow_up_carries_the_conversation() -> None:
    hidden = all_of(PAGES["list"], "input", type="hidden", name="after")
    assert [field.attributes["value"] for field in hidden] == [HOSTILE, HOSTILE]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (Link(1.0, "stated in the file"), "certain: stated in the file"),
        (Link(0.29, "named in the text"), "29% sure: named in the text"),
        (Link(0.999, "named in the text"), "99% sure: named in the text"),
    ],
)
def test_a_document_says_how_sure_its_case_is(link: Link, words: str) -> None:
    html = views.document_page(article().assigned("harbour-light", link), None, {})
    assert words in one(html, "section", class_="beside").text


def test_a_document_of_no_case_says_so() -> None:
    assert (
        "belongs to no case"
        in one(views.document_page(article(), None, {}), "section", class_="beside").text
    )


def test_the_sources_of_a_record_are_listed_by_number() -> None:
    sources = all_of(PAGES["record"], "section", class_="sources")
    items = [e for e in all_of(PAGES["record"], "li") if "value" in e.attributes]
    assert len(sources) == 1
    assert [(e.attributes["value"], "official" in e.text) for e in items] == [
        ("1", False),
        ("2", True),
    ]


def test_lists_of_the_text_are_lists() -> None:
    html = views.document_page(article("Seized:\n\n• phones\n• laptops\n\nLater."), Span(9, 27), {})
    items = [e.text for e in all_of(html, "li", dir="auto")]
    assert items == ["• phones\n", "• laptops\n\n"]
    assert [mark.text for mark in all_of(html, "mark")] == ["• phones", "\n", "• laptops"]


def test_a_paragraph_of_300_kilobytes_is_shown() -> None:
    text = "<b>&amp;" * 40_000
    html = views.document_page(article(text), Span(100_000, 200_000), {})
    assert one(html, "div", id="text").text == text
    assert one(html, "mark").text == text[100_000:200_000]


def test_a_document_without_a_title_goes_by_its_id() -> None:
    assert one(views.document_page(article(title=""), None, {}), "h1").text == "an-article"


@pytest.mark.parametrize(
    "problem",
    ["no_page", "no_dossier", "wrong_form", "too_large", "wrong_request", "unavailable", "failed"],
)
def test_every_problem_has_its_wording(problem: views.Problem) -> None:
    html = views.error_page(problem)
    assert one(html, "h1").text
    assert len([e for e in all_of(html, "p") if e.text]) >= 2


def test_the_style_sheet_fetches_nothing() -> None:
    style = files("casequote.web").joinpath("static/casequote.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style
