"""Cases side by side."""

import pytest

from casequote.corpus.document import FieldName
from casequote.corpus.errors import InvalidDocument, InvalidRequest, NotInLibrary
from casequote.prompts.similarity.comparison import Comparison, compare, read_rows
from casequote.server.assistant import Assistant
from tests.collection import CASES

PAIR = ("us-v-ogoshi", "operation-strikeback-2014")


@pytest.fixture(scope="module")
def comparison(assistant: Assistant) -> Comparison:
    return compare(assistant.library, PAIR)


def test_every_cell_is_quoted_from_its_own_case(comparison: Comparison) -> None:
    assert [case.id for case in comparison.cases] == list(PAIR)
    for row in comparison.rows:
        assert any(cell.stated for cell in row.cells)
        for case, cell in zip(PAIR, row.cells, strict=True):
            values = [v for conflict in cell.conflicts for v in conflict.values]
            for item in (*cell.items, *values):
                assert item.extract.document.case == case
                assert item.text == " ".join(item.extract.text.split())


def test_a_cell_has_every_item_that_the_record_states(
    assistant: Assistant, comparison: Comparison
) -> None:
    row = next(row for row in comparison.rows if row.name == "agencies")
    for case, cell in zip(PAIR, row.cells, strict=True):
        document = assistant.library.document(f"{case}--record")
        stated = [document.text[slice(*f.value_span)] for f in document.items(FieldName.AGENCIES)]
        assert [item.extract.text for item in cell.items] == stated


def test_what_one_case_does_not_state_is_an_empty_cell(comparison: Comparison) -> None:
    row = next(row for row in comparison.rows if row.name == "sentence")
    ogoshi, strikeback = row.cells
    assert ogoshi.stated
    assert not strikeback.stated
    assert {item.about for item in ogoshi.items} == {"Samuel Ogoshi", "Samson Ogoshi"}


def test_every_disagreement_of_a_case_stands_in_one_cell(
    assistant: Assistant, comparison: Comparison
) -> None:
    for place, case in enumerate(PAIR):
        document = assistant.library.document(f"{case}--record")
        stated = {f.attributes["item"] for f in document.items(FieldName.CONFLICTS)}
        shown = [c.item for row in comparison.rows for c in row.cells[place].conflicts]
        assert sorted(shown) == sorted(stated)
    assert any(c.conflicts for row in comparison.rows for c in row.cells)


def test_values_that_both_state_are_marked(comparison: Comparison) -> None:
    row = next(row for row in comparison.rows if row.name == "countries")
    shared = [{i.text for i in cell.items if i.shared} for cell in row.cells]
    stated = [{i.text for i in cell.items} for cell in row.cells]
    assert shared[0] == shared[1] == stated[0] & stated[1] != set()


def test_a_named_victim_is_not_shown(assistant: Assistant) -> None:
    named = next(
        (case, item)
        for case in CASES
        for item in assistant.library.document(f"{case}--record").items(FieldName.VICTIMS)
        if item.attributes.get("part") == "publicly_named"
    )
    case, item = named
    name = assistant.library.document(f"{case}--record").text[slice(*item.value_span)].split(",")[0]
    other = next(c for c in CASES if c != case)
    found = compare(assistant.library, [case, other])
    texts = [i.text for row in found.rows for cell in row.cells for i in cell.items]
    assert texts
    assert not any(name.split()[-1] in text for text in texts)


def test_five_cases_are_compared_in_the_order_given(assistant: Assistant) -> None:
    found = compare(assistant.library, CASES[4::-1])
    assert [case.id for case in found.cases] == list(CASES[4::-1])


@pytest.mark.parametrize(
    ("cases", "fact"),
    [
        ((), "2 to 5 cases; 0"),
        (("uk-croft",), "2 to 5 cases; 1"),
        (("uk-croft", "uk-croft"), "named 2 times"),
        (CASES[:6], "6 cases were given; name at most 5"),
        (tuple(f"case-{n}" for n in range(50)), "50 cases were given; name at most 5"),
    ],
)
def test_too_few_too_many_and_the_same_are_refused(
    assistant: Assistant, cases: tuple[str, ...], fact: str
) -> None:
    with pytest.raises(InvalidRequest, match=fact):
        compare(assistant.library, cases)


def test_an_unknown_case_is_refused_with_near_ones(assistant: Assistant) -> None:
    with pytest.raises(NotInLibrary, match="did you mean uk-falder"):
        compare(assistant.library, ["uk-croft", "uk-faldr"])


@pytest.mark.parametrize(
    "text",
    [
        "rows: []",
        "rows: [{name: a, label: A}]",
        "rows: [{name: a, label: A, fields: [x]}]",
        "rows: [",
    ],
)
def test_a_faulty_file_of_rows_is_refused(text: str) -> None:
    with pytest.raises(InvalidDocument, match=r"comparison\.yaml"):
        read_rows(text)
