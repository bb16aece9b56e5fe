"""What a record or article file may say, and what is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from casequote.corpus.schema import ArticleFile
from tests.factories import record_file


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "Harbour"}, "pattern"),
        ({"id": "-x"}, "pattern"),
        ({"title": "  "}, "at least 1 character"),
        ({"kind": "trial"}, "'case' or 'operation'"),
        ({"status": "closed"}, "concluded"),
        ({"period": "20145"}, "write YYYY or YYYY-YYYY"),
        ({"period": "2015-2014"}, "must not be after"),
        ({"period": "2013-2014-2015"}, "write YYYY or YYYY-YYYY"),
        ({"period": 2014}, "valid string"),
        ({"colour": "red"}, "Extra inputs"),
        ({"dates": [{"date": "2014-13", "event": "x"}]}, "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"dates": [{"date": "2014/", "event": "x"}]}, "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"dates": [{"date": "May 2014", "event": "x"}]}, "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"conflicts": [{"item": "sum", "values": [{"value": "1"}]}]}, "at least 2 items"),
        (
            {"sources": [{"n": 1, "publisher": "a", "title": "b"}] * 2},
            "two sources have the same number",
        ),
        ({"sources": [{"n": 0, "publisher": "a", "title": "b"}]}, "greater than or equal to 1"),
        ({"countries": "Ghana"}, "valid list"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        record_file(**changes)


@pytest.mark.parametrize("period", ["2014", "2013-2014", "2014-2014", "unknown"])
def test_periods(period: str) -> None:
    assert record_file(period=period).period == period


@pytest.mark.parametrize(
    "date",
    ["2014", "2014-05", "2014-05-31", "2013/2014-05", "after 2014", "before 2014-05", "about 2014"],
)
def test_dates_of_events(date: str) -> None:
    assert record_file(dates=[{"date": date, "event": "x"}]).dates[0].date == date


def test_lines_are_trimmed() -> None:
    assert record_file(title="  Operation A \n").title == "Operation A"


def test_an_article_needs_only_id_title_and_text() -> None:
    found = ArticleFile(id="harbour-light--the-daily", title="A", text="B")
    assert (found.case, found.publisher, found.official) == (None, None, False)
