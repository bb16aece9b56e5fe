"""Training sessions: bad settings, answers, results, repetition, and deletes that delete."""

import csv
import io
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casequote.corpus.errors import InvalidRequest, LibraryDamaged, LibraryError, NotInLibrary
from casequote.corpus.library import Library
from casequote.prompts.exercises.generator import SESSION
from casequote.prompts.exercises.types import Exercise, ExerciseKind, Session
from casequote.server.training import Request, Training
from casequote.server.training_results import results_csv, topics
from casequote.server.training_store import NoSuchSession, TrainingStore, training_file
from tests.collection import CASES, collection_library
from tests.factories import make_library, record

NOBODY = "Zebediah Quartermain"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return collection_library(tmp_path_factory.mktemp("training") / "library")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def training(library: Library, tmp_path: Path, clock: Clock) -> Training:
    return Training(library, TrainingStore(tmp_path / "t.sqlite"), now=clock)


def of_kind(session: Session, *, choice: bool) -> Exercise:
    return next(e for e in session.exercises if bool(e.options) is choice)


def test_the_same_request_makes_the_same_session_byte_for_byte(
    library: Library, tmp_path: Path
) -> None:
    def made(name: str) -> bytes:
        training = Training(library, TrainingStore(tmp_path / name))
        return SESSION.dump_json(training.create(Request(seed=11, count=20)))

    assert made("a") == made("b")


def test_another_seed_makes_another_session(training: Training) -> None:
    ids = {training.create(Request(seed=seed, count=10)).id for seed in range(5)}
    assert len(ids) == 5


def test_a_session_is_read_back_as_it_was_made(training: Training) -> None:
    session = training.create(Request(seed=2, count=20))
    assert training.store.session(session.id) == session


def test_kinds_and_cases_are_mixed(training: Training) -> None:
    session = training.create(Request(seed=3, count=14))
    assert {e.kind for e in session.exercises} == set(ExerciseKind)
    assert len({e.key.cases[0] for e in session.exercises}) >= 10


def test_difficulty_sets_how_many_options_and_points_there_are(training: Training) -> None:
    def most(difficulty: str) -> tuple[int, int]:
        request = Request(seed=1, count=20, kinds=("choice", "open"), difficulty=difficulty)
        made = training.create(request).exercises
        return max(len(e.options) for e in made), max(len(e.key.points) for e in made)

    assert [most(d)[0] for d in ("easy", "medium", "hard")] == [3, 4, 5]
    assert most("easy")[1] < most("hard")[1]


def test_the_frame_is_in_the_language_chosen(training: Training) -> None:
    session = training.create(Request(seed=1, count=5, kinds=("open",), language="fr"))
    assert all("affaire" in e.question for e in session.exercises)


IMPOSSIBLE = [
    (Request(cases=("nowhere",)), NotInLibrary, "case 'nowhere' is not in the library"),
    (Request(kinds=("riddle",)), InvalidRequest, "riddle is no kind of exercise; choose among"),
    (Request(count=0), InvalidRequest, "count is 0; choose between 1 and 200"),
    (Request(count=10_000), InvalidRequest, "count is 10000; choose between 1 and 200"),
    (Request(count=-3), InvalidRequest, "count is -3"),
    (Request(difficulty="deadly"), InvalidRequest, "choose among easy, medium, hard"),
    (Request(language="de"), InvalidRequest, "choose among en, fr"),
    (Request(filters={"country": "Atlantis"}), NotInLibrary, "no case has the country"),
    (Request(filters={"colour": "red"}), InvalidRequest, "colour is no filter"),
    (
        Request(cases=("us-v-ogoshi",), filters={"country": "Singapore"}),
        InvalidRequest,
        "no case is left after the filters",
    ),
    (
        Request(cases=("us-v-ogoshi",), kinds=("open",), count=50),
        InvalidRequest,
        "can be made from the cases and kinds chosen, 50 were asked for",
    ),
]


