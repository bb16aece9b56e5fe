"""Handouts as a printable page, Markdown and DOCX. Equal views make equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from functools import cache

import docx
from docx.document import Document as Docx
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from casequote.web.training_view import ExerciseView, HandoutView, KeyView

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])|^(\d+)([.)])", re.MULTILINE)
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 — DOCX has times without a zone
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("casequote.web"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=select_autoescape(["html"]),
        keep_trailing_newline=True,
    )
    environment.filters["md"] = escaped_markdown
    return environment


def html_handout(view: HandoutView) -> bytes:
    """A page for printing, without scripts."""
    return _environment().get_template("training_handout.html").render(view=view).encode()


def md_handout(view: HandoutView) -> bytes:
    """CommonMark in which nothing of a document is markup."""
    return _environment().get_template("training_handout.md.j2").render(view=view).encode()


def escaped_markdown(text: str) -> str:
    """Text as CommonMark that reads the same, on one line."""
    line = " ".join(text.split())
    return _MARKDOWN.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)


def docx_handout(view: HandoutView) -> bytes:
    """A Word document with headings and lists of its usual styles."""
    document = docx.Document()
    document.core_properties.title = view.title
    document.core_properties.author = "CaseQuote"
    document.core_properties.created = document.core_properties.modified = _NEVER
    document.add_heading(_plain(view.title), 0)
    document.add_paragraph(_plain(view.subtitle))
    if view.remark:
        document.add_paragraph().add_run(_plain(view.remark)).bold = True
    for exercise in view.exercises:
        _exercise(document, exercise)
        if exercise.key:
            _key(document, exercise.key, view)
    out = io.BytesIO()
    document.save(out)
    return _same_times(out.getvalue())


def _exercise(document: Docx, exercise: ExerciseView) -> None:
    document.add_heading(_plain(f"{exercise.number}. {exercise.kind}"), 1)
    if exercise.note:
        document.add_paragraph().add_run(_plain(exercise.note)).italic = True
    document.add_paragraph(_plain(exercise.question))
    for material in exercise.material:
        document.add_heading(_plain(material.label), 2)
        document.add_paragraph(_plain(material.text))
    for option in exercise.options:
        document.add_paragraph(_plain(f"☐ {option.label}. {option.text}"))
    for _ in exercise.lines:
        document.add_paragraph("_" * 70)


def _key(document: Docx, key: KeyView, view: HandoutView) -> None:
    words = view.words
    if key.correct:
        run = document.add_paragraph().add_run(
            _plain(f"{words.label('correct')}: {key.correct.label}. {key.correct.text}")
        )
        run.bold = True
    if key.points:
        document.add_heading(words.label("points"), 2)
    for point in key.points:
        lead = f" – {point.lead}" if point.lead else ""
        numbers = " ".join(f"[{number}]" for number in point.citations)
        text = f"{point.number}. {point.topic}{lead}: {point.text} {numbers}"
        document.add_paragraph(_plain(text))
    document.add_heading(words.label("extracts"), 2)
    for citation in key.citations:
        text = f"[{citation.number}] “{citation.text}” – {citation.place}"
        document.add_paragraph(_plain(text), style="List Bullet")
    if key.aliases:
        document.add_heading(words.label("aliases"), 2)
    for alias in key.aliases:
        document.add_paragraph(_plain(f"{alias.shown}: {alias.original}"), style="List Bullet")


def _plain(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _same_times(packed: bytes) -> bytes:
    """The same archive with one time for all its files."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
