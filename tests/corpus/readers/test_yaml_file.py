"""Record and article files are read as they look, or refused with line and remedy."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import STATED, DocumentKind, FieldName
from casequote.corpus.errors import InvalidDocument, UnreadableFile
from casequote.corpus.readers import read_bytes
from casequote.corpus.readers.yaml_tree import parse_yaml
from tests.corpus.readers.samples import read_one, read_or_refused, record_yaml


def message(text: str, name: str = "records/x.yaml") -> str:
    with pytest.raises(InvalidDocument) as error:
        read_bytes(text.encode(), name)
    return str(error.value)


def test_a_record_file_becomes_its_record() -> None:
    document = read_one(record_yaml(), "harbour-light.yaml")
    assert (document.id, document.case) == ("harbour-light--record", "harbour-light")
    assert (document.kind, document.link) == (DocumentKind.RECORD, STATED)


def test_an_article_file_becomes_its_article() -> None:
    document = read_one(
        "id: a--b\ncase: a\ntitle: T\ndate: 2024-09-05\ntext: |\n  One.\n", "x.yaml"
    )
    assert (document.id, document.case, document.date) == ("a--b", "a", "2024-09-05")
    assert (document.kind, document.text.strip()) == (DocumentKind.ARTICLE, "One.")


@pytest.mark.parametrize("id", ["orange_ca/press_28", "A.b-C_1", "x" * 200])
def test_articles_keep_the_ids_of_their_collection(id: str) -> None:  # noqa: A002
    assert read_one(f"id: {id}\ntitle: T\ntext: One.\n").id == id


def test_numbers_and_dates_without_quotes_stay_what_they_look_like() -> None:
    document = read_one(
        record_yaml(
            period="2022",
            title="1984",
            dates="[{date: 2024-09-05, event: Sentence}, {date: 2024, event: Appeal}]",
            arrests="{count: 58, sources: [1]}",
            victims="{count: 0x1F, age_range: 1_000}",
            legal_system="no",
            sources="[{n: 1, publisher: on, title: 12:30:45, official: true}]",
        )
    )
    said = {
        name: [document.text[slice(*f.value_span)] for f in document.items(name)]
        for name in FieldName
    }
    assert said[FieldName.PERIOD] == ["2022"]
    assert [f.attributes["date"] for f in document.items(FieldName.DATES)] == ["2024-09-05", "2024"]
    assert said[FieldName.ARRESTS] == ["58"]
    assert said[FieldName.VICTIMS] == ["0x1F", "1_000"]
    assert (document.title, said[FieldName.LEGAL_SYSTEM]) == ("1984", ["no"])
    [source] = document.sources
    assert (source.number, source.publisher, source.title) == (1, "on", "12:30:45")
    assert source.official


def test_keys_that_are_left_empty_are_left_out() -> None:
    assert read_one(record_yaml(commentary="", outcome="~", aliases="null")) == read_one(
        record_yaml()
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"period": "'20145'"}, "line 6: `period` is '20145'; write YYYY or YYYY-YYYY, or unknown"),
        ({"period": "2015-2014"}, "line 6: `period` is '2015-2014'; the first year must not"),
        ({"fact_sumary": "x"}, "line 12: unknown key `fact_sumary`; did you mean `fact_summary`?"),
        ({"zzz": "x"}, "line 12: unknown key `zzz`; leave it out, or write one of accused, "),
        ({"title": None}, "line 1: `title` is missing; add it"),
        ({"kind": "trial"}, "line 3: `kind` is 'trial'; write 'case' or 'operation'"),
        ({"keywords": "one"}, "line 12: `keywords` is 'one'; write a list: a line `- …` for each"),
        ({"keywords": "[[one]]"}, "line 12: `keywords` is a list; write a text"),
        ({"title": "[one]"}, "line 2: `title` is a list; write a text"),
        ({"title": "'  '"}, "line 2: `title` is '  '; write a text, or leave the key out"),
        ({"arrests": "many"}, "line 12: `arrests` is 'many'; write keys with values below it"),
        ({"id": "Harbour Light"}, "line 1: `id` is 'Harbour Light'; write an id of letters,"),
        ({"id": "a/b"}, "line 1: `id` is 'a/b'; write an id of letters,"),
        (
            {"dates": "\n  - {date: 2014-05-02, event: a}\n  - {date: 2014-13, event: b}"},
            "line 14: `date` is '2014-13'",
        ),
        (
            {"agencies": "\n  - name: One\n    contry: Two"},
            "line 14: unknown key `contry`; did you mean `country`?",
        ),
        ({"sources": "[{n: one, publisher: a, title: b}]"}, "`n` is 'one'; write a whole number"),
        ({"sources": "[{n: 0, publisher: a, title: b}]"}, "`n` is '0'; write a number from 1 on"),
        (
            {"sources": "[{n: 1, publisher: a, title: b, official: maybe}]"},
            "`official` is 'maybe'; write true or false",
        ),
        (
            {"conflicts": "[{item: a, values: [{value: b}]}]"},
            "line 12: `values` is a list; write at least two values",
        ),
    ],
)
def test_errors_name_the_line_the_key_and_the_remedy(
    changes: dict[str, str | None], expected: str
) -> None:
    said = message(record_yaml(**changes))
    assert said.startswith("records/x.yaml, line ")
    assert expected in said


def test_several_errors_are_reported_together_and_very_many_are_counted() -> None:
    said = message(record_yaml(period="1", title=None))
    assert len(said.split("\n")) == 2
    many = message(record_yaml(**{f"k{n}": "x" for n in range(30)}))
    assert len(many.split("\n")) == 11
    assert many.endswith("and 20 more such errors")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: a\ntitle: 'b\ntext: c\n", "line 4: this is not YAML (found unexpected end of stream"),
        ("id: a\n\ttitle: b\ntext: c\n", "line 2: this is not YAML (found a tab character"),
        ("id: a\ntext: b: c\n", "line 2: this is not YAML (mapping values are not allowed"),
        ("id: a\nid: b\ntext: c\n", "line 2: the key `id` stands here again; write each key once"),
        (
            "id: a\ntext: b\n---\nid: c\n",
            "line 3: a second document begins (---); write a file for",
        ),
        ("id: &a b\ntext: *a\n", "line 1: anchors and aliases (& and *) are not read; write it in"),
        ("id: a\ntext: *b\n", "line 2: "),
        ("id: !!python/object:os.system a\ntext: b\n", "line 1: tags such as "),
        ("id: a\n? [x]\n: b\ntext: c\n", "line 2: a key is a list or mapping; write keys of one"),
        ("id: a\ntext: " + "[" * 30, "line 2: it nests deeper than 20 levels; write a flat file"),
        ("- id: a\n", "line 1: a record or article is a mapping of keys; begin it with `id:`"),
        ("# only a comment\n---\n", "a record or article is a mapping of keys"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, expected: str) -> None:
    said = message(text)
    assert said.startswith("records/x.yaml, line ")
    assert expected in said


def test_a_file_that_would_grow_when_read_is_harmless() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    assert "anchors and aliases" in message("\n".join(lines))


def test_control_characters_in_escapes_do_not_reach_the_text() -> None:
    document = read_one('id: a\ntitle: T\ntext: "One\\0\\x01 two\\r\\nthree."\n', "x.yaml")
    assert document.text.strip() == "One two three."


def test_the_lines_of_values_are_known() -> None:
    tree = parse_yaml("a: 1\nb:\n  - c: 2\n    d: 3\n  - e\n", "x.yaml")
    assert tree.value == {"a": "1", "b": [{"c": "2", "d": "3"}, "e"]}
    assert tree.lines[("b", 0, "d")] == 4
    assert tree.lines[("b", 1)] == 5
    assert tree.line_of(("b", 0, "missing")) == 3
    assert tree.line_of(("z",)) == 1


def test_text_that_yaml_cannot_hold_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="this is not YAML"):
        parse_yaml("a: \u0080", "x.yaml")


@given(st.text())
def test_any_text_parses_or_is_refused(text: str) -> None:
    found = read_or_refused(text.encode("utf-8", "replace"), "x.yaml")
    assert found.startswith("x.yaml") if isinstance(found, str) else found
    with suppress(UnreadableFile):
        assert parse_yaml(text, "x.yaml").line_of(()) >= 1
