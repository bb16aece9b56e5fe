"""Every exercise that the bundled collection gives: exact, fit to be shown, one right option.

The checks of distractors read the documents anew and share no code with their choice.
"""

import re
from collections import Counter
from functools import cache

import pytest

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library
from casequote.corpus.normal import fold
from casequote.corpus.sentences import sentences
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import content_stems
from casequote.prompts.exercises.generator import Generator
from casequote.prompts.exercises.types import (
    DIFFICULTIES,
    Difficulty,
    Exercise,
    ExerciseKind,
    Settings,
)

Made = dict[str, list[Exercise]]


def settings(difficulty: Difficulty = "medium", seed: int = 1) -> Settings:
    return Settings(seed, 10, tuple(ExerciseKind), (), difficulty)


@pytest.fixture(scope="module")
def everything(generator: Generator) -> Made:
    return {
        case: [e for kind in ExerciseKind for e in generator.of_case(case, kind, settings())]
        for case in generator.collection.cases
    }


@pytest.fixture(scope="module")
def choices(generator: Generator, everything: Made) -> Made:
    """Knowledge checks of every difficulty."""
    return {
        case: [
            e
            for difficulty in DIFFICULTIES
            for e in generator.of_case(case, ExerciseKind.CHOICE, settings(difficulty, 2))
        ]
        + [e for e in made if e.kind is ExerciseKind.CHOICE]
        for case, made in everything.items()
    }


def test_each_record_gives_six_exercises_on_average(everything: Made) -> None:
    assert len(everything) == 116
    assert sum(map(len, everything.values())) / len(everything) >= 6
    assert min(map(len, everything.values())) >= 1


def test_every_kind_is_made(everything: Made) -> None:
    counts = Counter(e.kind for made in everything.values() for e in made)
    assert all(counts[kind] >= 50 for kind in ExerciseKind)


def test_every_extract_is_exact(everything: Made, bundled: Library) -> None:
    for made in everything.values():
        for exercise in made:
            assert exercise.key.extracts
            for extract in exercise.key.extracts:
                text = bundled.document(extract.document).text
                assert text[extract.start : extract.end] == extract.text


def test_every_point_and_right_option_is_stated_by_its_extracts(everything: Made) -> None:
    for made in everything.values():
        for exercise in made:
            quoted = {e.number: e.text for e in exercise.key.extracts}
            for point in exercise.key.points:
                assert point.extracts
                stated = fold(" ".join(quoted[n] for n in point.extracts))
                assert all(fold(part) in stated for part in point.text.split(" — "))
            if exercise.options and exercise.topic != "dates":
                right = next(o.text for o in exercise.options if o.label == exercise.key.correct)
                assert any(right in text for text in quoted.values())


def shown(exercise: Exercise) -> str:
    key = exercise.key
    return "\n".join(
        [
            exercise.question,
            *(f"{m.label} {m.text}" for m in exercise.material),
            *(o.text for o in exercise.options),
            *(f"{p.lead} {p.text} {' '.join(p.accept)}" for p in key.points),
            *(f"{e.text} {e.title} {e.section} {' '.join(e.sources)}" for e in key.extracts),
            *(f"{a.shown} {a.original}" for a in key.aliases),
        ]
    )


def test_no_exercise_names_a_victim(everything: Made, bundled: Library) -> None:
    victims = {
        re.split(r"[,(]", bundled.document(s.document).text[slice(*s.field.value_span)])[0].strip()
        for s in bundled.fields(FieldName.VICTIMS)
        if s.field.attributes.get("part") == "publicly_named"
    }
    assert len(victims) >= 4
    words = {fold(v) for v in victims} | {fold(v.split()[-1]) for v in victims}
    for made in everything.values():
        for exercise in made:
            text = fold(shown(exercise))
            assert not [word for word in words if re.search(rf"\b{re.escape(word)}\b", text)]


def test_no_exercise_tells_sexual_detail(everything: Made) -> None:
    detail = re.compile(
        r"\b(?:naked|nud(?:e|es|ity)|masturbat\w*|penetrat\w*|genital\w*|intercourse|raped?|rapes"
        r"|molest\w*|infants?|toddlers?|sex(?:ual)? acts?|hurtcore|incest|undress\w*)\b",
        re.IGNORECASE,
    )
    for made in everything.values():
        for exercise in made:
            assert not detail.search(shown(exercise)), shown(exercise)


def test_exercises_about_children_carry_a_note(everything: Made, generator: Generator) -> None:
    about = {
        "Production/distribution/possession of child sexual abuse materials",
        "Solicitation/'grooming' of children",
    }
    for case, made in everything.items():
        if generator.collection.case(case).crime_types & about:
            assert all("children" in exercise.note for exercise in made)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")


def _documents(bundled: Library, case: str) -> list[str]:
    summary = bundled.case(case)
    documents = [bundled.document(i) for i in (*summary.records, *summary.articles)]
    return ["\n".join(map(fold, (d.title, *d.text.splitlines()))) for d in documents]


