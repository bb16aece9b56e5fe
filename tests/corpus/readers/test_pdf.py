"""A PDF becomes an article of whole paragraphs; what cannot be read is said."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PageObject, PdfReader, PdfWriter
from reportlab.lib.pdfencrypt import StandardEncryption

from casequote.corpus.document import FieldName
from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers import read_bytes
from tests.corpus.readers.samples import (
    DATA,
    SENTENCES,
    pdf,
    pdf_of_lines,
    picture_pdf,
    read_one,
    read_or_refused,
)


def encrypted(user: str, owner: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([[SENTENCES]]))))
    writer.encrypt(user, owner, algorithm=algorithm)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    document = read_one(pdf([[SENTENCES, SENTENCES]]), "report.pdf")
    assert document.text == f"{SENTENCES}\n\n{SENTENCES}"


def test_larger_letters_make_headings() -> None:
    document = read_one(pdf([[SENTENCES]], heading="Raids in four cities"), "report.pdf")
    assert document.text == f"Raids in four cities\n\n{SENTENCES}"
    assert (document.title, document.sections) == ("Raids in four cities", ())


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [[f"Part {n}. {SENTENCES}", SENTENCES] for n in ("one", "two", "three", "four")]
    text = read_one(pdf(pages, running_head="Police report, page"), "report.pdf").text
    assert "Police report" not in text
    assert text.startswith("Part one. Police in the harbour")
    assert text.count("Part ") == 4


def test_a_number_that_is_no_page_number_stays() -> None:
    text = read_one(pdf_of_lines([["Arrests", "58"], ["Seized", "250"], ["Flats", "3"]])).text
    assert [n for n in ("58", "250", "3") if n in text] == ["58", "250", "3"]


def test_page_numbers_that_count_on_are_left_out() -> None:
    lines = [[f"Words of page {w}", "More words", str(n)] for n, w in enumerate("abc", 7)]
    assert not re.search(r"\d", read_one(pdf_of_lines(lines)).text)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the inter-", "national case"], "the international case"),
        (["a cross-", "border raid"], "a cross-border raid"),
        (["a joint-", "venture and a joint-venture"], "a joint-venture and a joint-venture"),
        (["the UK-", "US team"], "the UK-US team"),
        (["in 2013-", "2014 only"], "in 2013-2014 only"),
    ],
)
def test_words_cut_at_the_line_end_are_made_whole(lines: list[str], joined: str) -> None:
    first, rest = lines
    start = "Officers of several countries took part in what was called "
    text = read_one(pdf_of_lines([[start + first, rest]])).text
    assert text == start + joined


def test_bullets_make_items() -> None:
    lines = ["They seized", "• laptops and", "• phones", "- ledgers", "1. of harbour"]
    assert read_one(pdf_of_lines([lines])).text == (
        "They seized\n\n• laptops and\n• phones\n• ledgers\n\n1. of harbour"
    )


def test_a_bullet_that_is_a_line_by_itself_goes_to_the_words_after_it() -> None:
    document = read_one(pdf_of_lines([["They seized", "•", "laptops", "•", "Phones"]]))
    assert document.text == "They seized\n\n• laptops\n• Phones"


def test_a_heading_of_two_lines_is_one_heading() -> None:
    heading = "Raids in four cities of the harbour district end a blackmail scheme"
    document = read_one(pdf([[SENTENCES]], heading=heading), "report.pdf")
    assert document.title == heading
    assert document.text.startswith(f"{heading}\n\nPolice")


def test_headings_below_the_title_are_sections() -> None:
    styled = "<font size=16>What was seized</font>"
    document = read_one(pdf([[SENTENCES, styled, SENTENCES]], heading="Raids in four cities"))
    assert [section.label for section in document.sections] == ["What was seized"]
    assert document.quote(document.sections[0]) == SENTENCES


def test_a_sentence_goes_on_over_the_page_break() -> None:
    text = read_one(
        pdf_of_lines([["They were arrested in the harbour and then"], ["brought to the court."]])
    ).text
    assert text == "They were arrested in the harbour and then brought to the court."


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Report on raids", "Report on raids"),
        (None, "Raids in four cities"),
        ("Microsoft Word - x.docx", "Raids in four cities"),
    ],
)
def test_the_title_of_the_file_counts_unless_a_program_put_it_there(
    stated: str | None, title: str
) -> None:
    document = read_one(pdf([[SENTENCES]], title=stated, heading="Raids in four cities"))
    assert document.title == title


def test_the_date_in_the_text_goes_before_that_of_the_file() -> None:
    assert read_one(pdf([["2 May 2014", SENTENCES]])).date == "2014-05-02"
    made = read_one(pdf([[SENTENCES]])).date
    assert made is not None
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", made)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_under_a_password_is_refused(algorithm: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.pdf: the PDF is protected by a password; open"):
        read_bytes(encrypted("secret", "owner", algorithm), "x.pdf")


def test_a_pdf_that_only_its_owner_may_change_is_read() -> None:
    assert read_one(encrypted("", "owner", "AES-256")).text == SENTENCES
    assert read_one(pdf([[SENTENCES]], encryption=StandardEncryption("", canPrint=0))).text


def test_a_scan_is_refused_with_the_remedy() -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.pdf: the PDF has no text layer: .*\(OCR\)"):
        read_bytes(picture_pdf(), "x.pdf")


def test_pages_without_text_among_others_are_a_problem() -> None:
    reading = read_bytes(pdf_of_lines([["Words"], [], []]), "x.pdf")
    assert reading.documents[0].text == "Words"
    [problem] = reading.problems
    assert str(problem).startswith("x.pdf, pages 2, 3: they have no text layer; run text")


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("compressed", [True, False])
def test_a_truncated_pdf_is_read_in_part_or_refused(share: float, compressed: bool) -> None:
    data = pdf([[SENTENCES], [SENTENCES]], compressed=compressed)
    found = read_or_refused(data[: int(share * len(data))], "x.pdf")
    if isinstance(found, str):
        assert re.match(r"x\.pdf: the PDF .*; ", found)
    else:
        assert any("breaks off before its end" in str(p) for p in found.problems)


def test_text_is_kept_when_only_the_end_is_missing() -> None:
    data = pdf([[SENTENCES]])
    reading = read_bytes(data[: data.rindex(b"%%EOF")] + b"\n", "x.pdf")
    assert reading.documents[0].text == SENTENCES
    assert "copy or download it again" in str(reading.problems[0])


def test_a_damaged_page_is_a_problem_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    extract = PageObject.extract_text

    def fail_on_second(self: PageObject, *args: Any, **options: Any) -> str:
        if self.page_number == 1:
            raise KeyError("/Resources")
        return extract(self, *args, **options)

    monkeypatch.setattr(PageObject, "extract_text", fail_on_second)
    reading = read_bytes(pdf([[SENTENCES], ["Lost words."], ["Last words."]]), "x.pdf")
    assert "Last words." in reading.documents[0].text
    [problem] = reading.problems
    assert str(problem).startswith("x.pdf, page 2: the page is damaged and was left out; open")


def test_what_only_begins_like_a_pdf_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="the PDF is damaged"):
        read_bytes(b"%PDF-1.4\nnothing of the kind", "x.pdf")


def test_a_printed_case_page_is_a_record() -> None:
    lines = [
        line.replace("•", "-").encode("latin-1", "replace").decode("latin-1")
        for line in (DATA / "operation-strikeback.txt").read_text("utf-8").split("\n")
        if line.strip()
    ]
    wrapped = [part for line in lines for part in re.findall(r".{1,95}(?:\s|$)", line)]
    pages = [wrapped[start : start + 50] for start in range(0, len(wrapped), 50)]
    document = read_one(pdf_of_lines(pages), "printed.pdf")
    assert document.id == "operation-strikeback--record"
    assert len(document.items(FieldName.AGENCIES)) == 7
    assert len(document.items(FieldName.COUNTRIES)) == 8
    assert len(document.items(FieldName.LIABILITY)) == 4
