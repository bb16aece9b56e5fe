"""Any file becomes documents or an error that says the fact, the place and the remedy."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus import readers
from casequote.corpus.document import DocumentKind
from casequote.corpus.errors import UnknownFormat, UnreadableFile
from casequote.corpus.readers import Problem, read_bytes, read_file
from casequote.corpus.readers.sniff import Format, binary_format, text_format
from tests.corpus.readers.samples import (
    DATA,
    SENTENCES,
    pdf,
    read_one,
    read_or_refused,
    record_yaml,
    word,
    zipped,
)

SHERLOC = (DATA / "operation-strikeback.txt").read_text("utf-8")
ARTICLE_YAML = "id: a-b\ntitle: A report\ntext: |\n  Three men were arrested.\n"
JSONL = '{"id": "a", "text": "Three men were arrested."}\n'
ENDINGS = ("txt", "pdf", "docx", "html", "md", "yaml", "jsonl", "", "unknown")


def test_the_public_names_are_these() -> None:
    assert readers.__all__ == ["MOST_BYTES", "Problem", "Reading", "read_bytes", "read_file"]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHERLOC, Format.SHERLOC),
        ((DATA / "operation-strikeback.html").read_text("utf-8"), Format.HTML),
        ("<!-- saved --><!DOCTYPE html><p>Text</p>", Format.HTML),
        (record_yaml(), Format.YAML),
        (ARTICLE_YAML, Format.YAML),
        (JSONL * 3, Format.JSONL),
        ("{broken\n" + JSONL * 3, Format.JSONL),
    ],
)
def test_the_kind_is_told_from_the_content(text: str, expected: Format, ending: str) -> None:
    assert text_format(text, f"file.{ending}") is expected


@pytest.mark.parametrize("ending", ["txt", "pdf", "docx", "yaml", "jsonl", "html", ""])
def test_text_full_of_tags_is_html_whatever_the_ending(ending: str) -> None:
    assert text_format("<div><p>One</p><p>Two</p></div>", f"file.{ending}") is Format.HTML


@pytest.mark.parametrize("ending", ["txt", "pdf", "docx", "yaml", "jsonl", "html", ""])
def test_plain_text_and_markdown_are_told_apart_whatever_the_ending(ending: str) -> None:
    assert text_format(SENTENCES, f"file.{ending}") is Format.TEXT
    assert text_format("# One\n\nText\n\n## Two\n\nMore\n", f"file.{ending}") is Format.MARKDOWN
    assert text_format("# One\n\n**Bold** text\n", f"file.{ending}") is Format.MARKDOWN
    assert text_format(SENTENCES, "file.md") is Format.MARKDOWN


@pytest.mark.parametrize(
    "text",
    [
        "#1 suspect arrested\n\nThe man known as #1 was found.",
        "title: none\n\nid: card found, text: unreadable",
        "{sic} the letter began, and ended with a bracket}",
        "He wrote <b>once</b> and 3 < 4.",
        "Fact Summary\n\nonly one heading of the database",
    ],
)
def test_text_that_only_resembles_another_kind_stays_text(text: str) -> None:
    assert text_format(text, "file.txt") is Format.TEXT


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_pdf_and_a_word_document_are_read_under_any_name(ending: str) -> None:
    assert "harbour town" in read_one(pdf([[SENTENCES]]), f"file.{ending}").text
    assert "harbour town" in read_one(word(SENTENCES), f"file.{ending}").text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SHERLOC, DocumentKind.RECORD),
        (record_yaml(), DocumentKind.RECORD),
        (ARTICLE_YAML, DocumentKind.ARTICLE),
        (JSONL, DocumentKind.ARTICLE),
        (SENTENCES, DocumentKind.ARTICLE),
    ],
)
def test_records_and_articles_are_told_apart(text: str, kind: DocumentKind) -> None:
    assert read_one(text).kind is kind


@pytest.mark.parametrize("content", [b"", b"  \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe \x00\n\x00"])
def test_a_file_without_text_is_called_empty(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^empty\.txt: the file is empty; give one"):
        read_bytes(content, "empty.txt")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes(range(256)) * 20, "neither text nor another kind of file that is read; give text"),
        (b"\x7fELF" + bytes(400), "neither text nor"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture; run text recognition"),
        (b"{\\rtf1 text}", "an RTF document; save it as DOCX"),
        (b"\x1f\x8b\x08" + bytes(20), "compressed by gzip; unpack it"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "an old Office version; save it as DOCX",
        ),
        (zipped(**{"a.txt": b"x"}), "a ZIP archive; unpack it"),
        (zipped(xl__workbook=b"x"), "an Excel workbook; save"),
        (zipped(ppt__presentation=b"x"), "a presentation; save it as PDF"),
        (zipped(mimetype=b"x", **{"content.xml": b"x"}), "an OpenDocument file; save it as DOCX"),
        (zipped(**{"META-INF/container.xml": b"x"}), "an e-book; give its text"),
        (b'[{"id": "a",\n "text": "b"}]', "JSON; write it as JSON Lines"),
        (b'{\n "id": "a",\n "n": 1\n}', "JSON; write it as JSON Lines"),
        (b"<?xml version='1.0'?><rss><item>x</item></rss>", "this is XML; give its text"),
    ],
)
def test_other_kinds_of_file_are_refused_by_name(content: bytes, said: str) -> None:
    with pytest.raises(UnknownFormat, match=r"^data\.txt: ") as error:
        read_bytes(content, "data.txt")
    assert said in str(error.value)


def test_a_damaged_archive_and_a_protected_document_are_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="damaged; save it again"):
        binary_format(word("Text")[:-40], "report.docx")
    protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(UnreadableFile, match="protected by a password; open it with the password"):
        binary_format(protected, "report.docx")


def test_a_file_over_the_limit_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.txt"
    path.write_text("x" * 2_001)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    with pytest.raises(UnreadableFile, match=r"has 2,001 bytes, and at most 2,000 are read; split"):
        read_file(path, most_bytes=2_000)


def test_the_limit_holds_for_bytes_and_for_files_that_grow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadableFile, match="at most 5 are read"):
        read_bytes(b"123456", "x.txt", most_bytes=5)
    assert read_bytes(b"12345", "x.txt", most_bytes=5).documents
    path = tmp_path / "growing.txt"
    path.write_text("1234")
    status = path.stat()
    path.write_text("123456")
    monkeypatch.setattr(Path, "stat", lambda *_, **__: status)
    with pytest.raises(UnreadableFile, match="at most 5 are read"):
        read_file(path, most_bytes=5)


def test_folders_missing_files_and_pipes_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="this is a folder; give the files in it"):
        read_file(tmp_path)
    with pytest.raises(UnreadableFile, match=r"gone\.txt: cannot be read \(No such file"):
        read_file(tmp_path / "gone.txt")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="this is no regular file"):
        read_file(pipe)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (FileNotFoundError(2, "No such file or directory"), "No such file"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_a_file_that_cannot_be_opened_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Text")

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match=rf"report\.txt: cannot be read \({said}.*; check the"):
        read_file(path)


def test_a_file_reads_the_same_as_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(SENTENCES)
    assert read_file(path).documents == read_bytes(SENTENCES.encode(), "report.txt").documents


def test_the_id_of_an_article_is_that_of_its_content_in_any_folder() -> None:
    here, there = read_one(SENTENCES, "here/My report.txt"), read_one(SENTENCES, "My report.pdf")
    assert here.id == there.id
    assert here.id.startswith("my-report-")
    assert read_one(SENTENCES + "!", "My report.txt").id != here.id
    assert read_one(SENTENCES, "報告.txt").id.startswith("article-")


def test_a_problem_reads_as_place_and_message() -> None:
    assert str(Problem("a.jsonl, line 3", "no; write")) == "a.jsonl, line 3: no; write"


@given(st.text())
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    found = read_or_refused(data, "pasted.txt")
    assert found == read_or_refused(data, "pasted.txt")
    if isinstance(found, str):
        assert found.startswith("pasted.txt")
    else:
        assert all(document.title and document.text.strip() for document in found.documents)


@given(st.binary(max_size=400), st.sampled_from(ENDINGS))
def test_any_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    found = read_or_refused(data, f"x.{ending}")
    assert found.startswith(f"x.{ending}") if isinstance(found, str) else found
