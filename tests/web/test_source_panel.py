from casequote.web.source_panel import source_panel
from tests.factories import article, record

RECORD = record(
    agencies=[
        {"name": "Federal Bureau of Investigation", "country": "United States of America"},
        {"name": "Cyber Unit of Taguig", "country": "Philippines"},
    ],
    countries=["Philippines"],
    confiscation=["250 laptops [1]"],
    conflicts=[
        {
            "item": "laptops seized",
            "values": [{"value": "250", "sources": [1]}, {"value": "268", "sources": [2]}],
        }
    ],
)
ARTICLE = article("The FBI seized 250 laptops in Kenya. Nothing else was said.")


def test_names_and_figures_of_both_agree_at_their_places() -> None:
    agree = source_panel([RECORD], [ARTICLE]).agree
    found = {one.text: one.articles[0].text for one in agree}
    assert found == {
        "Federal Bureau of Investigation": "FBI",
        "250 laptops": "The FBI seized 250 laptops in Kenya.",
    }
    for one in agree:
        for place in (*one.record, *one.articles):
            assert place.text in place.document.text


def test_what_only_one_says_is_listed_apart() -> None:
    panel = source_panel([RECORD], [ARTICLE])
    assert {one.text for one in panel.only_record} == {"Cyber Unit of Taguig", "Philippines"}
    assert [one.text for one in panel.only_articles] == ["Kenya"]


def test_what_sources_state_differently_names_the_publishers() -> None:
    [differing] = source_panel([RECORD], []).differ
    assert differing.item == "laptops seized"
    assert [(value, by) for value, by, _ in differing.values] == [
        ("250", ("The Daily",)),
        ("268", ("Police",)),
    ]


def test_without_articles_or_records_nothing_is_only_in_one() -> None:
    for panel in (source_panel([RECORD], []), source_panel([], [ARTICLE])):
        assert (panel.agree, panel.only_record, panel.only_articles) == ((), (), ())
