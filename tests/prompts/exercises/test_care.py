"""What exercises never show, in records and articles that are not bundled."""

from pathlib import Path

import pytest

from casequote.corpus.document import Document
from casequote.prompts.exercises import care
from casequote.prompts.exercises.care import Names
from casequote.prompts.exercises.generator import SESSION
from casequote.prompts.exercises.types import Difficulty, ExerciseKind, Settings
from casequote.prompts.exercises.wording import wording
from tests.factories import article, linked, make_library, record
from tests.prompts.exercises.conftest import make_generator

NOBODY = Names(frozenset(), frozenset(), frozenset())
FACTS = (
    "Two brothers hacked accounts in Manila and demanded money from Jordan Doe and 12 others [1]. "
    "They were traced by the Cyber Unit of Taguig through bank records of 2014 [1]. Doe died later "
    "in that year [1]. Officers seized 250 phones in a flat in Taguig on 30 April 2014 [1]."
)


def cases() -> list[Document]:
    told = record(
        id="brothers",
        title="State v. Roe",
        aliases=["Jordan Doe case"],
        fact_summary=FACTS,
        defendants=[{"name": "Richard Roe", "sentence": "6 years imprisonment", "sources": [1]}],
        victims={"publicly_named": {"name": "Jordan Doe", "note": "deceased", "sources": [1]}},
        agencies=[{"name": "Police Scotland"}, {"name": "INTERPOL"}],
        dates=[{"date": "2014-05-02", "event": "Funeral of the schoolgirl Anna Bright"}],
        investigative_measures=["Tracing of bank transfers", "Interview of Jordan Doe's mother"],
        cooperation=["Request to the police of Singapore", "Information given by Paul Pry"],
        modus_operandi=["Fake profiles of women", "Threats to release naked pictures"],
        sources=[{"n": 1, "publisher": "The Daily", "title": "Jordan Doe's killers"}],
    )
    press = article(
        "Officers seized 250 phones in a flat in Taguig on 30 April 2014. Anna Bright, 15, paid "
        "them twice. Witness Clara Clue told the court of naked pictures of her.",
        title="After the death of Jordan Doe",
    )
    return [told, linked(press, "brothers")]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> str:
    library = make_library(tmp_path_factory.mktemp("care") / "library", *cases())
    generator = make_generator(library)
    found = [
        made
        for difficulty in ("easy", "medium", "hard")
        for kind in ExerciseKind
        for made in generator.of_case("brothers", kind, settings(difficulty))
    ]
    assert {e.kind for e in found} >= {
        ExerciseKind.OPEN,
        ExerciseKind.CLASSIFY,
        ExerciseKind.COOPERATION,
    }
    return " ".join(str(made) for made in found)


def settings(difficulty: Difficulty) -> Settings:
    return Settings(1, 5, tuple(ExerciseKind), ("brothers",), difficulty)


@pytest.mark.parametrize("word", ["Jordan", "Doe", "Anna", "Bright", "Clara", "Pry", "naked"])
def test_neither_victims_nor_other_persons_nor_detail_are_shown(everything: str, word: str) -> None:
    assert word not in everything


def test_what_may_be_shown_is_shown(everything: str) -> None:
    for text in ("Tracing of bank transfers", "Police Scotland", "[Victim] and 12 others"):
        assert text in everything


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("They threatened to publish the images.", True),
        ("Production/distribution/possession of child sexual abuse materials", True),
        ("Victims had to send nude pictures.", False),
        ("He was charged with rape.", False),
        ("Recorded a child undressing", False),
        ("The scraper was seized.", True),
    ],
)
def test_sexual_detail_is_found_by_the_words_of_the_file(text: str, fit: bool) -> None:
    assert care.is_fit(text, NOBODY) is fit


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Mary Major told the court.", True),
        ("Richard Roe was sentenced.", False),
        ("The Seoul Central District Court heard the case.", False),
        ("Officers of the Federal Bureau of Investigation came.", False),
    ],
)
def test_persons_who_were_not_convicted_are_found(text: str, persons: bool) -> None:
    names = Names(frozenset(), frozenset(), frozenset({"richard", "roe"}))
    assert bool(care.other_persons(text, names)) is persons


def test_a_country_that_is_also_a_victims_name_may_stand() -> None:
    names = Names(frozenset({"jordan", "doe"}), frozenset({"doe"}), frozenset())
    assert care.is_fit("Police of Jordan and Iraq took part.", names)
    assert not care.is_fit("Jordan Doe had paid twice.", names)


def test_languages_say_the_same_things() -> None:
    english, french = wording("en"), wording("fr")
    assert english.date("2014-04-30") == "30 April 2014"
    assert french.date("2014-04") == "avril 2014"
    assert english.date("2014") == "2014"
    assert set(english.file.questions) == set(french.file.questions)


def test_sessions_are_written_without_loss(tmp_path: Path) -> None:
    generator = make_generator(make_library(tmp_path / "library", *cases()))
    request = Settings(3, 2, (ExerciseKind.OPEN, ExerciseKind.CLASSIFY), ("brothers",))
    session = generator.session(request)
    assert SESSION.validate_json(SESSION.dump_json(session)) == session
