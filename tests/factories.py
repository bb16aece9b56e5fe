"""Documents, record files and a deterministic encoder for tests; nothing here is random."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casequote.corpus.document import STATED, Document, DocumentKind, Link
from casequote.corpus.library import Library, Provenance
from casequote.corpus.records import record_document
from casequote.corpus.schema import RecordFile
from casequote.embeddings.encoder import EncoderIdentity, Matrix, Spans, TokenVectors

FACTS = (
    "Officers of the Cyber Unit raided three flats in Taguig on 30 April 2014 [1]. They seized 250 "
    "phones and laptops [1][2].\n\nThe leader was sentenced to six years' imprisonment [2]."
)


def record_file(**changes: Any) -> RecordFile:
    """A small record file; keys given replace its own."""
    values: dict[str, Any] = {
        "id": "harbour-light",
        "title": "Operation Harbour Light",
        "kind": "operation",
        "status": "concluded",
        "crime_types": ["Computer-related fraud/forgery"],
        "period": "2013-2014",
        "fact_summary": FACTS,
        "countries": ["Philippines", "Singapore"],
        "agencies": [{"name": "Cyber Unit of Taguig", "country": "Philippines", "sources": [1]}],
        "sources": [
            {"n": 1, "publisher": "The Daily", "title": "Raids in Taguig"},
            {"n": 2, "publisher": "Police", "title": "Press release", "official": True},
        ],
    }
    return RecordFile.model_validate(values | changes)


def record(**changes: Any) -> Document:
    """The document of a small record file."""
    return record_document(record_file(**changes))


def article(
    text: str = "Three men were arrested.\n\nPolice seized 250 laptops.",
    *,
    id: str = "an-article",  # noqa: A002
    title: str = "A report",
    case: str | None = None,
    publisher: str | None = "The Daily",
    date: str | None = None,
) -> Document:
    """An article; it belongs to a case only when one is given."""
    return Document(
        id=id,
        kind=DocumentKind.ARTICLE,
        title=title,
        text=text,
        case=case,
        link=STATED if case else None,
        publisher=publisher,
        date=date,
    )


def numbered_articles(count: int, case: str | None = None) -> list[Document]:
    """Articles with several sentences each, all different."""
    return [
        article(
            f"Report {number} tells of vessel{number} and harbour{number}. "
            f"Inspector {name_of(number)} seized {number + 2} ledgers on the quay.\n\n"
            f"The court heard witness{number} in session {number % 7}.",
            id=f"article-{number:03}",
            title=f"Report {number}",
            case=case,
        )
        for number in range(count)
    ]


def name_of(number: int) -> str:
    """A distinctive made-up name, different for every number."""
    letters = hashlib.sha256(str(number).encode()).hexdigest()[:8]
    return "Z" + "".join("bdfgklmnprstvwxz"[int(letter, 16)] + "a" for letter in letters)


def linked(document: Document, case: str) -> Document:
    """The document as one that was linked to a case by its content."""
    return document.assigned(case, Link(0.8, "named in the text"))


def provenance(document: Document, origin: str = "somewhere.txt") -> Provenance:
    """Where a document of a test comes from."""
    return Provenance(origin, hashlib.sha256(origin.encode()).hexdigest(), document.content_hash)


def add(library: Library, *documents: Document) -> None:
    """Stores documents in their order."""
    for document in documents:
        library.add(document, provenance(document, f"{document.id}.txt"))


def make_library(folder: Path, *documents: Document) -> Library:
    """A new library with those documents."""
    library = Library.create(folder)
    add(library, *documents)
    return library


def write_files(folder: Path, texts: Mapping[str, str | bytes]) -> Path:
    """Files in a folder, by name; gives the folder back."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


_WORD = re.compile(r"\w+")


@cache
def _vector(word: str, dimension: int) -> NDArray[np.float32]:
    digest = hashlib.shake_256(word.casefold().encode()).digest(dimension)
    numbers = np.frombuffer(digest, dtype=np.uint8).astype(np.float32)
    row: NDArray[np.float32] = numbers - np.float32(127.5)
    return row


class FakeEncoder:
    """`Encoder` that hashes words: texts with the same words have the same vector.

    Keeps the passages that it has encoded, so that a test can count them.
    """

    MOST_WORDS = 256

    def __init__(self, dimension: int = 32, weights: str = "0" * 64) -> None:
        self.identity = EncoderIdentity("words", weights, "fake", dimension)
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Matrix:
        return self.encode_spans(texts, [[] for _ in texts])[0]

    def encode_query(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self._mean(text, [(0, len(text))])[0]
        return row

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Matrix, list[Matrix]]:
        self.encoded += texts
        rows = [self._mean(text, [(0, len(text))]) for text in texts]
        of_spans = [self._mean(text, own) for text, own in zip(texts, spans, strict=True)]
        return np.concatenate([self._mean("", []), *rows]), of_spans

    def encode_tokens(self, texts: Sequence[str], *, query: bool = False) -> list[TokenVectors]:
        if not query:
            self.encoded += texts
        spans = [
            [m.span() for m in list(_WORD.finditer(text))[: self.MOST_WORDS]] for text in texts
        ]
        return [
            TokenVectors(self._mean(text, own), tuple(own))
            for text, own in zip(texts, spans, strict=True)
        ]

    def _mean(self, text: str, spans: Spans) -> Matrix:
        rows = np.zeros((len(spans), self.identity.dimension), dtype=np.float32)
        found = list(_WORD.finditer(text))[: self.MOST_WORDS]
        for row, (start, end) in enumerate(spans):
            inside = [
                _vector(word.group(), self.identity.dimension)
                for word in found
                if word.start() < end and start < word.end()
            ]
            if inside:
                total = np.sum(inside, axis=0)
                rows[row] = total / np.linalg.norm(total)
        return rows
