"""A Word document becomes an article: headings as sections, items and rows as lines."""

from contextlib import suppress
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from casequote.corpus.document import Document, FieldName
from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers import docx as reader
from casequote.corpus.readers import read_bytes
from tests.corpus.readers.samples import DATA, SENTENCES, docx_bytes, read_one, word, zipped


def report() -> WordDocument:
    document = docx.Document()
    document.add_heading("Raids in four cities", 0)
    document.add_paragraph(SENTENCES)
    document.add_heading("What was seized", 1)
    document.add_paragraph("250 laptops", style="List Bullet")
    document.add_paragraph("phones", style="List Number")
    document.add_heading("By place", 2)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("place", "count", "harbour\npier", "2"), strict=True):
        cell.text = text
    document.add_paragraph("The end.")
    return document


def read(document: WordDocument) -> Document:
    return read_one(docx_bytes(document), "report.docx")


def test_headings_items_and_rows_are_lines_of_their_own() -> None:
    assert read(report()).text == (
        f"Raids in four cities\n\n{SENTENCES}\n\nWhat was seized\n\n• 250 laptops\n• phones\n\n"
        "By place\n\nplace | count\nharbour pier | 2\n\nThe end."
    )


def test_headings_are_sections_but_for_the_title() -> None:
    document = read(report())
    assert document.title == "Raids in four cities"
    assert [section.label for section in document.sections] == [
        "What was seized",
        "What was seized > By place",
    ]
    for section in document.sections:
        assert section.heading
        assert document.text[slice(*section.heading)] == section.path[-1]


def test_properties_give_title_and_date() -> None:
    document = docx.Document()
    document.add_paragraph(SENTENCES)
    document.core_properties.title = "Report on raids"
    document.core_properties.author = "A. Clerk"
    document.core_properties.created = datetime(2014, 5, 2, 10)  # noqa: DTZ001  # as Word has it
    found = read(document)
    assert (found.title, found.date) == ("Report on raids", "2014-05-02")
    assert read_one(word("A title", "", "3 June 2015", SENTENCES)).date == "2015-06-03"


@pytest.mark.parametrize("junk", ["Word Document", "Document1", "report.docx", ""])
def test_titles_and_dates_that_programs_put_in_do_not_count(junk: str) -> None:
    document = docx.Document()
    document.core_properties.title = junk
    document.add_paragraph("Four men were arrested in town. More followed.")
    found = read(document)
    assert (found.title, found.date) == ("Four men were arrested in town", None)


def test_inserted_text_is_read_and_deleted_text_is_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("They seized ")
    for xml in (
        '<w:del {} w:id="1" w:author="a"><w:r><w:delText>10</w:delText></w:r></w:del>',
        '<w:ins {} w:id="2" w:author="a"><w:r><w:t>250</w:t></w:r></w:ins>',
        '<w:hyperlink {}><w:r><w:t xml:space="preserve"> laptops</w:t></w:r></w:hyperlink>',
    ):
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    assert read(document).text == "They seized 250 laptops"


def test_form_fields_and_numbered_paragraphs_are_read() -> None:
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:pPr><w:numPr><w:numId w:val='1'/>"
            "</w:numPr></w:pPr><w:r><w:t>In a field</w:t><w:tab/><w:t>b</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    assert read(document).text == "• In a field\tb"


def test_a_document_without_words_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.docx: the document holds no text; if it"):
        read_bytes(word("", " "), "x.docx")


def test_what_is_no_word_document_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match=r"^x\.docx: the Word document is damaged; open it"):
        read_bytes(zipped(**{"word/document.xml": b"<x/>"}), "x.docx")


def test_damage_anywhere_is_reported_and_never_a_traceback() -> None:
    whole = docx_bytes(report())
    with ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in parts:
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for other, content in parts.items():
                archive.writestr(other, content if other != name else content[: len(content) // 2])
        with suppress(UnreadableFile):
            assert read_bytes(target.getvalue(), "x.docx").documents
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    with pytest.raises(UnreadableFile, match="damaged"):
        read_bytes(bytes(flipped), "x.docx")


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(**{"word/document.xml": bytes(30_000_000)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(reader, "MOST_UNPACKED", 20_000_000)
    with pytest.raises(UnreadableFile, match=r"unpacked, its 1 parts have 30,000,000 bytes, and"):
        read_bytes(bomb, "x.docx")


def test_a_case_page_pasted_into_word_is_a_record() -> None:
    lines = (DATA / "operation-strikeback.txt").read_text("utf-8").split("\n")
    document = read_one(word(*lines), "pasted.docx")
    assert document.id == "operation-strikeback--record"
    assert len(document.items(FieldName.AGENCIES)) == 7