def _values(bundled: Library, case: str, name: FieldName) -> set[str]:
    return {stated.field.value for stated in bundled.fields(name, cases=[case])}


def _is_named(texts: list[str], *names: str) -> bool:
    return any(_pattern(name).search(text) for name in names for text in texts)


def _is_meant(country: str, text: str) -> bool:
    """Whether a text tells of the police or authorities of a country without naming them."""
    if vocabulary().country(country) is None:
        return False  # an organization of several countries
    names = [country, *vocabulary().other_names(country)]
    words = "|".join(re.escape(fold(n)) for n in names if len(n) > 3)
    return bool(
        re.search(
            rf"(?<!new south )(?<!latin )\b(?:{words}) (?:\w+ )?(?:police|authorities|officers)\b",
            text,
        )
        or re.search(
            rf"\b(?:police|authorities|prosecution) (?:\w+ )?of (?:the )?(?:{words})", text
        )
    )


def test_no_distractor_is_named_or_stated_by_a_document_of_the_case(
    choices: Made, bundled: Library
) -> None:
    known = vocabulary()
    homes = {body.name: body.country for body in known.bodies}
    checked = 0
    for case, made in choices.items():
        texts = _documents(bundled, case)
        agencies = _values(bundled, case, FieldName.AGENCIES)
        countries = _values(bundled, case, FieldName.COUNTRIES)
        whole = "\n".join(texts)
        stems = [set(content_stems(t[s.start : s.end])) for t in texts for s in sentences(t)]
        for exercise in made:
            for option in exercise.options:
                if option.label == exercise.key.correct:
                    continue
                checked += 1
                text = option.text
                note = (case, exercise.question, text)
                if exercise.topic not in ("arrests", "amounts"):
                    assert not _is_named(texts, text), note
                if exercise.topic == "agencies":
                    names = [n for n in known.other_names(text) if len(n) > 3]
                    assert not _is_named(texts, *names), note
                    assert text not in agencies, note
                    assert not agencies & set(known.parents(text)), note
                    assert not any(text in known.parents(a) for a in agencies), note
                    assert not _is_meant(homes[text], whole), note
                elif exercise.topic == "countries":
                    names = [n for n in known.other_names(text) if len(n) > 3]
                    assert not _is_named(texts, *names), note
                    assert text not in countries, note
                    within = {c.split(", ")[-1] for c in countries if "," in c}
                    assert text not in within, note
                elif exercise.topic in ("arrests", "amounts"):
                    digits = re.findall(r"\d[\d.,]*\d|\d", text)[-1]
                    assert not re.search(rf"(?<![\d.,]){re.escape(digits)}(?![\d]|[.,]\d)", whole)
                elif exercise.topic in ("investigative_measures", "cooperation"):
                    told = set(content_stems(text))
                    assert max(len(told & s) / len(told) for s in stems) < 0.5, note
                elif exercise.topic == "crime_types":
                    assert text not in _values(bundled, case, FieldName.CRIME_TYPES), note
    assert checked > 5_000


def test_no_other_date_of_the_record_is_a_distractor(choices: Made, bundled: Library) -> None:
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    for case, made in choices.items():
        stamps = {s.field.attributes["date"] for s in bundled.fields(FieldName.DATES, cases=[case])}
        for exercise in made:
            if exercise.topic != "dates":
                continue
            for option in exercise.options:
                *day, month, year = option.text.split()
                iso = f"{year}-{months.index(month) + 1:02}" + (f"-{int(day[0]):02}" if day else "")
                if option.label != exercise.key.correct:
                    assert not any(iso in stamp for stamp in stamps)
                else:
                    assert iso in stamps


def test_an_anonymised_scenario_tells_no_name_of_its_case(
    everything: Made, generator: Generator
) -> None:
    known = vocabulary()
    for case, made in everything.items():
        file = generator.collection.case(case)
        for exercise in made:
            if exercise.kind is not ExerciseKind.SCENARIO:
                continue
            [facts] = exercise.material
            bare = re.sub(r"\[[^\]]*\]", " ", facts.text)
            named = [m for m in known.mentions(bare) if m.kind in ("country", "body", "city")]
            assert not named
            assert not _is_named([fold(bare)], *file.called, *file.defendants)
            originals = [a.original for a in exercise.key.aliases]
            assert not _is_named([fold(bare)], *originals)
            assert len({a.shown for a in exercise.key.aliases}) == len(originals)


def test_classifying_hides_title_and_agencies(everything: Made, generator: Generator) -> None:
    for case, made in everything.items():
        file = generator.collection.case(case)
        for exercise in made:
            if exercise.kind is ExerciseKind.CLASSIFY:
                texts = [fold(exercise.question), *(fold(m.text) for m in exercise.material)]
                assert not _is_named(texts, *file.called)
                assert not [
                    m
                    for t in exercise.material
                    for m in vocabulary().mentions(t.text)
                    if m.kind == "body"
                ]
