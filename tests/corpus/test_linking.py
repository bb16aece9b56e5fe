"""An article belongs to the case it names prominently; a record to the case with its name."""

import pytest

from casequote.corpus.document import Document
from casequote.corpus.linking import LEAST_CONFIDENCE, KnownCase, link, name_key, years_of
from tests.factories import article, record

STRIKEBACK = KnownCase(
    "operation-strikeback",
    ("Operation Strikeback", "Strikeback"),
    (2013, 2014),
    frozenset({"Philippines", "Hong Kong Police Force", "Police Scotland"}),
)
HARBOUR = KnownCase("harbour", ("Operation Harbour Light",), (2016, 2017), frozenset({"Ghana"}))
HARBOUR_2 = KnownCase("harbour-2", ("Operation Harbour Light II",), (2019, 2020))
SMITH = KnownCase("r-v-smith", ("R v Smith", "Adam Smithson"), (2018, 2018))
KNOWN = (STRIKEBACK, HARBOUR, HARBOUR_2, SMITH)

REPORT = (
    "Police in the Philippines have arrested suspected members of an online extortion syndicate.\n"
    "Operation Strikeback, backed by Interpol, has so far arrested 58 people.\n"
    "Police Scotland's assistant chief constable said the teenager lost his life.\n"
    "Operation Strikeback was funded by the Foreign and Commonwealth Office."
)


def linked(document: Document, known: tuple[KnownCase, ...] = KNOWN) -> tuple[str | None, float]:
    found = link(document, known)
    return (found[0], found[1].confidence) if found else (None, 0.0)


def test_an_article_is_linked_to_the_case_it_names_with_a_reason() -> None:
    found = link(article(REPORT), KNOWN)
    assert found
    case, why = found
    assert case == "operation-strikeback"
    assert 0.8 <= why.confidence < 1
    assert why.reason == "'Operation Strikeback' occurs 2 times in the article"


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Operation Strikeback ended.", "operation-strikeback"),
        ("Operation “Strikeback” ended.", "operation-strikeback"),
        ("Operation Harbour Light ended.", "harbour"),
        ("Operation Harbour Light II ended.", "harbour-2"),
        ("Operation Harbour Lights ended.", None),
        ("The operation was a strikeback at gangs.", None),
        ("A light was seen in the harbour.", None),
        ("R v Smith was heard.", "r-v-smith"),
        ("R. v. Smith was heard.", "r-v-smith"),
        ("Adam Smithson pleaded guilty.", "r-v-smith"),
        ("Operation Harbour-Light ended.", "harbour"),
        ("Operation\nHarbour Light ended.", "harbour"),
        ("An unrelated story of a fire in Ghana.", None),
        ("", None),
    ],
)
def test_names_are_told_apart(text: str, case: str | None) -> None:
    assert linked(article(text, title="-"))[0] == case


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (" II ended", False),
        (" 2 ended", True),
        (" 2, ended", False),
        (" IV.", False),
        (" 58 men", True),
    ],
)
def test_a_sequel_that_is_not_known_is_not_the_first_operation(after: str, found: bool) -> None:
    assert (linked(article(f"Operation Harbour Light{after}"), (HARBOUR,))[0] == "harbour") == found


def test_a_name_in_the_title_counts() -> None:
    assert linked(article("He pleaded guilty.", title="Operation Harbour Light"))[0] == "harbour"


def test_a_name_far_down_is_not_enough() -> None:
    late = "A long story of something else. " * 60 + "Compare Operation Harbour Light."
    assert linked(article(late)) == (None, 0.0)


def test_more_mentions_and_known_countries_make_it_surer() -> None:
    once = linked(article("Operation Harbour Light ended."))[1]
    twice = linked(article("Operation Harbour Light ended. Operation Harbour Light began."))[1]
    there = linked(article("Operation Harbour Light ended in Ghana."))[1]
    assert LEAST_CONFIDENCE <= once < min(twice, there) < 1


def test_two_equally_prominent_cases_are_not_told_apart_surely() -> None:
    alone = linked(article("Operation Harbour Light ended."))[1]
    both = linked(article("Operation Harbour Light and Operation Strikeback ended in Accra."))
    assert both == (None, 0.0) or both[1] < alone


def test_the_more_prominent_of_two_cases_is_taken() -> None:
    assert (
        linked(article(f"{REPORT}\nCompare Operation Harbour Light."))[0] == "operation-strikeback"
    )


def test_linking_does_not_depend_on_the_order_of_cases() -> None:
    for text in (REPORT, "Operation Harbour Light and Operation Strikeback ended."):
        assert linked(article(text)) == linked(article(text), KNOWN[::-1])


def test_nothing_is_linked_without_cases() -> None:
    assert link(article(REPORT), ()) is None
    assert link(record(), ()) is None


@pytest.mark.parametrize(
    ("title", "period", "case"),
    [
        ("Operation Strikeback", "2014", "operation-strikeback"),
        ("Operation “Strike Back” (Philippines)", "2014", "operation-strikeback"),
        ("OPERATION STRIKEBACK", "unknown", "operation-strikeback"),
        ("Operation Strikeback", "2015", "operation-strikeback"),
        ("Operation Strikeback", "2019", None),
        ("Operation Harbour Light", "2016-2017", "harbour"),
        ("Operation Harbour Light II", "2019", "harbour-2"),
        ("Operation Harbour", "2016", None),
        ("The case of R. v. Smith", "2018", "r-v-smith"),
    ],
)
def test_a_record_joins_the_case_with_its_name_and_years(
    title: str, period: str, case: str | None
) -> None:
    assert linked(record(title=title, period=period))[0] == case


def test_a_record_with_the_same_countries_is_surer() -> None:
    other = linked(record(title="Operation Strikeback", countries=["Ghana"], agencies=[]))
    same = linked(record(title="Operation Strikeback", countries=["Philippines"], agencies=[]))
    assert 0.8 <= other[1] < same[1] == 1.0


def test_the_reason_of_a_record_names_the_case() -> None:
    found = link(record(title="Operation Strikeback"), KNOWN)
    assert found
    assert found[1].reason == "the record has the case's name 'Operation Strikeback'"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Operation “Strike Back”", "strikeback"),
        ("Operation Strikeback (2014)", "strikeback"),
        ("Opération Étoile", "etoile"),
        ("Operation", "operation"),
        ("R. v. Müller", "rvmuller"),
    ],
)
def test_spellings_of_a_name_have_one_key(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("texts", "years"),
    [
        (["2013-2014"], (2013, 2014)),
        (["in 1999", "2001"], (1999, 2001)),
        (["unknown"], None),
        ([], None),
    ],
)
def test_years_are_the_first_and_the_last(texts: list[str], years: tuple[int, int] | None) -> None:
    assert years_of(texts) == years
