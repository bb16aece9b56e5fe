"""A run that is killed leaves the last good state, and the next run finishes the work."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from casequote.corpus.document import Document
from casequote.corpus.ingest import ingest
from casequote.corpus.library import Library
from casequote.embeddings.synchronise import current_index, synchronise
from casequote.embeddings.vector_files import VectorFiles
from tests.factories import FakeEncoder, name_of, numbered_articles, write_files

PROGRAM = Path(__file__).with_name("crash_run.py")
KILLS = 6
SEED = 20_140_430


def contents(*, changed: bool) -> dict[str, str | bytes]:
    """Files of several kinds; some change, go or come in the second state of the collection."""
    texts: dict[str, str | bytes] = {}
    for number, document in enumerate(numbered_articles(60)):
        more = f" Later {name_of(number + 1_000)} confessed." if changed and number % 4 == 0 else ""
        texts[f"articles/{document.id}.txt"] = document.text + more
    lines = [
        {"id": f"line-{n}", "text": f"Line {n} names {name_of(n + 100)}. It is short."}
        for n in range(3 if changed else 0, 8)
    ]
    texts["lines.jsonl"] = "".join(json.dumps(line) + "\n" for line in lines)
    texts["record.yaml"] = (
        "id: harbour-light\ntitle: Operation Harbour Light\nkind: operation\nstatus: concluded\n"
        "crime_types: [Fraud]\nperiod: 2014\nfact_summary: Three men were arrested [1].\n"
        "sources: [{n: 1, publisher: P, title: T}]\n"
    )
    for number in range(10):
        texts[f"linked/{number}.txt"] = (
            f"Operation Harbour Light went on.\n\nOn day {number}, Operation Harbour Light ended."
        )
    return texts


@dataclass(frozen=True)
class State:
    """What a library and its vectors hold, whatever the numbers of the passages."""

    documents: dict[str, Document]
    vectors: dict[tuple[str, int], list[list[float]]]
    terms: dict[str, int]


def state(library: Library) -> State:
    index = current_index(library, FakeEncoder())
    assert index is not None
    passages = library.passages(library.passage_ids())
    assert list(index._data.ids) == [p.id for p in passages]
    rows = index._data.vectors.tolist()
    return State(
        {d.id: library.document(d.id) for d in library.documents()},
        {
            (p.document, p.start): [row, *index.sentence_vectors(p.id).tolist()]
            for p, row in zip(passages, rows, strict=True)
        },
        library.term_frequencies(),
    )


def finish(folder: Path, files: Path) -> State:
    library = Library.open(folder) if Library.exists(folder) else Library.create(folder)
    ingest(library, [files])
    synchronise(library, FakeEncoder())
    found = state(library)
    library.close()
    return found


@dataclass(frozen=True)
class Scenario:
    """A library before a run, the files of the run, and what it has to come to."""

    before: Path | None
    files: Path
    known: list[dict[str, Document]]
    result: State
    seconds: float


@pytest.fixture(scope="module", params=["first", "changed"])
def scenario(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    tmp = tmp_path_factory.mktemp("crash")
    files = write_files(tmp / "files", contents(changed=False))
    before = None
    known = []
    if request.param == "changed":
        before = tmp / "before"
        known.append(finish(before, files).documents)
        write_files(files, contents(changed=True))
    shutil.copytree(before, tmp / "result") if before else (tmp / "result").mkdir()
    result = finish(tmp / "result", files)
    # what an interrupted run may hold: documents as read, before they are linked
    unlinked = {
        i: d if d.link is None else d.assigned(None, None)  # type: ignore[arg-type]
        for i, d in result.documents.items()
        if d.link and d.link.confidence < 1
    }
    seconds = run_to_the_end(tmp / "timed", before, files)
    return Scenario(before, files, [*known, result.documents, unlinked], result, seconds)


def start(folder: Path, files: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, PROGRAM, folder, files],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def run_to_the_end(folder: Path, before: Path | None, files: Path) -> float:
    if before:
        shutil.copytree(before, folder)
    process = start(folder, files)
    started = time.perf_counter()
    assert process.communicate()[0] == "done\n"
    return time.perf_counter() - started


def interrupted(folder: Path, scenario: Scenario, number: int, sign: signal.Signals) -> None:
    """A run that gets a signal in the `number`-th part of its time."""
    if scenario.before:
        shutil.copytree(scenario.before, folder)
    part = (number + random.Random(SEED + number).random()) / KILLS  # noqa: S311
    process = start(folder, scenario.files)
    try:
        process.communicate(timeout=scenario.seconds * part)
    except subprocess.TimeoutExpired:
        process.send_signal(sign)
        process.communicate()


def check_whole(folder: Path, scenario: Scenario) -> None:
    """Every document is one of those that were ever whole, and vectors are whole or none."""
    if not Library.exists(folder):
        return
    library = Library.open(folder)
    assert library.faults() == []
    for summary in library.documents():
        document = library.document(summary.id)
        assert document in [known[document.id] for known in scenario.known if document.id in known]
    files = VectorFiles(folder)
    if (files.folder / "CURRENT").exists():
        build = files.load(FakeEncoder().identity)
        assert build.change <= library.change
        if build.change == library.change:
            held = {int(i) for segment in build.segments for i in segment.ids}
            assert set(library.passage_ids()) <= held
    library.close()


@pytest.mark.parametrize("number", range(KILLS))
@pytest.mark.parametrize("sign", [signal.SIGKILL])
def test_a_kill_leaves_the_last_good_state(
    scenario: Scenario, tmp_path: Path, number: int, sign: signal.Signals
) -> None:
    folder = tmp_path / "library"
    interrupted(folder, scenario, number, sign)
    check_whole(folder, scenario)
    assert finish(folder, scenario.files) == scenario.result
    assert len(list(VectorFiles(folder).folder.glob("manifest-*.json"))) <= 2


@pytest.mark.parametrize("number", [1, 4])
def test_an_interrupt_from_the_keyboard_leaves_the_last_good_state(
    scenario: Scenario, tmp_path: Path, number: int
) -> None:
    folder = tmp_path / "library"
    interrupted(folder, scenario, number, signal.SIGINT)
    check_whole(folder, scenario)
    assert finish(folder, scenario.files) == scenario.result


def test_kills_one_after_the_other_are_survived(scenario: Scenario, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    if scenario.before:
        shutil.copytree(scenario.before, folder)
    for number in range(3):
        interrupted(folder, replace(scenario, before=None), number + 1, signal.SIGKILL)
        check_whole(folder, scenario)
    assert finish(folder, scenario.files) == scenario.result
