"""The bundled records and articles: all load, render, and quote what they say."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from casequote.corpus.document import STATED, Document, DocumentKind, FieldName, Span
from casequote.corpus.markers import strip_markers
from casequote.corpus.passages import MOST_WORDS, passages
from casequote.corpus.readers import read_file
from casequote.corpus.sentences import sentences

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(str(files("casequote.corpus"))) / "data"
PACKAGES = ("corpus", "embeddings", "prompts", "web", "server")
MARKER = re.compile(r"\[(\d{1,3})\]")


@cache
def bundled(folder: str) -> tuple[Document, ...]:
    found: list[Document] = []
    for path in sorted((FOLDER / folder).iterdir()):
        reading = read_file(path)
        assert not reading.problems, path.name
        found += reading.documents
    return tuple(found)


def everything() -> tuple[Document, ...]:
    return bundled("records") + bundled("articles")


def test_there_are_116_records_and_252_articles() -> None:
    records, articles = bundled("records"), bundled("articles")
    assert (len(records), len(articles)) == (116, 252)
    assert {document.kind for document in records} == {DocumentKind.RECORD}
    assert {document.kind for document in articles} == {DocumentKind.ARTICLE}


def test_ids_are_unique_and_every_article_belongs_to_a_record() -> None:
    ids = [document.id for document in everything()]
    assert len(set(ids)) == len(ids)
    cases = {document.case for document in bundled("records")}
    assert {document.case for document in bundled("articles")} <= cases
    assert {document.link for document in everything()} == {STATED}


def said_in(tree: Any, numbers: set[int]) -> Iterator[str]:
    """Every scalar of a record file, on one line and without markers."""
    if isinstance(tree, dict | list):
        for inner in tree.values() if isinstance(tree, dict) else tree:
            yield from said_in(inner, numbers)
    else:
        yield strip_markers(re.sub(r"\s+", " ", str(tree)).strip(), numbers).text


def test_every_field_quotes_the_record_file() -> None:
    composed = {FieldName.STATUS, FieldName.SOURCES}
    for document in bundled("records"):
        path = FOLDER / "records" / f"{document.case}.yaml"
        tree = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        said = set(said_in(tree, {source.number for source in document.sources}))
        for field in document.fields:
            quoted = re.sub(r"\s+", " ", document.text[slice(*field.value_span)])
            if field.name in composed or field.attributes.get("part") == "publicly_named":
                assert quoted.strip()
            else:
                assert quoted in said, (document.id, field.name)


def test_every_heading_and_attribution_quotes_its_text() -> None:
    for document in everything():
        for section in document.sections:
            assert section.heading
            assert document.text[slice(*section.heading)] == section.path[-1]
        for attribution in document.attributions:
            assert document.quote(attribution).strip() == document.quote(attribution) != ""


def test_no_marker_is_left_and_every_number_has_its_source() -> None:
    for document in bundled("records"):
        known = {source.number for source in document.sources}
        assert not known & {int(number) for number in MARKER.findall(document.text)}, document.id
        for stated in (document.fields, document.attributions):
            assert {n for span in stated for n in span.sources} <= known, document.id


def test_every_sentence_outside_sources_and_headings_is_in_one_passage() -> None:
    for document in everything():
        left_out = [s.heading for s in document.sections if s.heading]
        left_out += [Span(f.start, f.end) for f in document.items(FieldName.SOURCES)]
        held = [unit for passage in passages(document) for unit in passage.sentences]
        expected = [
            unit
            for unit in sentences(document.text)
            if not any(start < unit.end and unit.start < end for start, end in left_out)
        ]
        assert held == expected, document.id


def test_passages_fit_the_encoder() -> None:
    for document in everything():
        for passage in passages(document):
            count = len(document.text[passage.start : passage.end].split())
            bullets = document.text[passage.start : passage.end].count("\n• ")
            assert count - bullets <= MOST_WORDS or len(passage.sentences) == 1, document.id


@pytest.mark.parametrize("package", PACKAGES)
def test_only_the_schema_knows_how_records_were_grouped(package: str) -> None:
    kinds = {".py", ".html", ".j2", ".js", ".css", ".sql", ".toml"}
    naming = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / package).rglob("*")
        if path.suffix in kinds and re.search(r"(?i)\bclusters?\b", path.read_text("utf-8"))
    }
    assert naming == ({"corpus/schema.py"} if package == "corpus" else set())


def test_how_records_were_grouped_is_in_no_rendered_text() -> None:
    # the word itself may be said in prose, so what would be written is looked for
    for document in bundled("records"):
        assert not re.search(r"(?im)^\W*cluster\b", document.text)
        assert "cluster" not in {f.name.value for f in document.fields}
        assert "cluster" not in " ".join(section.label for section in document.sections).casefold()
