import csv
import io
import json

import docx
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from casequote.corpus.document import Document, Span
from casequote.web.exports import EXPORTS
from casequote.web.report import (
    Item,
    Part,
    Reference,
    Report,
    answer_report,
    case_report,
    document_report,
)
from tests.factories import article, record
from tests.web.answers import agencies, disagreeing, passage, refused

HOSTILE = "# *a* [b](c) <i>&amp; `d` | \\ _e_\n1. =cmd()"


def of(document: Document) -> Report:
    reference = Reference(1, document, Span(0, len(document.text)))
    return Report("Title", (Part("Part", (Item(document.text, (1,), "note"),)),), (reference,))


def text(report: Report, form: str) -> str:
    return EXPORTS[form].write(report).decode()


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize(
    "report",
    [
        answer_report(agencies(record()), {}),
        answer_report(passage(record(), article()), {}),
        answer_report(disagreeing(record(), article("Police seized 268 laptops.")), {}),
        answer_report(refused(), {}),
        case_report("Case", [record(), article()], {}),
        document_report(article(""), {}),
        Report("", ()),
    ],
)
def test_every_report_has_every_form(form: str, report: Report) -> None:
    assert EXPORTS[form].write(report) is not None


def test_an_answer_keeps_its_values_and_their_citations() -> None:
    report = answer_report(agencies(record()), {"harbour-light": "Operation Harbour Light"})
    assert "- Cyber Unit of Taguig [1]" in text(report, "txt")
    assert "- Cyber Unit of Taguig[^1]" in text(report, "footnotes")
    assert "[^1]: “Cyber Unit of Taguig” – Operation Harbour Light" in text(report, "footnotes")
    [row] = csv.DictReader(io.StringIO(text(report, "csv").removeprefix("\ufeff")))
    [extract] = json.loads(text(report, "json"))["extracts"]
    document = record()
    for found in (row, extract):
        start, end = int(found["start"]), int(found["end"])
        assert document.text[start:end] == found["extract"] == "Cyber Unit of Taguig"


def test_sources_are_those_of_the_words_that_are_quoted() -> None:
    report = answer_report(agencies(record()), {})
    [entry] = rispy.loads(text(report, "ris"))
    assert (entry["title"], entry["publisher"]) == ("Raids in Taguig", "The Daily")
    [found] = parse_string(text(report, "bib")).entries
    assert found["title"] == "Raids in Taguig"
    [item] = json.loads(text(report, "csl"))
    assert item["publisher"] == "The Daily"


def test_dates_and_addresses_of_sources_are_kept_and_wrong_ones_left_out() -> None:
    from dataclasses import replace

    good = replace(article(date="2014-05-03"), url="https://example.org/{a}?b=%20&c")
    report = of(good)
    [entry] = rispy.loads(text(report, "ris"))
    assert entry["date"] == "2014/05/03/"
    assert entry["urls"] == ["https://example.org/{a}?b=%20&c"]
    [item] = json.loads(text(report, "csl"))
    assert item["issued"] == {"date-parts": [[2014, 5, 3]]}
    bad = of(replace(article(date="spring"), url="javascript:alert(1)"))
    assert "javascript" not in text(bad, "ris") + text(bad, "bib") + text(bad, "csl")


def test_markdown_reads_as_the_words_that_were_quoted() -> None:
    for form in ("md", "footnotes"):
        html = MarkdownIt().render(text(of(article(HOSTILE)), form))
        assert "<em>" not in html
        assert "<i>" not in html
        assert 'href="c"' not in html
        assert html.count("<h1>") == 1


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(start: str) -> None:
    rows = list(csv.reader(io.StringIO(text(of(article(start)), "csv"), newline="")))
    assert all(
        not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_can_be_exported(words: str) -> None:
    report = of(article(words, title=words, publisher=words, date=words))
    for export in EXPORTS.values():
        assert export.write(report)
    assert json.loads(text(report, "json"))["extracts"][0]["extract"] == words
    assert docx.Document(io.BytesIO(EXPORTS["docx"].write(report)))
