"""Facets, timelines and networks, counted again from the fields of the records."""

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from casequote.corpus.document import FieldName
from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.prompts.filters import Filters
from casequote.prompts.patterns.facets import facets
from casequote.prompts.patterns.network import co_occurrence, network
from casequote.prompts.patterns.timeline import timeline
from casequote.prompts.patterns.values import known_value, values_of
from casequote.server.assistant import Assistant
from tests.factories import make_library, record

ALL = Filters()


def stated(assistant: Assistant, name: FieldName) -> dict[str, set[str]]:
    """Value → the cases that state it, counted anew."""
    found: dict[str, set[str]] = {}
    for summary in assistant.library.documents():
        for item in assistant.library.document(summary.id).items(name):
            found.setdefault(item.value, set()).add(summary.case or "")
    return found


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("country", FieldName.COUNTRIES),
        ("agency", FieldName.AGENCIES),
        ("crime_type", FieldName.CRIME_TYPES),
        ("keyword", FieldName.KEYWORDS),
    ],
)
def test_a_facet_counts_cases_exactly(assistant: Assistant, kind: str, name: FieldName) -> None:
    found = facets(assistant.library, ALL).facets[kind]
    assert {v.value: set(v.cases) for v in found} == stated(assistant, name)
    assert [len(v.cases) for v in found] == sorted((len(v.cases) for v in found), reverse=True)


def test_filters_restrict_the_cases_that_are_counted(assistant: Assistant) -> None:
    found = facets(assistant.library, Filters(country="Canada"))
    canada = stated(assistant, FieldName.COUNTRIES)["Canada"]
    assert found.cases == len(canada)
    for values in found.facets.values():
        assert all(set(v.cases) <= canada for v in values)


def test_years_are_every_year_of_a_period(tmp_path: Path) -> None:
    library = make_library(
        tmp_path / "library",
        record(period="2013-2015"),
        record(id="b", title="B", period="2014"),
        record(id="c", title="C", period="unknown"),
    )
    found = facets(library, ALL).facets["year"]
    assert [(v.value, len(v.cases)) for v in found] == [("2013", 1), ("2014", 2), ("2015", 1)]


@pytest.mark.parametrize("kind", ["country", "agency", "platform", "measure", "outcome", "year"])
def test_every_value_is_quoted_from_its_case(assistant: Assistant, kind: str) -> None:
    found = values_of(assistant.library, kind)
    assert found
    for cases in found.values():
        for case, quote in cases.items():
            assert quote.document.case == case
            assert quote.text


def test_measures_are_counted_by_what_they_are(tmp_path: Path) -> None:
    library = make_library(
        tmp_path / "library",
        record(investigative_measures=["Server seizure [1]"]),
        record(id="b", title="B", investigative_measures=["Two servers were seized in Kyiv [1]"]),
    )
    assert {v.value: len(v.cases) for v in facets(library, ALL).facets["measure"]} == {
        "seizure of servers": 2
    }


def test_a_timeline_is_in_order_and_counts_years(tmp_path: Path) -> None:
    dates = [
        "2014-05-02",
        "2014-05",
        "about 2013",
        "2014",
        "2012-01-01/2014-01-01",
        "after 2014-05-01",
    ]
    library = make_library(
        tmp_path / "library",
        record(dates=[{"date": d, "event": f"Event {n}"} for n, d in enumerate(dates)]),
        record(id="b", title="B", dates=[{"date": "2015-01-31", "event": "Sentence"}]),
    )
    found = timeline(library, ALL)
    assert [event.date for event in found.events] == [
        "2012-01-01/2014-01-01", "about 2013", "2014", "2014-05", "after 2014-05-01", "2014-05-02",
        "2015-01-31",
    ]  # fmt: skip
    assert found.years == {"2012": 1, "2013": 1, "2014": 4, "2015": 1}
    assert [e.precision for e in found.events[:4]] == ["day", "year", "year", "month"]
    assert [e.qualifier for e in found.events][1] == "about"
    assert found.events[0].last == "2014-01-01"
    own = timeline(library, ALL, "b")
    assert [event.quote.text for event in own.events] == ["Sentence"]


def test_a_timeline_of_an_unknown_case_is_refused(assistant: Assistant) -> None:
    with pytest.raises(NotInLibrary, match="did you mean"):
        timeline(assistant.library, ALL, "uk-crofft")


def test_the_edges_of_a_network_are_exact_and_quoted(assistant: Assistant) -> None:
    found = network(assistant.library, ALL, kinds=("agency",), least=1, most=10_000)
    by_case: dict[str, set[str]] = {}
    for value, cases in stated(assistant, FieldName.AGENCIES).items():
        for case in cases:
            by_case.setdefault(case, set()).add(value)
    counted = Counter(
        pair for values in by_case.values() for pair in combinations(sorted(values), 2)
    )
    names = {node.id: node.name for node in found.nodes}
    edges = {(names[e.first], names[e.second]): len(e.cases) for e in found.edges}
    assert edges == counted
    assert found.left_out == 0
    for edge in found.edges:
        assert edge.evidence
        for evidence in edge.evidence:
            assert evidence.case in edge.cases
            assert evidence.first.document.case == evidence.second.document.case == evidence.case


def test_light_edges_are_left_out_and_counted(assistant: Assistant) -> None:
    whole = network(assistant.library, ALL, kinds=("country",), least=1, most=10_000)
    part = network(assistant.library, ALL, kinds=("country",), least=2, most=3)
    assert len(part.edges) == 3
    assert part.left_out == len(whole.edges) - 3
    assert part.edges == whole.edges[:3]
    linked = {end for edge in part.edges for end in (edge.first, edge.second)}
    assert {node.id for node in part.nodes} == linked


def test_the_own_country_of_a_body_is_no_edge(assistant: Assistant) -> None:
    found = network(assistant.library, ALL, kinds=("agency", "country"), least=1, most=10_000)
    pairs = {(e.first, e.second) for e in found.edges}
    own = ("agency:Federal Bureau of Investigation", "country:United States of America")
    assert own not in pairs
    assert any(a.startswith("agency:") and b.startswith("country:") for a, b in pairs)


@pytest.mark.parametrize("kinds", [(), ("court",), ("agency", "court")])
def test_what_cannot_be_linked_is_refused(assistant: Assistant, kinds: tuple[str, ...]) -> None:
    with pytest.raises(InvalidRequest, match="cannot be linked"):
        network(assistant.library, ALL, kinds=kinds, least=1, most=10)


def test_co_occurrence_counts_what_stands_beside_a_value(assistant: Assistant) -> None:
    agencies = stated(assistant, FieldName.AGENCIES)
    found = co_occurrence(
        assistant.library, "agency", "Europol", beside="agency", filters=ALL, most=1_000
    )
    assert found.cases == len(agencies["Europol"])
    assert {b.value: len(b.cases) for b in found.beside} == {
        value: len(cases & agencies["Europol"])
        for value, cases in agencies.items()
        if value != "Europol" and cases & agencies["Europol"]
    }
    assert all(b.of_its_cases == len(agencies[b.value]) for b in found.beside)


def test_names_stand_for_the_value_of_the_library(assistant: Assistant) -> None:
    assert known_value(assistant.library, "agency", "FBI") == "Federal Bureau of Investigation"
    assert known_value(assistant.library, "country", "USA") == "United States of America"
    with pytest.raises(NotInLibrary, match=r"near: .*Europol"):
        known_value(assistant.library, "agency", "Europool")
    with pytest.raises(InvalidRequest, match="no kind of value"):
        known_value(assistant.library, "colour", "red")
