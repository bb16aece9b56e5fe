"""A build on disk is what was published, or it is refused."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from casequote.corpus.errors import LibraryDamaged
from casequote.embeddings.encoder import EncoderIdentity
from casequote.embeddings.vector_files import Segment, VectorFiles, merged, segment_of

D = 4
IDENTITY = EncoderIdentity("words", "0" * 64, "fake", D)


def segment(*ids: int) -> Segment:
    rows = np.eye(D, dtype=np.float32)[[i % D for i in ids]].reshape(-1, D)
    return segment_of(ids, rows, [np.full((i % 3, D), i, np.float16) for i in ids], D)


def same(one: Segment, other: Segment) -> None:
    for name in ("ids", "vectors", "sentence_vectors", "bounds"):
        assert_array_equal(getattr(one, name), getattr(other, name))
        assert getattr(one, name).dtype == getattr(other, name).dtype


def publish(files: VectorFiles, *segments: Segment, change: int = 1) -> list[str]:
    names = [files.write(part, IDENTITY) for part in segments]
    files.publish(names, IDENTITY, change)
    return names


def manifest(files: VectorFiles) -> Path:
    return files.folder / (files.folder / "CURRENT").read_text()


def edit(files: VectorFiles, change: Callable[[dict[str, object]], object]) -> None:
    content = json.loads(manifest(files).read_text())
    change(content)
    manifest(files).write_text(json.dumps(content))


@pytest.fixture
def files(tmp_path: Path) -> VectorFiles:
    return VectorFiles(tmp_path)


def test_what_is_published_is_loaded(files: VectorFiles) -> None:
    names = publish(files, segment(1, 2, 5), segment(7), segment(), change=42)
    build = files.load(IDENTITY)
    assert (build.names, build.change, files.change()) == (tuple(names), 42, 42)
    for loaded, written in zip(
        build.segments, (segment(1, 2, 5), segment(7), segment()), strict=True
    ):
        same(loaded, written)


def test_the_manifest_says_what_the_vectors_are(files: VectorFiles) -> None:
    publish(files, segment(1))
    content = json.loads(manifest(files).read_text())
    assert content["encoder"] == {
        "name": "words",
        "weights": "0" * 64,
        "engine": "fake",
        "dimension": D,
    }
    [described] = content["segments"]
    assert sorted(described["files"]) == [
        "bounds.npy",
        "ids.npy",
        "sentence_vectors.npy",
        "vectors.npy",
    ]
    assert {len(digest) for digest in described["files"].values()} == {64}


def test_without_a_build_there_is_none(files: VectorFiles) -> None:
    assert files.change() is None
    with pytest.raises(LibraryDamaged, match=r"no readable manifest .* made again"):
        files.load(IDENTITY)


def test_a_segment_is_not_in_force_before_it_is_published(files: VectorFiles) -> None:
    publish(files, segment(1))
    files.write(segment(2), IDENTITY)
    [only] = files.load(IDENTITY).segments
    assert list(only.ids) == [1]


def test_what_was_in_force_before_is_swept(files: VectorFiles) -> None:
    first, second = publish(files, segment(1), segment(2))
    old = manifest(files)
    files.publish([second], IDENTITY, 2)
    assert not old.exists()
    assert {path.name for path in files.folder.iterdir()} == {
        "CURRENT",
        manifest(files).name,
        second,
    }
    assert first != second


def test_what_a_crash_left_is_swept_once_no_process_can_be_writing_it(files: VectorFiles) -> None:
    left = files.folder / files.write(segment(9), IDENTITY)
    half = files.folder / ".segment-half"
    half.mkdir()
    (half / "ids.npy").write_bytes(b"half")
    publish(files, segment(1))
    assert left.exists()
    assert half.exists()
    for path in (left, half):
        os.utime(path, (0, 0))
    publish(files, segment(1))
    assert not left.exists()
    assert not half.exists()
    assert len(files.load(IDENTITY).segments) == 1


def test_two_processes_that_publish_leave_a_complete_build(files: VectorFiles) -> None:
    other = VectorFiles(files.folder.parent)
    [common] = publish(files, segment(1))
    ours, theirs = files.write(segment(2), IDENTITY), other.write(segment(3), IDENTITY)
    other.publish([common, theirs], IDENTITY, 2)
    files.publish([common, ours], IDENTITY, 2)
    assert [list(part.ids) for part in files.load(IDENTITY).segments] == [[1], [2]]
    merged_name = other.write(segment(1, 2, 3), IDENTITY)
    other.publish([merged_name], IDENTITY, 3)
    with pytest.raises(LibraryDamaged, match="another process has published"):
        files.publish([common, ours], IDENTITY, 2)
    assert [list(part.ids) for part in files.load(IDENTITY).segments] == [[1, 2, 3]]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


@pytest.mark.parametrize("array", ["ids", "vectors", "sentence_vectors", "bounds"])
@pytest.mark.parametrize("harm", [flip, truncate, lengthen, Path.unlink], ids=lambda h: h.__name__)
def test_a_damaged_file_is_refused(
    files: VectorFiles, array: str, harm: Callable[[Path], None]
) -> None:
    [name] = publish(files, segment(1, 2, 5))
    path = files.folder / name / f"{array}.npy"
    harm(path)
    with pytest.raises(LibraryDamaged, match="will be made again") as caught:
        files.load(IDENTITY)
    assert str(path) in str(caught.value)


def test_a_missing_segment_is_refused(files: VectorFiles) -> None:
    [name] = publish(files, segment(1))
    shutil.rmtree(files.folder / name)
    with pytest.raises(LibraryDamaged, match="will be made again"):
        files.load(IDENTITY)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "3", "null", '{"change": 1}', '{"segments": [3]}', "\0"]
)
@pytest.mark.parametrize("which", ["manifest", "CURRENT"])
def test_a_manifest_that_is_none_is_refused(files: VectorFiles, content: str, which: str) -> None:
    publish(files, segment(1))
    (manifest(files) if which == "manifest" else files.folder / "CURRENT").write_text(content)
    with pytest.raises(LibraryDamaged, match="no readable manifest"):
        files.load(IDENTITY)
    publish(files, segment(2))
    assert [list(part.ids) for part in files.load(IDENTITY).segments] == [[2]]


@pytest.mark.parametrize(
    "other",
    [
        replace(IDENTITY, name="letters"),
        replace(IDENTITY, weights="1" * 64),
        replace(IDENTITY, engine="other"),
        replace(IDENTITY, dimension=8),
    ],
    ids=["name", "weights", "engine", "dimension"],
)
def test_vectors_of_another_encoder_are_refused(files: VectorFiles, other: EncoderIdentity) -> None:
    publish(files, segment(1))
    with pytest.raises(LibraryDamaged, match="made by another encoder"):
        files.load(other)


def broken(name: str) -> Segment:
    good = segment(1, 2, 5)
    nan = good.vectors.copy()
    nan[1, 1] = np.nan
    half_nan = good.sentence_vectors.copy()
    half_nan[0, 0] = np.inf
    return {
        "nan": replace(good, vectors=nan),
        "infinite sentence": replace(good, sentence_vectors=half_nan),
        "repeated ids": replace(good, ids=np.array([1, 2, 2])),
        "unordered ids": replace(good, ids=np.array([2, 1, 5])),
        "too few vectors": replace(good, vectors=good.vectors[:2]),
        "wrong dimension": replace(good, vectors=good.vectors[:, :2]),
        "bounds too short": replace(good, bounds=good.bounds[:-1]),
        "sentences too few": replace(good, sentence_vectors=good.sentence_vectors[:-1]),
    }[name]


BROKEN = [
    "nan",
    "infinite sentence",
    "repeated ids",
    "unordered ids",
    "too few vectors",
    "wrong dimension",
    "bounds too short",
    "sentences too few",
]


@pytest.mark.parametrize("name", BROKEN)
def test_vectors_that_cannot_be_right_are_never_written(files: VectorFiles, name: str) -> None:
    with pytest.raises(LibraryDamaged, match="wrong shapes, repeated ids or numbers"):
        files.write(broken(name), IDENTITY)
    assert not files.folder.exists()


@pytest.mark.parametrize("name", BROKEN)
def test_vectors_that_cannot_be_right_are_refused_even_with_their_checksums(
    files: VectorFiles, name: str
) -> None:
    [written] = publish(files, segment(1, 2, 5))
    for array in ("ids", "vectors", "sentence_vectors", "bounds"):
        np.save(files.folder / written / f"{array}.npy", getattr(broken(name), array))
    sums = files._checksums(written)
    edit(files, lambda content: content.update(segments=[{"name": written, "files": sums}]))
    with pytest.raises(LibraryDamaged, match="wrong shapes, repeated ids or numbers"):
        files.load(IDENTITY)


def test_one_passage_in_two_segments_is_refused(files: VectorFiles) -> None:
    publish(files, segment(1, 2), segment(2, 3))
    with pytest.raises(LibraryDamaged, match="two segments hold one passage"):
        files.load(IDENTITY)


def test_merging_keeps_the_vectors_of_what_is_kept() -> None:
    one, other = segment(2, 5, 9), segment(1, 4, 7)
    same(merged([one, other], [1, 2, 7, 9], D), segment(1, 2, 7, 9))
    same(merged([one, other], [], D), segment())
    same(merged([], [1], D), segment())
