"""The index matches the library after every change, and only what is new is encoded."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from casequote.corpus.errors import LibraryDamaged
from casequote.corpus.library import Library
from casequote.embeddings import synchronise as module
from casequote.embeddings.encoder import Matrix, Spans
from casequote.embeddings.synchronise import current_index, embedded_text, synchronise
from casequote.embeddings.vector_files import VectorFiles
from casequote.embeddings.vector_index import VectorIndex
from tests.factories import FakeEncoder, add, article, make_library, numbered_articles, record

Vectors = dict[tuple[str, int], list[list[float]]]


def vectors(library: Library, index: VectorIndex) -> Vectors:
    """Everything in an index, by document and place."""
    assert list(index._data.ids) == library.passage_ids()
    rows = index._data.vectors
    return {
        (p.document, p.start): [*rows[[n]].tolist(), *index.sentence_vectors(p.id).tolist()]
        for n, p in enumerate(library.passages(library.passage_ids()))
    }


def fresh(folder: Path, library: Library) -> Vectors:
    """What an index has that is made at once from the same documents."""
    documents = [library.document(d.id) for d in library.documents()]
    other = make_library(folder, *documents)
    return vectors(other, synchronise(other, FakeEncoder()))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library(tmp_path / "library", record(), *numbered_articles(20))


def test_every_passage_is_encoded_once(library: Library) -> None:
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    assert len(index) == len(encoder.encoded) == library.passage_count()
    again = synchronise(Library.open(library.folder), encoder)
    assert len(encoder.encoded) == library.passage_count()
    assert vectors(library, again) == vectors(library, index)


def test_nothing_is_written_when_nothing_changed(library: Library) -> None:
    synchronise(library, FakeEncoder())
    files = VectorFiles(library.folder)
    before = {path: path.stat().st_mtime_ns for path in files.folder.rglob("*")}
    synchronise(library, FakeEncoder())
    assert {path: path.stat().st_mtime_ns for path in files.folder.rglob("*")} == before


def test_only_new_passages_are_encoded(library: Library, tmp_path: Path) -> None:
    encoder = FakeEncoder()
    synchronise(library, encoder)
    encoder.encoded.clear()
    add(library, article("A new report about zebras.", id="new"))
    index = synchronise(library, encoder)
    assert [text.endswith("A new report about zebras.") for text in encoder.encoded] == [True]
    assert vectors(library, index) == fresh(tmp_path / "fresh", library)


def test_a_replaced_document_is_encoded_again(library: Library, tmp_path: Path) -> None:
    encoder = FakeEncoder()
    synchronise(library, encoder)
    encoder.encoded.clear()
    add(library, article("Another text.", id="article-003"))
    index = synchronise(library, encoder)
    assert len(encoder.encoded) == 1
    assert vectors(library, index) == fresh(tmp_path / "fresh", library)


def test_removed_passages_are_not_found_and_nothing_is_encoded(library: Library) -> None:
    encoder = FakeEncoder()
    synchronise(library, encoder)
    query = encoder.encode_query(library.document("article-003").text)
    [passage] = library.passage_ids(documents=["article-003"])
    encoder.encoded.clear()
    library.remove(["article-003"])
    index = synchronise(library, encoder)
    assert encoder.encoded == []
    assert passage not in {i for i, _ in index.search(query, 100)}
    assert index.search_within(query, 5, [passage]) == []


def test_many_removals_merge_the_files_and_keep_the_vectors(
    library: Library, tmp_path: Path
) -> None:
    encoder = FakeEncoder()
    synchronise(library, encoder)
    library.remove([f"article-{n:03}" for n in range(15)])
    encoder.encoded.clear()
    index = synchronise(library, encoder)
    assert encoder.encoded == []
    assert vectors(library, index) == fresh(tmp_path / "fresh", library)
    build = VectorFiles(library.folder).load(encoder.identity)
    assert [list(segment.ids) for segment in build.segments] == [library.passage_ids()]


def test_many_additions_merge_the_files(library: Library, tmp_path: Path) -> None:
    encoder = FakeEncoder()
    for number in range(module.MOST_SEGMENTS + 2):
        add(library, article(f"Addition {number}.", id=f"new-{number}"))
        index = synchronise(library, encoder)
        files = VectorFiles(library.folder)
        build = files.load(encoder.identity)
        assert len(build.segments) <= module.MOST_SEGMENTS
        assert len(list(files.folder.glob("segment-*"))) == len(build.segments)
        assert len(list(files.folder.glob("manifest-*"))) == 1
    assert len(encoder.encoded) == library.passage_count()
    assert vectors(library, index) == fresh(tmp_path / "fresh", library)


def flip(folder: Path) -> None:
    path = next(folder.glob("segment-*/vectors.npy"))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def truncate(folder: Path) -> None:
    path = next(folder.glob("segment-*/sentence_vectors.npy"))
    path.write_bytes(path.read_bytes()[:-2])


def lose(folder: Path) -> None:
    next(folder.glob("segment-*/ids.npy")).unlink()


def lose_manifest(folder: Path) -> None:
    next(folder.glob("manifest-*")).unlink()


@pytest.mark.parametrize("harm", [flip, truncate, lose, lose_manifest], ids=lambda h: h.__name__)
def test_damaged_vectors_are_never_used_but_made_again(
    library: Library,
    tmp_path: Path,
    harm: Callable[[Path], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    synchronise(library, FakeEncoder())
    harm(VectorFiles(library.folder).folder)
    assert current_index(library, FakeEncoder()) is None
    encoder = FakeEncoder()
    with caplog.at_level(logging.WARNING):
        index = synchronise(library, encoder)
    assert len(encoder.encoded) == library.passage_count()
    assert vectors(library, index) == fresh(tmp_path / "fresh", library)
    assert current_index(library, FakeEncoder()) is not None
    assert ("will be made again" in caplog.text) == (harm is not lose_manifest)


def test_vectors_of_another_encoder_are_made_again(library: Library) -> None:
    synchronise(library, FakeEncoder())
    other = FakeEncoder(weights="1" * 64)
    assert current_index(library, other) is None
    assert len(synchronise(library, other)) == len(other.encoded) == library.passage_count()
    assert current_index(library, FakeEncoder()) is None


def test_the_index_is_current_until_the_library_changes(library: Library) -> None:
    encoder = FakeEncoder()
    assert current_index(library, encoder) is None
    made = synchronise(library, encoder)
    found = current_index(library, encoder)
    assert found is not None
    assert vectors(library, found) == vectors(library, made)
    add(library, article(id="new"))
    assert current_index(library, encoder) is None


def test_an_empty_library_has_an_empty_current_index(tmp_path: Path) -> None:
    library = Library.create(tmp_path)
    assert len(synchronise(library, FakeEncoder())) == 0
    assert current_index(library, FakeEncoder()) is not None


def test_progress_is_told_up_to_all(library: Library) -> None:
    seen: list[tuple[int, int]] = []
    synchronise(library, FakeEncoder(), lambda done, total: seen.append((done, total)))
    assert seen[-1] == (library.passage_count(), library.passage_count())
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_a_passage_is_embedded_with_its_case_section_and_offences(library: Library) -> None:
    document = library.document("harbour-light--record")
    [passage] = [
        p
        for p in library.passages(library.passage_ids(documents=[document.id]))
        if p.section == ("Investigation Procedure", "Involved Agencies")
    ]
    text, shift = embedded_text(document, passage, "Operation Harbour Light")
    head, body = text[:shift], text[shift:]
    assert head == (
        "Operation Harbour Light. Investigation Procedure > Involved Agencies. "
        "Computer-related fraud/forgery\n"
    )
    assert body == document.text[passage.start : passage.end]
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    assert text in encoder.encoded
    start, end = passage.sentences[0]
    span = (start - passage.start + shift, end - passage.start + shift)
    [expected] = encoder.encode_spans([text], [[span]])[1]
    assert_allclose(index.sentence_vectors(passage.id)[:1], expected, atol=1e-3)


class Meddler(FakeEncoder):
    """Changes the library while it is being encoded."""

    def __init__(self, change: Callable[[], None]) -> None:
        super().__init__()
        self._change: Callable[[], None] | None = change

    def encode_spans(
        self, texts: Sequence[str], spans: Sequence[Spans]
    ) -> tuple[Matrix, list[Matrix]]:
        if self._change:
            self._change()
            self._change = None
        return super().encode_spans(texts, spans)


def test_a_run_that_is_stopped_keeps_what_it_encoded_and_is_not_taken_for_finished(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 4)
    monkeypatch.setattr(module, "PASSAGES_PER_SEGMENT", 8)

    def stop(done: int, total: int) -> None:
        if done == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        synchronise(library, FakeEncoder(), stop)
    assert current_index(library, FakeEncoder()) is None
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    assert len(encoder.encoded) == library.passage_count() - 8
    assert vectors(library, index) == fresh(tmp_path / "fresh", library)


@pytest.mark.parametrize("per_segment", [4, 1_000])
def test_a_library_that_changes_meanwhile_is_put_right_by_the_next_run(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, per_segment: int
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "PASSAGES_PER_SEGMENT", per_segment)
    other = Library.open(library.folder)

    def change() -> None:
        other.remove(["article-010", "article-019"])
        add(other, article("Meanwhile.", id="new"))

    synchronise(library, Meddler(change))
    assert current_index(library, FakeEncoder()) is None
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    assert len(encoder.encoded) == 1
    assert vectors(library, index) == fresh(tmp_path / "fresh", library)


def test_two_runs_at_once_leave_vectors_that_are_whole(library: Library, tmp_path: Path) -> None:
    other = Library.open(library.folder)

    def run_too() -> None:
        synchronise(other, FakeEncoder())

    first = synchronise(library, Meddler(run_too))
    found = current_index(library, FakeEncoder())
    assert found is not None
    assert_array_equal(found._data.vectors, first._data.vectors)
    assert vectors(library, found) == fresh(tmp_path / "fresh", library)


def test_vectors_that_are_no_numbers_are_refused(library: Library) -> None:
    class Broken(FakeEncoder):
        def encode_spans(
            self, texts: Sequence[str], spans: Sequence[Spans]
        ) -> tuple[Matrix, list[Matrix]]:
            rows, of_spans = super().encode_spans(texts, spans)
            rows[0] = np.nan
            return rows, of_spans

    with pytest.raises(LibraryDamaged, match="numbers that are not finite"):
        synchronise(library, Broken())
    assert current_index(library, FakeEncoder()) is None
