"""Bytes and text → the kind of file they are, told from the content; the ending only helps."""

from __future__ import annotations

import json
import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath

from casequote.corpus.errors import UnknownFormat, UnreadableFile
from casequote.corpus.readers.jsonl import looks_like_jsonl
from casequote.corpus.readers.sherloc_lines import is_sherloc
from casequote.corpus.readers.yaml_file import has_file_keys

READ = "text, Markdown, HTML, PDF, DOCX, YAML and JSON Lines are read"
_PDF = re.compile(rb"(?:\A|[\r\n])\s*%PDF-\d")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"{\\rtf", "an RTF document; save it as DOCX"),
    (b"\x1f\x8b", "compressed by gzip; unpack it and give the file inside"),
    (b"BZh", "compressed by bzip2; unpack it and give the file inside"),
    (b"\xfd7zXZ\x00", "compressed by xz; unpack it and give the file inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it and give the files inside"),
    (b"Rar!", "a RAR archive; unpack it and give the files inside"),
    (b"\x89PNG", "a picture; run text recognition (OCR) on it and give the text"),
    (b"\xff\xd8\xff", "a picture; run text recognition (OCR) on it and give the text"),
    (b"GIF8", "a picture; run text recognition (OCR) on it and give the text"),
    (b"II*\x00", "a picture; run text recognition (OCR) on it and give the text"),
    (b"MM\x00*", "a picture; run text recognition (OCR) on it and give the text"),
    (b"SQLite format 3\x00", "a database; export its texts as JSON Lines"),
)
_BLOCK_TAGS = "html|head|body|div|p|article|section|main|table|ul|ol|h[1-6]"
_HTML_START = re.compile(
    r"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html\b)", re.IGNORECASE | re.DOTALL
)
_XML_START = re.compile(r"<\?xml\s")
_TAG = re.compile(rf"<(?:{_BLOCK_TAGS}|br|span)\b[^<>]*>", re.IGNORECASE)
_CLOSING_TAG = re.compile(rf"</(?:{_BLOCK_TAGS})>", re.IGNORECASE)
_YAML_START = re.compile(
    r"(?:[^\S\n]*(?:#[^\n]*)?\n)*(?:---[ \t]*(?:\n|$)|%YAML|(?:-[ \t]+)?[\w-]+[ \t]*:(?:\s|$)|\{)"
)
_MARKDOWN_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_MARKDOWN_MARK = re.compile(
    r"\[[^\[\]\n]{1,200}\]\(https?://[^)\s]+\)|(?<!\w)\*\*[^*\n]+\*\*(?!\w)|^```", re.MULTILINE
)
_HTML_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN_ENDINGS = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_YAML_ENDINGS = frozenset({".yaml", ".yml"})
_JSONL_ENDINGS = frozenset({".jsonl", ".ndjson"})
_WITHIN = 4_096
_SAMPLE = 100_000


class Format(StrEnum):
    """The kinds of file that are read."""

    PDF = "PDF"
    DOCX = "DOCX"
    HTML = "HTML"
    JSONL = "JSON Lines"
    YAML = "YAML"
    SHERLOC = "SHERLOC text"
    MARKDOWN = "Markdown"
    TEXT = "text"


def binary_format(data: bytes, name: str) -> Format | None:
    """PDF or DOCX, or None for what may be text. Raises UnknownFormat for other known kinds."""
    if _PDF.search(data[:1024]):
        return Format.PDF
    if data.startswith(_ZIP):
        return _in_zip(data, name)
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data[:65_536] or _ENCRYPTED in data[-65_536:]:
            raise UnreadableFile(
                f"{name}: the document is protected by a password; open it with the password and "
                "save it without one"
            )
        raise UnknownFormat(
            f"{name}: this is a document of an old Office version; save it as DOCX ({READ})"
        )
    for start, what in _OTHERS:
        if data.startswith(start):
            raise UnknownFormat(f"{name}: this is {what} ({READ})")
    return None


def text_format(text: str, name: str) -> Format:
    """What a text is. Raises UnknownFormat for data that are no text of a case."""
    ending = PurePath(name).suffix.lower()
    kinds = (
        (Format.HTML, lambda: _HTML_START.match(text.lstrip()[:_WITHIN])),
        (Format.JSONL, lambda: _is_jsonl(text, ending)),
        (Format.YAML, lambda: _is_yaml(text, ending)),
        (Format.SHERLOC, lambda: is_sherloc(text) and not _CLOSING_TAG.search(text)),
        (Format.HTML, lambda: ending in _HTML_ENDINGS and _TAG.search(text)),
        (Format.MARKDOWN, lambda: ending in _MARKDOWN_ENDINGS),
        (Format.HTML, lambda: _has_tags(text[:_WITHIN])),
        (Format.MARKDOWN, lambda: _is_markdown(text[:_SAMPLE])),
    )
    found = next((kind for kind, holds in kinds if holds()), Format.TEXT)
    if found is Format.TEXT:
        _refuse_data(text, name)
    return found


def _is_jsonl(text: str, ending: str) -> bool:
    return looks_like_jsonl(text) or (ending in _JSONL_ENDINGS and text.lstrip()[:1] == "{")


def _is_yaml(text: str, ending: str) -> bool:
    begins = ending in _YAML_ENDINGS and _YAML_START.match(text[:_WITHIN]) is not None
    return begins or has_file_keys(text)


def _has_tags(head: str) -> bool:
    return len(_TAG.findall(head)) >= 3 and _CLOSING_TAG.search(head) is not None


def _is_markdown(sample: str) -> bool:
    headings = len(_MARKDOWN_HEADING.findall(sample))
    return headings > 1 or (headings == 1 and _MARKDOWN_MARK.search(sample) is not None)


def _refuse_data(text: str, name: str) -> None:
    """Raises UnknownFormat for JSON and XML, which hold texts but are none."""
    stripped = text.strip()
    if _XML_START.match(stripped):
        raise UnknownFormat(f"{name}: this is XML; give its text, or the page as HTML ({READ})")
    if stripped[0] + stripped[-1] in ("[]", "{}"):
        try:
            json.loads(stripped)
        except (ValueError, RecursionError):
            return
        raise UnknownFormat(
            f"{name}: this is JSON; write it as JSON Lines, each article as one object on one line"
        )


def _in_zip(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableFile(
            f"{name}: the DOCX or ZIP file is damaged; save it again, or copy or download it again"
        ) from error
    if "word/document.xml" in parts:
        return Format.DOCX
    if any(part.startswith("xl/") for part in parts):
        what = "an Excel workbook; save its texts as a document"
    elif any(part.startswith("ppt/") for part in parts):
        what = "a presentation; save it as PDF"
    elif "mimetype" in parts and "content.xml" in parts:
        what = "an OpenDocument file; save it as DOCX"
    elif "META-INF/container.xml" in parts:
        what = "an e-book; give its text"
    else:
        what = "a ZIP archive; unpack it and give the files inside"
    raise UnknownFormat(f"{name}: this is {what} ({READ})")
