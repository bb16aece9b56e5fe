"""What becomes of each file, in the first run and in every later one."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from casequote.corpus import ingest as module
from casequote.corpus.ingest import IngestReport, Outcome, ingest
from casequote.corpus.library import Library
from casequote.corpus.readers import Reading, read_file
from tests.factories import write_files

ARTICLE = "Raids in Taguig\n\nPolice arrested three men and took 250 phones.\n"
OTHER = "Trial in Cebu\n\nThe court heard twelve witnesses on Monday.\n"


def record_yaml(id: str, title: str, **more: str) -> str:  # noqa: A002
    lines = {"period": "2014", "fact_summary": "Three men were arrested."} | more
    return (
        f"id: {id}\ntitle: {title}\nkind: operation\nstatus: concluded\ncrime_types: [Fraud]\n"
        + "".join(f"{key}: {value}\n" for key, value in lines.items())
    )


def jsonl(*articles: tuple[str, str]) -> str:
    return "".join(json.dumps({"id": i, "title": i, "text": text}) + "\n" for i, text in articles)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    found = Library.create(tmp_path / "library")
    yield found
    assert found.faults() == []
    found.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were parsed, in order."""
    names: list[str] = []

    def counting(path: Path) -> Reading:
        names.append(path.name)
        return read_file(path)

    monkeypatch.setattr(module, "read_file", counting)
    return names


def outcomes(report: IngestReport) -> dict[str, str]:
    return {Path(file.path).name: file.outcome.value for file in report.files}


def texts(library: Library) -> list[str]:
    return sorted(library.document(d.id).text for d in library.documents())


def test_files_and_folders_are_read_in_order_without_hidden_ones(
    library: Library, tmp_path: Path
) -> None:
    files = write_files(
        tmp_path / "files",
        {
            "b.txt": ARTICLE,
            "a/z.txt": OTHER,
            ".hidden.txt": "x",
            ".git/config.txt": "x",
            "a/.DS_Store": b"\0\1",
        },
    )
    seen: list[tuple[int, int]] = []
    report = ingest(library, [files / "a", files / "b.txt"], lambda *done: seen.append(done))
    assert [Path(file.path).name for file in report.files] == ["z.txt", "b.txt"]
    assert seen == [(0, 2), (1, 2), (2, 2)]
    assert report.complete
    assert report.count(Outcome.ADDED) == len(library.documents()) == 2
    assert {p.origin for p in library.provenance().values()} == {
        str(files / "a" / "z.txt"),
        str(files / "b.txt"),
    }


def test_unchanged_files_are_not_read_again(
    library: Library, tmp_path: Path, read: list[str]
) -> None:
    files = write_files(tmp_path / "files", {"a.txt": ARTICLE, "r.yaml": record_yaml("r", "R")})
    ingest(library, [files])
    change, ids = library.change, library.passage_ids()
    read.clear()
    os.utime(files / "a.txt", (0, 0))
    report = ingest(library, [files])
    assert (read, outcomes(report)) == ([], {"a.txt": "unchanged", "r.yaml": "unchanged"})
    assert [len(file.documents) for file in report.files] == [1, 1]
    assert (library.change, library.passage_ids()) == (change, ids)


@pytest.mark.parametrize("name", ["a.txt", "r.yaml"])
def test_a_changed_file_replaces_what_it_said(library: Library, tmp_path: Path, name: str) -> None:
    first = {"a.txt": ARTICLE, "r.yaml": record_yaml("r", "R")}
    files = write_files(tmp_path / "files", first)
    ingest(library, [files])
    then = {"a.txt": ARTICLE + "More.\n", "r.yaml": record_yaml("r", "R", outcome="Fined")}
    write_files(files, {name: then[name]})
    report = ingest(library, [files])
    assert outcomes(report) == {"a.txt": "unchanged", "r.yaml": "unchanged"} | {name: "changed"}
    assert len(library.documents()) == 2
    assert any("More." in text or "Fined" in text for text in texts(library))


