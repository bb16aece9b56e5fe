"""Readers in other threads and processes see whole documents while a writer works."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from casequote.corpus.document import FieldName
from casequote.corpus.errors import NotInLibrary
from casequote.corpus.library import Library
from tests.factories import add, article, make_library, record


def version(number: int) -> str:
    """A text whose every part tells which version it is."""
    return f"Version {number} begins. " + f"Word{number} follows. " * (5 + number % 7)


def test_reads_are_whole_while_another_thread_writes(tmp_path: Path) -> None:
    library = make_library(tmp_path, article(version(0), id="a"), record())
    done = threading.Event()

    def write() -> None:
        try:
            for number in range(1, 60):
                add(library, article(version(number), id="a"))
                add(library, article("Comes and goes.", id="b"))
                library.remove(["b"])
        finally:
            done.set()

    def read() -> int:
        count = 0
        while not done.is_set() or count == 0:
            document = library.document("a")
            assert document.text == version(int(document.text.split()[1]))
            for passage in library.passages(library.passage_ids(documents=["a"])):
                assert passage.end <= len(version(0)) * 4
            library.match_terms('"version"', 5)
            assert len(library.fields(FieldName.COUNTRIES)) == 2
            with suppress(NotInLibrary):
                assert library.document("b").text == "Comes and goes."
            count += 1
        return count

    work: list[Callable[[], object]] = [write, read, read, read]
    with ThreadPoolExecutor(len(work)) as pool:
        for future in [pool.submit(job) for job in work]:
            future.result()
    assert library.document("a").text == version(59)
    assert library.change == 2 + 59 * 3
    assert library.faults() == []


def test_writers_in_several_threads_take_turns(tmp_path: Path) -> None:
    library = Library.create(tmp_path)

    def write(worker: int) -> None:
        for number in range(10):
            add(library, article(f"By {worker}, {number}.", id=f"{worker}-{number}"))

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(write, worker) for worker in range(4)]:
            future.result()
    assert (len(library.documents()), library.change) == (40, 40)


def test_writers_with_libraries_of_their_own_take_turns(tmp_path: Path) -> None:
    Library.create(tmp_path).close()

    def write(worker: int) -> None:
        library = Library.open(tmp_path)
        for number in range(10):
            add(library, article(f"By {worker}, {number}.", id=f"{worker}-{number}"))
        library.close()

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(write, worker) for worker in range(4)]:
            future.result()
    assert (len(Library.open(tmp_path).documents()), Library.open(tmp_path).change) == (40, 40)


def test_what_another_process_wrote_is_seen_at_once(tmp_path: Path) -> None:
    here = make_library(tmp_path, article("Before.", id="a"))
    assert here.document("a").text == "Before."
    there = Library.open(tmp_path)
    add(there, article("After.", id="a"))
    assert here.document("a").text == "After."
    there.remove(["a"])
    assert here.documents() == []