@pytest.mark.parametrize(("request_", "error", "message"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_with_a_remedy(
    training: Training, request_: Request, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        training.create(request_)
    assert training.store.sessions() == []


def test_too_few_cases_for_distractors_are_told(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library", record())
    training = Training(library, TrainingStore(tmp_path / "t.sqlite"))
    with pytest.raises(InvalidRequest, match="too few cases have other values for wrong options"):
        training.create(Request(kinds=("choice",), count=1))


def test_an_empty_library_is_told(tmp_path: Path) -> None:
    training = Training(Library.create(tmp_path / "library"), TrainingStore(tmp_path / "t.sqlite"))
    with pytest.raises(InvalidRequest, match="no case is left"):
        training.create(Request())


def test_a_choice_is_marked_and_the_extracts_are_there(training: Training) -> None:
    exercise = of_kind(session := training.create(Request(count=20)), choice=True)
    right = training.answer(session.id, exercise.number, "Ann", str(exercise.key.correct).lower())
    assert [m.verdict for m in right.marks] == ["covered"]
    wrong = next(o.label for o in exercise.options if o.label != exercise.key.correct)
    marked = training.answer(session.id, exercise.number, "Ann", wrong)
    assert [m.verdict for m in marked.marks] == ["contradicts"]
    assert marked.exercise.key.extracts


def test_free_text_is_marked_point_by_point_and_the_last_answer_counts(training: Training) -> None:
    request = Request(cases=("operation-strikeback-2014",), kinds=("open",), count=1, seed=1)
    session = training.create(request)
    [exercise] = session.exercises
    training.answer(session.id, 1, "Ann", "I do not know.")
    training.answer(session.id, 1, "Ann", "; ".join(p.text for p in exercise.key.points))
    found = training.results(session.id)
    assert [r.verdict for r in found] == ["covered"] * len(exercise.key.points)
    assert [(t.covered, t.not_covered) for t in topics(found)] == [(len(found), 0)]


def test_answers_that_cannot_be_are_refused(training: Training) -> None:
    session = training.create(Request(count=20))
    choice = of_kind(session, choice=True)
    with pytest.raises(InvalidRequest, match="answered with one of A, B, C, D"):
        training.answer(session.id, choice.number, "Ann", "Z")
    with pytest.raises(InvalidRequest, match="has no exercise 21; it has 1 to 20"):
        training.answer(session.id, 21, "Ann", "A")
    with pytest.raises(InvalidRequest, match="give 1 to 80"):
        training.answer(session.id, choice.number, "  ", "A")
    with pytest.raises(InvalidRequest, match="shorten it to 10000"):
        training.answer(session.id, of_kind(session, choice=False).number, "Ann", "x" * 10_001)


@pytest.mark.parametrize("session_id", ["", "zzz", "../library", "0" * 15, "0" * 17, "A" * 16])
def test_a_broken_id_is_told_from_one_that_is_not_stored(
    training: Training, session_id: str
) -> None:
    with pytest.raises(InvalidRequest, match="is no id of a training session"):
        training.results(session_id)
    with pytest.raises(NoSuchSession, match="is not stored, or was deleted"):
        training.results("0" * 16)


def test_an_answer_to_a_deleted_session_is_refused(training: Training) -> None:
    session = training.create(Request(count=5))
    stored = training.answer(session.id, 1, "Ann", first_answer(session))
    training.store.delete(session.id)
    with pytest.raises(NoSuchSession, match="was deleted"):
        training.answer(session.id, 1, "Ann", first_answer(session))
    assert stored
    with pytest.raises(NoSuchSession):
        training.store.delete(session.id)


def first_answer(session: Session) -> str:
    return session.exercises[0].options[0].label if session.exercises[0].options else "Europol"


def test_deleting_a_session_leaves_no_trace_in_any_file(training: Training, tmp_path: Path) -> None:
    session = training.create(Request(seed=8, count=20))
    text = of_kind(session, choice=False)
    training.answer(session.id, text.number, NOBODY, "a secret thought of mine")
    on_disk = b"".join(p.read_bytes() for p in tmp_path.glob("t.sqlite*"))
    assert NOBODY.encode() in on_disk
    training.store.delete(session.id)
    on_disk = b"".join(p.read_bytes() for p in tmp_path.glob("t.sqlite*"))
    for trace in (NOBODY.encode(), b"secret thought", session.id.encode()):
        assert trace not in on_disk


def test_deleting_a_trainee_leaves_the_others(training: Training, tmp_path: Path) -> None:
    session = training.create(Request(count=5))
    for who in (NOBODY, "Ann"):
        training.answer(session.id, 1, who, first_answer(session))
    training.store.delete_trainee(NOBODY)
    assert {r.trainee for r in training.results(session.id)} == {"Ann"}
    assert training.store.cards(NOBODY) == []
    assert NOBODY.encode() not in b"".join(p.read_bytes() for p in tmp_path.glob("t.sqlite*"))
    with pytest.raises(NotInLibrary, match="nothing is stored about the trainee"):
        training.store.delete_trainee(NOBODY)


def test_what_was_wrong_comes_back_sooner(training: Training, clock: Clock) -> None:
    session = training.create(Request(count=5, kinds=("choice",)))
    for number, right in ((1, True), (2, False)):
        exercise = session.exercises[number - 1]
        wrong = next(o.label for o in exercise.options if o.label != exercise.key.correct)
        answer = exercise.key.correct if right else wrong
        training.answer(session.id, number, "Ann", str(answer))
    assert training.due("Ann") == []
    clock.now += timedelta(hours=1)
    assert [d.exercise.number for d in training.due("Ann")] == [2]
    clock.now += timedelta(days=365)
    assert {d.exercise.number for d in training.due("Ann")} == {1, 2}
    assert training.due("Ben") == []


def test_csv_has_a_line_for_each_point_and_no_formulas(training: Training) -> None:
    session = training.create(Request(count=20))
    exercise = of_kind(session, choice=False)
    training.answer(session.id, exercise.number, '=HYPERLINK("x")', "+1, said\nEuropol")
    rows = list(csv.DictReader(io.StringIO(results_csv(training.results(session.id)), newline="")))
    assert len(rows) == len(exercise.key.points)
    assert rows[0]["trainee"] == '\'=HYPERLINK("x")'
    assert rows[0]["answer"] == "'+1, said\nEuropol"


def test_sessions_lie_beside_the_library_not_in_it(library: Library) -> None:
    path = training_file(library.folder)
    assert path.parent == library.folder.parent
    assert path.name == "library.training.sqlite"


def test_sessions_survive_changes_of_the_library(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library", record())
    training = Training(library, TrainingStore(training_file(library.folder)))
    request = Request(kinds=("open", "classify", "cooperation"), count=1)
    with pytest.raises(InvalidRequest):
        training.create(request)
    agencies = [{"name": "Police Scotland"}, {"name": "Europol"}]
    library.remove([library.documents()[0].id])
    assert training.store.sessions() == []
    changed = make_library(tmp_path / "other", record(agencies=agencies))
    other = Training(changed, training.store)
    session = other.create(request)
    changed.remove([changed.documents()[0].id])
    assert training.store.session(session.id) == session


def test_a_damaged_session_is_told_with_a_remedy(training: Training, tmp_path: Path) -> None:
    session = training.create(Request(count=3))
    with sqlite3.connect(tmp_path / "t.sqlite") as db:
        db.execute("UPDATE sessions SET content = ?", (json.dumps({"exercises": []}),))
    db.close()
    with pytest.raises(LibraryDamaged, match=r"cannot be read .* delete it with"):
        training.store.session(session.id)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.sqlite").write_text("not a database at all, but long enough to be read" * 20)
    with pytest.raises(LibraryError, match="the training sessions cannot be read or written"):
        TrainingStore(tmp_path / "t.sqlite").sessions()


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "t.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LibraryError, match="newer version"):
        TrainingStore(tmp_path / "t.sqlite").sessions()


def test_every_case_of_the_tests_can_be_trained(training: Training) -> None:
    for case in CASES:
        assert training.create(Request(cases=(case,), count=3)).exercises
