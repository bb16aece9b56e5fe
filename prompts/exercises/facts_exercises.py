"""Exercises that start from a fact summary: classify, scenario, cooperation drill."""

from __future__ import annotations

from casequote.corpus.document import FieldName
from casequote.prompts.exercises.anonymise import neutral_facts
from casequote.prompts.exercises.building import KeyBuilder, Making, exercise, is_telling
from casequote.prompts.exercises.collection import CaseFile, Item
from casequote.prompts.exercises.phrases import other_ways
from casequote.prompts.exercises.similar import SimilarCases
from casequote.prompts.exercises.types import Exercise, ExerciseKind, Material, PointStyle

_CLASSIFIED: tuple[tuple[FieldName, PointStyle, int], ...] = (
    (FieldName.CRIME_TYPES, "name", 4),
    (FieldName.LIABILITY, "name", 2),
    (FieldName.OFFENDING, "name", 2),
    (FieldName.MEASURES, "text", 2),
    (FieldName.COOPERATION, "text", 2),
)
_DONE = (FieldName.COOPERATION, FieldName.MEASURES, FieldName.CONFISCATION, FieldName.OUTCOME)
CLOSEST = {"easy": 2, "medium": 3, "hard": 4}
"""Similar cases that an answer is measured by."""


def make_classifications(making: Making, case: CaseFile) -> list[Exercise]:
    """From the facts: offences, liability, organized or transnational, measures, cooperation."""
    facts = neutral_facts(case, making.words, "authorities", hide_offences=True)
    if facts is None:
        return []
    key = KeyBuilder(case)
    for name, style, most in _CLASSIFIED:
        for item in case.fit_items(name)[:most]:
            _point(key, name, item, style)
    if len(key.points) < 3:
        return []
    text, aliases = facts
    return [
        exercise(
            making,
            case,
            ExerciseKind.CLASSIFY,
            "crime_types",
            making.words.question("classify"),
            key.key(aliases=aliases),
            material=[Material(making.words.label("facts"), text)],
        )
    ]


def make_cooperation_drills(making: Making, case: CaseFile) -> list[Exercise]:
    """From facts and countries: whom to contact, and how; the key is what was done in the case."""
    countries = [item.text for item in case.fit_items(FieldName.COUNTRIES)]
    facts = neutral_facts(case, making.words, "authorities")
    agencies = case.fit_items(FieldName.AGENCIES)
    channels = case.fit_items(FieldName.COOPERATION)
    if facts is None or len(countries) < 2 or len(agencies) + len(channels) < 2 or not channels:
        return []
    key = KeyBuilder(case)
    for item in agencies[: max(2, making.most_points - 1)]:
        _point(key, FieldName.AGENCIES, item, "name", item.field.attributes.get("country", ""))
    for item in channels[:2]:
        _point(key, FieldName.COOPERATION, item, "text")
    text, aliases = facts
    return [
        exercise(
            making,
            case,
            ExerciseKind.COOPERATION,
            str(FieldName.COOPERATION),
            making.words.question("cooperation", countries="; ".join(countries)),
            key.key(aliases=aliases),
            material=[Material(making.words.label("facts"), text)],
        )
    ]


def make_scenarios(making: Making, case: CaseFile, similar: SimilarCases) -> list[Exercise]:
    """From anonymised facts: the cases that come closest, and what was done in them."""
    facts = neutral_facts(case, making.words, "all")
    if facts is None:
        return []
    key = KeyBuilder(case)
    cases = [case.id]
    wanted = CLOSEST[making.settings.difficulty]
    for other_id, _ in similar.similar(case.id, 2 * wanted):
        other = making.collection.cases.get(other_id)
        if other is None or len(cases) > wanted or not _closest(key, making, other):
            continue
        cases.append(other_id)
    if len(cases) < 2:
        return []
    text, aliases = facts
    return [
        exercise(
            making,
            case,
            ExerciseKind.SCENARIO,
            "similar_cases",
            making.words.question("scenario"),
            key.key(aliases=aliases, cases=cases),
            material=[Material(making.words.label("facts"), text)],
        )
    ]


def _closest(key: KeyBuilder, making: Making, other: CaseFile) -> bool:
    """Points for a similar case and what was done in it; False when neither can be quoted."""
    titles = [i for i in other.fit_items(FieldName.TITLE) if i.text == other.title]
    done = [i for name in _DONE for i in other.fit_items(name) if is_telling(i.text)]
    if not titles or not done:
        return False
    names = [*other.called, *(n for person in other.defendants for n in _surnames(person))]
    key.point(
        "similar_cases",
        other.title,
        "name",
        [key.quote_item(titles[0], other.id)],
        making.words.label("case_like"),
        names,
    )
    key.point(
        str(done[0].field.name),
        done[0].text,
        "text",
        [key.quote_item(done[0], other.id)],
        making.words.label("what_was_done"),
    )
    return True


def _surnames(person: str) -> list[str]:
    """The last word of a name; none of what is a description."""
    bare = person.split("(", maxsplit=1)[0].split()
    return bare[-1:] if bare and bare[0][:1].isupper() and bare[-1][:1].isupper() else []


def _point(key: KeyBuilder, name: FieldName, item: Item, style: PointStyle, lead: str = "") -> None:
    key.point(str(name), item.text, style, [key.quote_item(item)], lead, other_ways(item.text))
