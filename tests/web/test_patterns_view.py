import re
from pathlib import Path

from casequote.corpus.vocabulary import vocabulary
from casequote.prompts.filters import Filters
from casequote.web.patterns_view import LEVELS, _world, patterns
from tests.factories import make_library, record

AGENCIES = [{"name": "Federal Bureau of Investigation"}, {"name": "Europol"}]


def test_the_map_has_countries_by_the_names_of_the_vocabulary_only() -> None:
    world = _world()
    names = [*world["shapes"], *world["points"]]
    assert len(names) == len(set(names)) > 190
    assert all(vocabulary().country(name) == name for name in names)
    for path in world["shapes"].values():
        assert re.fullmatch(r"(M-?[\d.]+ -?[\d.]+l[-\d. ]+z)+", path)


def test_no_line_of_the_map_runs_from_one_edge_to_the_other() -> None:
    for path in _world()["shapes"].values():
        steps = re.findall(r"l([^z]*)z", path)
        across = [float(step) for part in steps for step in part.split()[::2]]
        assert max(map(abs, across)) < 300


def test_countries_are_counted_and_the_unknown_ones_listed(tmp_path: Path) -> None:
    library = make_library(
        tmp_path,
        record(countries=["Nigeria", "Singapore", "Atlantis"]),
        record(id="second", title="Second", countries=["Nigeria"]),
    )
    view = patterns(library, Filters())
    found = {country.name: country for country in view.countries if country.cases}
    assert {name: country.cases for name, country in found.items()} == {
        "Nigeria": 2,
        "Singapore": 1,
    }
    assert found["Singapore"].point is not None
    assert 1 <= found["Singapore"].level <= found["Nigeria"].level <= LEVELS
    assert [value.value for value in view.unplaced] == ["Atlantis"]


def test_years_without_an_event_have_an_empty_bar(tmp_path: Path) -> None:
    dates = [{"date": "2014-04-30", "event": "Raid"}, {"date": "2016", "event": "Trial"}]
    view = patterns(make_library(tmp_path, record(dates=dates)), Filters())
    assert [(bar.year, bar.events) for bar in view.bars] == [("2014", 1), ("2015", 0), ("2016", 1)]


def test_agencies_of_the_same_cases_are_linked(tmp_path: Path) -> None:
    cases = [record(id=f"case-{n}", title=f"Case {n}", agencies=AGENCIES) for n in range(3)]
    view = patterns(make_library(tmp_path, *cases), Filters())
    [edge] = view.edges
    assert {edge.first.name, edge.second.name} == {agency["name"] for agency in AGENCIES}
    assert len(edge.cases) == 3


def test_an_empty_library_has_an_empty_map(tmp_path: Path) -> None:
    view = patterns(make_library(tmp_path), Filters())
    assert (view.cases, view.bars, view.edges) == (0, (), ())
    assert not any(country.cases for country in view.countries)
