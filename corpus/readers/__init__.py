"""Files → documents, whatever their kind: records, articles, SHERLOC pages, in eight formats.

Path or bytes → kind of file (`sniff`) → text (`decode`) → the reader of that kind → `Reading`.
Cases are not linked here.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from casequote.corpus.errors import UnreadableFile
from casequote.corpus.readers.article_text import read_article_text
from casequote.corpus.readers.decode import decode_text
from casequote.corpus.readers.docx import read_docx
from casequote.corpus.readers.html import read_html
from casequote.corpus.readers.jsonl import read_jsonl
from casequote.corpus.readers.markdown import read_markdown
from casequote.corpus.readers.pdf import read_pdf
from casequote.corpus.readers.reading import Problem, Reading
from casequote.corpus.readers.sherloc_text import read_sherloc_text
from casequote.corpus.readers.sniff import Format, binary_format, text_format
from casequote.corpus.readers.yaml_file import read_yaml

__all__ = ["MOST_BYTES", "Problem", "Reading", "read_bytes", "read_file"]

MOST_BYTES = 50 * 1024 * 1024
"""Size of a file beyond which it is refused."""

_BINARY_READERS: dict[Format, Callable[[bytes, str], Reading]] = {
    Format.PDF: read_pdf,
    Format.DOCX: read_docx,
}
_TEXT_READERS: dict[Format, Callable[[str, str], Reading]] = {
    Format.HTML: read_html,
    Format.JSONL: read_jsonl,
    Format.YAML: read_yaml,
    Format.SHERLOC: read_sherloc_text,
    Format.MARKDOWN: read_markdown,
    Format.TEXT: read_article_text,
}


def read_file(path: Path, *, most_bytes: int = MOST_BYTES) -> Reading:
    """The documents of a file, and the problems of those that could not be read.

    Raises UnreadableFile, UnknownFormat or InvalidDocument when the whole file cannot be used.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile(f"{path}: this is a folder; give the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableFile(f"{path}: this is no regular file; copy its content into one")
        _check_size(status.st_size, str(path), most_bytes)
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableFile(
            f"{path}: cannot be read ({reason}); check the path and its permissions"
        ) from error
    return read_bytes(data, str(path), most_bytes=most_bytes)


def read_bytes(data: bytes, name: str, *, most_bytes: int = MOST_BYTES) -> Reading:
    """As `read_file`, for the content of a file called `name`."""
    _check_size(len(data), name, most_bytes)
    if not data.strip():
        raise UnreadableFile(f"{name}: the file is empty; give one with text in it")
    found = binary_format(data, name)
    if found is not None:
        return _BINARY_READERS[found](data, name)
    text = decode_text(data, name)
    if not text.strip():
        raise UnreadableFile(f"{name}: the file is empty; give one with text in it")
    return _TEXT_READERS[text_format(text, name)](text, name)


def _check_size(size: int, name: str, most_bytes: int) -> None:
    if size > most_bytes:
        raise UnreadableFile(
            f"{name}: the file has {size:,} bytes, and at most {most_bytes:,} are read; split it "
            "or give only its text"
        )
