"""Files of each kind, made as the programs that people use make them."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer

from casequote.corpus.document import Document
from casequote.corpus.errors import InvalidDocument
from casequote.corpus.readers import Reading, read_bytes

DATA = Path(__file__).parent / "data"

SENTENCES = (
    "Police in the harbour town arrested four men on Tuesday after a joint operation with officers "
    "from two neighbouring countries. The men are said to have blackmailed more than a hundred "
    "people who had been recorded without their knowledge. Investigators seized laptops, phones "
    "and two ledgers in which payments had been noted."
)


def read_one(data: bytes | str, name: str = "file.txt") -> Document:
    """The only document of a file that reads without a problem."""
    content = data.encode() if isinstance(data, str) else data
    reading = read_bytes(content, name)
    assert reading.problems == ()
    [document] = reading.documents
    return document


def read_or_refused(data: bytes, name: str) -> Reading | str:
    """What a file gives, or what the error says."""
    try:
        return read_bytes(data, name)
    except InvalidDocument as error:
        return str(error)


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    heading: str | None = None,
    running_head: str = "",
    encryption: Any = None,
    compressed: bool = True,
) -> bytes:
    """A PDF with paragraphs, a list of them for each page, and page numbers with a running head."""
    styles = getSampleStyleSheet()

    def edge(canvas: Canvas, document: Any) -> None:
        canvas.drawString(72, 30, f"{running_head} {document.page}".strip())

    story: list[Flowable] = []
    if heading:
        story += [Paragraph(heading, styles["Title"])]
    for number, page in enumerate(pages):
        story += [PageBreak()] if number else []
        for text in page:
            story += [Paragraph(text, styles["BodyText"]), Spacer(1, 6)]
    target = BytesIO()
    template = SimpleDocTemplate(
        target, title=title, encrypt=encryption, pageCompression=int(compressed)
    )
    if running_head:
        template.build(story, onFirstPage=edge, onLaterPages=edge)
    else:
        template.build(story)
    return target.getvalue()


def pdf_of_lines(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with exactly these lines."""
    target = BytesIO()
    canvas = Canvas(target)
    for page in pages:
        for number, line in enumerate(page):
            canvas.drawString(72, 780 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def picture_pdf() -> bytes:
    """A PDF of one picture, as a scanner makes it."""
    from PIL import Image

    target = BytesIO()
    canvas = Canvas(target)
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, 590, 840)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def docx_bytes(document: Any) -> bytes:
    """A python-docx document as a file."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def word(*paragraphs: str) -> bytes:
    """A Word document of plain paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return docx_bytes(document)


def zipped(**files: bytes) -> bytes:
    """A ZIP archive; `__` in a name stands for a slash."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def record_yaml(**changes: str | None) -> str:
    """A small record file as text; a change of None leaves the key out."""
    lines: dict[str, str | None] = {
        "id": "harbour-light",
        "title": "Operation Harbour Light",
        "kind": "operation",
        "status": "concluded",
        "crime_types": "[Computer-related fraud/forgery]",
        "period": '"2013-2014"',
        "fact_summary": "|\n  Officers raided three flats [1].",
        "countries": "[Philippines]",
        "sources": "\n  - {n: 1, publisher: The Daily, title: Raids}",
    }
    kept = {key: value for key, value in (lines | changes).items() if value is not None}
    return "".join(f"{key}: {value}\n" for key, value in kept.items())
