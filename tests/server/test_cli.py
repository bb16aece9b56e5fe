"""The command line as the contract has it: exit statuses, JSON, and errors with a remedy."""

import json
from pathlib import Path

import pytest

from casequote.corpus.readers import read_file
from casequote.server import composition
from casequote.server.cli import main
from tests.collection import collection_library
from tests.factories import FakeEncoder

QUESTION = "Which agencies took part in Operation Strikeback?"


@pytest.fixture(autouse=True)
def _fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition, "make_encoder", lambda *_: FakeEncoder(dimension=256))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "library"
    collection_library(folder).close()
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return int(exit_.value.code or 0), out, err


def test_ask_prints_values_and_where_they_stand(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    status, out, _ = run(capsys, "ask", QUESTION, "--library", library)
    assert status == 0
    assert "- Police Scotland [5]" in out
    assert "operation-strikeback-2014--record, characters" in out


def test_ask_prints_the_answer_of_the_contract(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    status, out, _ = run(capsys, "ask", QUESTION, "--library", library, "--json")
    answer = json.loads(out)
    assert status == 0
    assert set(answer) == {
        "id", "conversation_id", "question", "status", "refusal", "answer", "values",
        "extracts", "conflicts", "interpretation", "elapsed_ms",
    }  # fmt: skip
    assert answer["status"] == "answered"
    assert {
        "number", "text", "document", "case", "title", "publisher", "date", "section",
        "start", "end", "source_url", "selector",
    } <= set(answer["extracts"][0])  # fmt: skip


def test_a_refusal_is_done(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    status, out, _ = run(
        capsys, "ask", "Who led Operation Waterfall?", "--library", library, "--json"
    )
    assert status == 0
    refusal = json.loads(out)["refusal"]
    assert refusal["reason"] == "not_in_corpus"
    assert "Waterfall" in refusal["message"]


def test_earlier_questions_come_with_after(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    _, out, _ = run(
        capsys, "ask", "Which countries?", "--after", QUESTION, "--library", library, "--json"
    )
    assert json.loads(out)["interpretation"]["cases"] == ["operation-strikeback-2014"]


def test_search_gives_ranked_passages(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    status, out, _ = run(
        capsys, "search", "webcam blackmail", "-k", "3", "--library", library, "--json"
    )
    results = json.loads(out)["results"]
    assert status == 0
    assert [result["rank"] for result in results] == [1, 2, 3]
    assert set(results[0]) == {
        "rank", "score", "document", "case", "title", "section", "start", "end", "text",
    }  # fmt: skip


def test_cases_and_show(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    _, out, _ = run(capsys, "cases", "--library", library, "--json")
    assert json.loads(out)["count"] == 20
    _, out, _ = run(capsys, "show", "us-v-ogoshi", "--library", library, "--json")
    case = json.loads(out)
    assert {field["name"] for field in case["fields"]} >= {"agencies", "sentence", "countries"}


WRONG = [
    (["ask"], 2, "Missing argument"),
    (["ask", "x", "--nonsense"], 2, "No such option"),
    (["search", "x", "-k", "0"], 2, "not in the range"),
    (["show", "us-v-ogoshy"], 1, "did you mean us-v-ogoshi"),
    (["ask", "x", "--case", "nowhere"], 1, "`casequote cases` lists all"),
    (["remove", "nothing"], 1, "'nothing' is not in the library"),
]


@pytest.mark.parametrize(("arguments", "status", "said"), WRONG)
def test_what_is_wrong_is_said_with_a_remedy(
    capsys: pytest.CaptureFixture[str],
    library: Path,
    arguments: list[str],
    status: int,
    said: str,
) -> None:
    found, _, err = run(capsys, *arguments, "--library", library)
    assert (found, said in err) == (status, True), err


def test_a_missing_library_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, err = run(capsys, "ask", "x", "--library", tmp_path / "none")
    assert status == 1
    assert "there is no library; make one with" in err


def test_an_unknown_setting_is_an_error(
    capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEQUOTE_COLOUR", "red")
    status, _, err = run(capsys, "ask", "x", "--library", library)
    assert status == 1
    assert "CASEQUOTE_COLOUR is no setting" in err


def test_ingest_goes_on_past_bad_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "good.txt").write_text("A ferry thief\n\nThe thief was arrested on 3 May 2020.")
    (folder / "empty.txt").write_text("")
    (folder / "binary.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "latin.txt").write_bytes(
        "Le procès a eu lieu à Genève, près d'ici.".encode("latin-1")
    )
    (folder / "wide.txt").write_text("The harbour was closed.", encoding="utf-16")
    (folder / "bad.yaml").write_text("id: x\ntitle: X\nkind: case\ncolour: red\n")
    (folder / "lines.jsonl").write_text(
        '{"id": "one", "text": "First report."}\n{"id": "two"\n{"id": "three", "text": "Third."}\n'
    )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a zip")
    status, out, _ = run(capsys, "ingest", folder, "--library", tmp_path / "library", "--json")
    report = {Path(file["path"]).name: file for file in json.loads(out)["files"]}
    assert status == 1
    assert {n for n, f in report.items() if f["outcome"] == "failed"} == {
        "empty.txt", "binary.bin", "bad.yaml", "broken.pdf", "broken.docx",
    }  # fmt: skip
    assert report["lines.jsonl"]["documents"] == ["one", "three"]
    assert "line 2" in report["lines.jsonl"]["problems"][0]
    assert "colour" in report["bad.yaml"]["problems"][0]
    again, out, _ = run(capsys, "ingest", folder, "--library", tmp_path / "library", "--json")
    assert again == 1
    assert {f["outcome"] for f in json.loads(out)["files"] if not f["problems"]} == {"unchanged"}


def test_a_removed_document_is_never_quoted_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    library = tmp_path / "library"
    (tmp_path / "ferry.txt").write_text("A ferry thief\n\nThe Zanzibarov gang stole a ferry.")
    run(capsys, "ingest", tmp_path / "ferry.txt", "--library", library)
    _, out, _ = run(capsys, "search", "Zanzibarov", "--library", library, "--json")
    (result,) = json.loads(out)["results"]
    assert run(capsys, "remove", result["document"], "--library", library)[0] == 0
    _, out, _ = run(capsys, "search", "Zanzibarov", "--library", library, "--json")
    assert json.loads(out)["results"] == []


def test_extract_answers_lines_and_tells_of_bad_ones(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "The ferry sank. Two men were arrested in Oslo on 3 May 2020. It rained."
    lines = [
        json.dumps({"id": "a", "question": "How many men were arrested?", "text": text}),
        "not json",
        json.dumps({"id": "b", "question": "What is it?", "text": ""}),
    ]
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    status, out, err = run(capsys, "extract", "--jsonl")
    first, second = (json.loads(line) for line in out.splitlines())
    assert status == 1
    assert "line 2" in err
    assert first["status"] == "answered"
    assert [text[e["start"] : e["end"]] for e in first["extracts"]] == [
        e["text"] for e in first["extracts"]
    ]
    assert (second["id"], second["status"], second["extracts"]) == ("b", "refused", [])


def test_evaluate_measures_a_file_of_questions(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    questions = tmp_path / "questions.jsonl"
    rows = [
        {"id": "1", "kind": "list", "question": QUESTION, "expect": [["Police Scotland"]]},
        {"id": "2", "kind": "list", "question": QUESTION, "expect": [["Scotland Yard"]]},
        {
            "id": "3",
            "kind": "unanswerable",
            "question": "Who led Operation Waterfall?",
            "expect": [],
        },
    ]
    questions.write_text("\n".join(map(json.dumps, rows)))
    status, out, _ = run(capsys, "evaluate", questions, "--library", library, "--json")
    report = json.loads(out)
    assert status == 0
    assert report["all"] == {"questions": 3, "right": 2, "wrong": 1, "refused": 1, "share": 0.6667}
    assert report["refusal"] == {"precision": 1.0, "recall": 1.0}
    assert report["offsets_hold"] == 1.0
    assert report["wrong"] == ["2"]


def test_a_bad_line_of_a_questions_file_is_named(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    (tmp_path / "q.jsonl").write_text('\n{"id": "1"}\n')
    status, _, err = run(capsys, "evaluate", tmp_path / "q.jsonl", "--library", library)
    assert status == 1
    assert "line 2: is not a question" in err


def test_doctor_finds_a_damaged_library(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "library.sqlite").write_bytes(b"no database" * 200)
    status, out, _ = run(capsys, "doctor", "--library", folder)
    assert status == 1
    assert "WRONG" in out


def test_readme_names_every_command_and_setting() -> None:
    from casequote.server.cli import cli
    from casequote.server.settings import PREFIX, Settings

    readme = Path("README.md").read_text("utf-8")
    for command in cli.commands:
        assert f"`casequote {command}" in readme, command
    for name in Settings.model_fields:
        assert f"`{PREFIX}{name.upper()}`" in readme, name


def test_the_seed_of_a_sherloc_page_reads_as_a_record() -> None:
    path = Path("tests/corpus/readers/data/operation-strikeback.txt")
    (document,) = read_file(path).documents
    assert document.case == "operation-strikeback"
