"""Weights of views as callers give them, and the file of views."""

import pytest

from casequote.corpus.errors import InvalidDocument, InvalidRequest
from casequote.embeddings.likeness.views import read_views, views


def test_weights_given_go_before_a_preset_and_that_before_the_defaults() -> None:
    defaults = views().defaults()
    found = views().weights({"countries": 3}, "same-method")
    assert found["countries"] == 3
    assert found["method"] == views().presets["same-method"]["method"]
    assert found["victims"] == defaults["victims"]


@pytest.mark.parametrize(
    ("weights", "preset", "fact"),
    [
        ({"methods": 1.0}, None, "did you mean method"),
        ({"colour": 1.0}, None, "is no view"),
        ({"method": -1.0}, None, "from 0 to 10"),
        ({"method": 11.0}, None, "from 0 to 10"),
        ({"method": float("nan")}, None, "from 0 to 10"),
        ({"method": float("inf")}, None, "from 0 to 10"),
        ({}, "nothing", "is no preset"),
        (dict.fromkeys(views().defaults(), 0.0), None, "every view has weight 0"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(
    weights: dict[str, float], preset: str | None, fact: str
) -> None:
    with pytest.raises(InvalidRequest, match=fact):
        views().weights(weights, preset)


VIEW = "{label: L, weight: 1, spread: 0.1}"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("views: [", "is no YAML"),
        ("views: {a: {label: L, weight: -1, spread: 0.1}}\npresets: {}", "weight"),
        ("views: {a: {label: L, weight: 1, spread: 0}}\npresets: {}", "spread"),
        (f"views: {{a: {VIEW}}}\npresets: {{p: {{b: 1}}}}", "is no view"),
        ("views: {a: {label: L, weight: 1, spread: 0.1, marks: [nowhere]}}\npresets: {}", "name a"),
    ],
)
def test_a_faulty_file_of_views_is_refused(text: str, fact: str) -> None:
    with pytest.raises(InvalidDocument, match=fact):
        read_views(text)
