"""What questions are taken to mean: `phrasings.yaml`, row by row, over the bundled collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Literal

import pytest
import yaml
from _pytest.mark import ParameterSet
from pydantic import BaseModel, BeforeValidator, ConfigDict

from casequote.corpus.ingest import ingest
from casequote.corpus.library import Library
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.decision import refused_at_once
from casequote.prompts.interpretation import Interpretation, Turn
from casequote.prompts.interpreter import Given, interpret
from casequote.prompts.kinds import kinds
from casequote.prompts.parts import parts

LEAST = 360
MOST_UNMET = 0.06
LEAST_OF_A_KIND = 6

Refused = Literal["out_of_scope", "unknown", "unclear"]
_REFUSED: dict[str, Refused] = {
    "out_of_scope": "out_of_scope",
    "unknown_name": "unknown",
    "unclear": "unclear",
}


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _turn(value: object) -> object:
    return {"question": value} if isinstance(value, str) else value


Kinds = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Refusals = Annotated[tuple[Refused, ...], BeforeValidator(_listed)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Earlier(_Row):
    """A question before, and the cases that its answer showed if its words do not name them."""

    question: str
    cases: tuple[str, ...] | None = None


class Phrasing(_Row):
    """A question and what it means; see the head of `phrasings.yaml`."""

    question: str
    after: tuple[Annotated[Earlier, BeforeValidator(_turn)], ...] = ()
    kind: Kinds = ()
    cases: frozenset[str] | None = None
    filters: dict[str, str | int] | None = None
    across: bool = False
    counting: bool | None = None
    compared: tuple[str, str] | None = None
    yes_no: bool | None = None
    parts: tuple[Kinds, ...] = ()
    refused: Refusals = ()
    near: frozenset[str] = frozenset()
    unmet: bool = False

    @property
    def id(self) -> str:
        """The conversation, as pytest names the test."""
        return " | ".join([*(turn.question for turn in self.after), self.question])

    def named_kinds(self) -> set[str]:
        """Every kind that the row names."""
        return {*self.kind, *(kind for part in self.parts for kind in part)}

    def named_cases(self) -> set[str]:
        """Every case that the row names."""
        shown = {case for turn in self.after for case in turn.cases or ()}
        return {*(self.cases or ()), *self.near, *shown}


def _phrasings() -> list[Phrasing]:
    text = Path(__file__).with_name("phrasings.yaml").read_text("utf-8")
    return [Phrasing.model_validate(row) for row in yaml.safe_load(text)]


PHRASINGS = _phrasings()


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    library = Library.create(tmp_path_factory.mktemp("bundled") / "library")
    with as_file(files("casequote.corpus").joinpath("data")) as data:
        records, articles = sorted(data.glob("records/*")), sorted(data.glob("articles/*"))
        report = ingest(library, [*records, *articles])
    assert report.complete
    return Catalogue(library)


def _rows() -> list[ParameterSet]:
    """A row that is not met yet must fail, so that none is met without being said."""
    open_ = pytest.mark.xfail(strict=True, reason="not met yet")
    return [pytest.param(row, id=row.id, marks=[open_] * row.unmet) for row in PHRASINGS]


@pytest.mark.parametrize("row", _rows())
def test_phrasing_is_taken_to_mean(row: Phrasing, catalogue: Catalogue) -> None:
    before = _turns(row.after, catalogue)
    found = interpret(row.question, catalogue, before=before)
    expected, observed = _expected(row, found), _observed(row, found, catalogue)
    if row.parts:
        asked, meant = _asked_parts(row, before, catalogue), list(row.parts)
        expected["parts"], observed["parts"] = meant, _agreeing(asked, meant)
    assert observed == expected


def test_table_is_large_enough_and_says_nothing_twice() -> None:
    assert len(PHRASINGS) >= LEAST
    assert [name for name, n in Counter(row.id for row in PHRASINGS).items() if n > 1] == []


def test_nearly_every_phrasing_is_met() -> None:
    assert sum(row.unmet for row in PHRASINGS) <= MOST_UNMET * len(PHRASINGS)


def test_every_kind_has_its_phrasings() -> None:
    said = Counter(kind for row in PHRASINGS for kind in row.named_kinds())
    assert set(said) <= set(kinds())
    assert {kind: said[kind] for kind in kinds() if said[kind] < LEAST_OF_A_KIND} == {}


def test_table_names_cases_of_the_collection_only(catalogue: Catalogue) -> None:
    assert {case for row in PHRASINGS for case in row.named_cases()} <= set(catalogue.cases)


def _turns(earlier: Sequence[Earlier], catalogue: Catalogue) -> list[Turn]:
    turns: list[Turn] = []
    for turn in earlier:
        found = interpret(turn.question, catalogue, before=turns)
        turns.append(Turn(found, found.cases if turn.cases is None else turn.cases))
    return turns


def _expected(row: Phrasing, found: Interpretation) -> dict[str, object]:
    """What the row says; a choice that holds what was found stands as what was found."""
    expected: dict[str, object] = {"refused": None, "across": row.across}
    if row.refused:
        refused = _refused(found)
        expected = {"refused": refused if refused in row.refused else row.refused}
    if row.kind:
        expected["kind"] = found.kind.id if found.kind.id in row.kind else row.kind
    if row.near:
        expected["near"] = row.near
    for name in ("cases", "filters", "counting", "compared", "yes_no"):
        if (value := getattr(row, name)) is not None:
            expected[name] = value
    return expected


def _observed(row: Phrasing, found: Interpretation, catalogue: Catalogue) -> dict[str, object]:
    """What was found, of that which the row says."""
    titles = {catalogue.cases[case].summary.title: case for case in catalogue.cases}
    compared = found.comparison
    everything: dict[str, object] = {
        "refused": _refused(found),
        "across": found.across,
        "kind": found.kind.id,
        "near": frozenset(titles[title] for title in found.near) & row.near,
        "cases": frozenset(found.cases),
        "filters": found.filters.stated(),
        "counting": found.counting,
        "compared": compared and (compared.measure, compared.order or compared.bound),
        "yes_no": found.yes_no,
    }
    return {name: everything[name] for name in _expected(row, found)}


def _refused(found: Interpretation) -> Refused | None:
    refused = refused_at_once(found)
    return _REFUSED[refused.why] if refused else None


def _asked_parts(row: Phrasing, before: Sequence[Turn], catalogue: Catalogue) -> list[str]:
    """The kind of each part, asked of the cases of the whole question as an answer would."""
    turns, found = list(before), []
    about = interpret(row.question, catalogue, before=before).cases
    for part in parts(row.question):
        meant = interpret(part.question, catalogue, before=turns, given=Given(about))
        turns.append(Turn(meant, meant.cases))
        found.append(meant.kind.id)
    return found


def _agreeing(asked: Sequence[str], meant: Sequence[Sequence[str]]) -> list[object]:
    """The kinds asked, each in the form of the choice that holds it."""
    if len(asked) != len(meant):
        return list(asked)
    return [choice if kind in choice else kind for kind, choice in zip(asked, meant, strict=True)]
