"""What is appended can be quoted from the spans that come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import Document, DocumentKind, FieldName
from casequote.corpus.text_builder import TextBuilder
from tests.strategies import texts


def built(out: TextBuilder) -> Document:
    return Document(
        id="built",
        kind=DocumentKind.RECORD,
        title="Built",
        text=out.text,
        sections=tuple(out.sections),
        fields=tuple(out.fields),
        attributions=tuple(out.attributions),
    )


def test_sections_nest_and_hold_what_was_written_in_them() -> None:
    out = TextBuilder()
    out.title("Operation")
    with out.section("Investigation"):
        with out.section("Agencies"):
            out.item(FieldName.AGENCIES, "Police", detail="Ghana")
        with out.section("Arrests"):
            out.item(FieldName.ARRESTS, "two", label="Count")
    document = built(out)
    assert document.text == (
        "Operation\n\nInvestigation\n\n\nAgencies\n\n• Police, Ghana\n\nArrests\n\n• Count: two\n"
    )
    assert {s.label: document.quote(s) for s in document.sections} == {
        "Investigation > Agencies": "• Police, Ghana",
        "Investigation > Arrests": "• Count: two",
        "Investigation": "\nAgencies\n\n• Police, Ghana\n\nArrests\n\n• Count: two",
    }
    for section in document.sections:
        assert section.heading
        assert document.text[slice(*section.heading)] == section.path[-1]


def test_an_empty_section_has_an_empty_body() -> None:
    out = TextBuilder()
    with out.section("Courts"):
        pass
    [section] = built(out).sections
    assert built(out).quote(section) == ""


def test_a_labelled_item_states_its_text_and_quotes_the_label_too() -> None:
    out = TextBuilder(sources={1, 2})
    out.item(FieldName.PLEA, "guilty [2]", label="Plea", detail="2014", sources=(1,))
    [item] = built(out).fields
    assert out.text[item.start : item.end] == "Plea: guilty"
    assert out.text[slice(*item.value_span)] == "guilty"
    assert item.sources == (2, 1)
    assert out.text == "• Plea: guilty, 2014\n"


def test_prose_joins_wrapped_lines_and_keeps_paragraphs() -> None:
    out = TextBuilder(sources={1})
    out.prose("One line\n   and its wrap [1].\n \n\n\nAnother.\n")
    assert out.text == "One line and its wrap.\n\nAnother.\n"
    assert [built(out).quote(a) for a in out.attributions] == ["One line and its wrap"]


def test_prose_that_is_a_field_has_its_words_and_sources_without_markers() -> None:
    out = TextBuilder(sources={1, 2})
    out.prose("Convicted [1].\n\nFined [2].", FieldName.OUTCOME)
    [outcome] = out.fields
    assert out.text[outcome.start : outcome.end] == "Convicted.\n\nFined."
    assert (outcome.value, outcome.sources) == ("convicted. fined.", (1, 2))


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        (FieldName.COUNTRIES, "UK", "United Kingdom of Great Britain and Northern Ireland"),
        (FieldName.COUNTRIES, "Atlantis", "Atlantis"),
        (FieldName.PLEA, "Not  Guilty", "not guilty"),
        (FieldName.TITLE, "R v Ørsted", "R v Ørsted"),
        (FieldName.PLATFORMS, "Zzchat ", "zzchat"),
    ],
)
def test_values_are_in_normal_form_and_the_text_as_written(
    name: FieldName, written: str, value: str
) -> None:
    out = TextBuilder()
    out.item(name, written)
    assert out.text == f"• {written.strip()}\n"
    assert out.fields[0].value == value


steps = st.lists(
    st.tuples(st.sampled_from(["prose", "item", "labelled", "open", "field"]), texts), max_size=12
)


@given(steps)
def test_any_sequence_of_appends_makes_a_sound_document(appends: list[tuple[str, str]]) -> None:
    out = TextBuilder(sources={1, 2})
    expected = []
    for kind, text in appends:
        if kind == "prose":
            out.prose(text)
        elif kind == "field":
            out.prose(text, FieldName.OUTCOME)
        elif kind == "open":
            with out.section("Part"):
                out.item(FieldName.COURTS, text)
                expected.append(out.clean(text).text)
        else:
            out.item(FieldName.COURTS, text, label="Label" if kind == "labelled" else "")
            expected.append(out.clean(text).text)
    document = built(out)  # refuses spans outside the text
    stated = [document.text[slice(*f.value_span)] for f in document.items(FieldName.COURTS)]
    assert stated == expected