def test_a_file_whose_document_is_the_same_is_read_once_more_only(
    library: Library, tmp_path: Path, read: list[str]
) -> None:
    files = write_files(tmp_path / "files", {"r.yaml": record_yaml("r", "R")})
    ingest(library, [files])
    write_files(files, {"r.yaml": "# a comment\n" + record_yaml("r", "R")})
    read.clear()
    for _ in range(2):
        assert outcomes(ingest(library, [files])) == {"r.yaml": "unchanged"}
    assert (read, library.change) == (["r.yaml"], 1)


def test_what_a_file_no_longer_says_is_taken_out(library: Library, tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", {"a.jsonl": jsonl(("x", ARTICLE), ("y", OTHER))})
    ingest(library, [files])
    write_files(files, {"a.jsonl": jsonl(("y", OTHER), ("z", "Something new was said."))})
    assert outcomes(ingest(library, [files])) == {"a.jsonl": "changed"}
    assert sorted(d.id for d in library.documents()) == ["y", "z"]


def test_a_file_that_has_become_unreadable_keeps_its_last_good_documents(
    library: Library, tmp_path: Path
) -> None:
    files = write_files(tmp_path / "files", {"r.yaml": record_yaml("r", "R"), "a.txt": ARTICLE})
    ingest(library, [files])
    write_files(files, {"r.yaml": "id: r\ntitle: [", "a.txt": ""})
    report = ingest(library, [files])
    assert outcomes(report) == {"r.yaml": "failed", "a.txt": "failed"}
    assert len(library.documents()) == 2
    assert not report.complete


def test_a_bad_line_neither_spoils_the_others_nor_removes_what_was_good(
    library: Library, tmp_path: Path
) -> None:
    files = write_files(tmp_path / "files", {"a.jsonl": jsonl(("x", ARTICLE), ("y", OTHER))})
    ingest(library, [files])
    write_files(files, {"a.jsonl": jsonl(("x", ARTICLE + "More.\n")) + '{"id": "y"}\n'})
    for _ in range(2):  # problems are reported again until they are mended
        [file] = ingest(library, [files]).files
        assert "y" not in file.documents
        assert len(file.problems) == 1
    assert sorted(d.id for d in library.documents()) == ["x", "y"]
    assert "More." in library.document("x").text


def test_a_bad_file_does_not_spoil_the_rest(library: Library, tmp_path: Path) -> None:
    files = write_files(
        tmp_path / "files",
        {
            "a.txt": ARTICLE,
            "b.pdf": b"%PDF-1.4 broken",
            "c.yaml": "id: [",
            "d.txt": b"",
            "e.docx": b"PK\x03\x04 broken",
            "f.bin": bytes(range(256)) * 4,
            "z.txt": OTHER,
        },
    )
    report = ingest(library, [files, tmp_path / "nowhere.txt"])
    assert len(library.documents()) == report.count(Outcome.ADDED) == 2
    for file in report.files:
        if file.outcome is Outcome.FAILED:
            assert Path(file.path).name in file.problems[0]
            assert ";" in file.problems[0]
    assert report.count(Outcome.FAILED) == 6


def test_the_first_of_two_documents_with_one_id_is_kept_and_the_other_told(
    library: Library, tmp_path: Path
) -> None:
    files = write_files(
        tmp_path / "files",
        {"a.yaml": record_yaml("r", "First"), "b.yaml": record_yaml("r", "Second")},
    )
    for _ in range(2):
        report = ingest(library, [files])
        [problem] = report.files[1].problems
        assert "'r--record' is also that of a document in" in problem
        assert "a.yaml" in problem
        assert library.document("r--record").title == "First"
        assert report.files[1].outcome is Outcome.FAILED


def test_an_id_that_clashes_with_an_unchanged_file_is_told(
    library: Library, tmp_path: Path
) -> None:
    files = write_files(tmp_path / "files", {"b.yaml": record_yaml("r", "Second")})
    ingest(library, [files])
    write_files(files, {"a.yaml": record_yaml("r", "First")})
    report = ingest(library, [files])
    assert outcomes(report) == {"a.yaml": "changed", "b.yaml": "failed"}
    assert library.document("r--record").title == "First"


def test_clashes_are_told_again_when_the_rest_of_the_file_is_unchanged(
    library: Library, tmp_path: Path
) -> None:
    files = write_files(
        tmp_path / "files",
        {"a.jsonl": jsonl(("x", ARTICLE)), "b.jsonl": jsonl(("x", OTHER), ("y", OTHER))},
    )
    for _ in range(3):
        assert [len(file.problems) for file in ingest(library, [files]).files] == [0, 1]
    assert sorted(d.id for d in library.documents()) == ["x", "y"]


def test_a_document_that_moved_to_another_file_stays(library: Library, tmp_path: Path) -> None:
    files = write_files(tmp_path / "files", {"a.yaml": record_yaml("r", "R")})
    ingest(library, [files])
    (files / "a.yaml").rename(files / "b.yaml")
    write_files(files, {"a.yaml": record_yaml("s", "S")})
    for paths in ([files], [files / "a.yaml"], [files]):
        ingest(library, paths)
        assert sorted(d.id for d in library.documents()) == ["r--record", "s--record"]
    assert library.provenance()["r--record"].origin.endswith("b.yaml")


def test_a_renamed_file_is_unchanged_and_known_by_its_new_name(
    library: Library, tmp_path: Path
) -> None:
    files = write_files(tmp_path / "files", {"a.yaml": record_yaml("r", "R")})
    ingest(library, [files])
    (files / "a.yaml").rename(files / "b.yaml")
    assert outcomes(ingest(library, [files])) == {"b.yaml": "unchanged"}
    write_files(files, {"a.yaml": record_yaml("s", "S")})
    ingest(library, [files / "a.yaml"])
    assert sorted(d.id for d in library.documents()) == ["r--record", "s--record"]


@pytest.mark.parametrize("changed", ["one", "two"])
@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_of_two_copies_either_may_change(
    library: Library, tmp_path: Path, changed: str, order: tuple[str, str]
) -> None:
    files = write_files(tmp_path / "files", {"one/a.txt": ARTICLE, "two/a.txt": ARTICLE})
    paths = [files / name for name in order]
    ingest(library, paths)
    assert texts(library) == [ARTICLE]
    write_files(files, {f"{changed}/a.txt": OTHER})
    for again in (paths, paths[::-1]):
        ingest(library, again)
        assert texts(library) == sorted([ARTICLE, OTHER])


def test_file_names_that_are_no_unicode_are_read(library: Library, tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "files")
    Path(os.fsdecode(folder)).mkdir()
    try:
        Path(os.fsdecode(folder + b"/M\xfcller.txt")).write_text(ARTICLE)
        Path(os.fsdecode(folder + b"/Z\xfcrich.txt")).write_text("")
    except OSError:
        pytest.skip("this file system takes no such names")
    report = ingest(library, [tmp_path / "files"])
    assert [file.outcome for file in report.files] == [Outcome.ADDED, Outcome.FAILED]
    assert report.files[0].path.endswith("M\\udcfcller.txt")
    assert "Z\\udcfcrich.txt" in report.files[1].problems[0]
    assert outcomes(ingest(library, [tmp_path / "files"]))["M\\udcfcller.txt"] == "unchanged"


def test_a_folder_that_cannot_be_read_is_told(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write_files(tmp_path / "files", {"a/x.txt": OTHER, "b.txt": ARTICLE})
    scan = os.scandir

    def refusing(path: str) -> object:  # permissions would not stop root
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    report = ingest(library, [files])
    assert outcomes(report) == {"b.txt": "added", "a": "failed"}
    [problem] = next(file for file in report.files if file.problems).problems
    assert problem.endswith(
        "a: the folder cannot be read (Permission denied); change its permissions or leave it out"
    )


def test_an_empty_folder_changes_nothing(library: Library, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    report = ingest(library, [tmp_path / "files"])
    assert (report.files, report.complete, library.change) == ((), True, 0)
