"""The training API and commands, from making a session to deleting it."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from casequote.server import composition
from casequote.server.app import make_app
from casequote.server.cli import main
from casequote.server.conversations import Conversations
from tests.collection import collection_assistant, collection_library
from tests.factories import FakeEncoder

SESSIONS = "/api/training/sessions"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("training-api") / "library"
    return TestClient(make_app(collection_assistant(folder), Conversations(10)))


def made(client: TestClient, **asked: object) -> dict[str, object]:
    response = client.post(SESSIONS, json={"seed": 4, "count": 20, **asked})
    assert response.status_code == 201, response.text
    return dict(response.json())


def test_a_session_goes_from_making_to_deleting(client: TestClient) -> None:
    session = made(client)
    link = str(session["link"])
    assert client.get(link).json() == session
    key = client.get(f"{link}/key").json()
    for number, exercise in enumerate(key["exercises"], start=1):
        for extract in exercise["key"]["extracts"]:
            document = client.get(f"/api/documents/{extract['document']}").json()
            assert document["text"][extract["start"] : extract["end"]] == extract["text"]
        answer = exercise["key"]["correct"] or "; ".join(
            p["text"] for p in exercise["key"]["points"]
        )
        given = {"exercise": number, "trainee": "Ann", "answer": answer}
        marked = client.post(f"{link}/answers", json=given).json()
        assert marked["points"]
        assert marked["extracts"] == exercise["key"]["extracts"]
    results = client.get(f"{link}/results", params={"trainee": "Ann"}).json()
    assert {p["exercise"] for p in results["points"]} == set(range(1, 21))
    covered = sum(t["covered"] for t in results["topics"])
    assert covered >= 0.95 * len(results["points"])
    table = client.get(f"{link}/results.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text.splitlines()) == len(results["points"]) + 1
    assert session["id"] in {s["id"] for s in client.get(SESSIONS).json()["sessions"]}
    assert client.delete(link).json() == {"deleted": "session", "name": session["id"]}
    assert client.get(link).status_code == 404


def test_trainees_are_not_told_answers_or_cases(client: TestClient) -> None:
    session = made(client, kinds=["scenario", "classify"], count=6)
    text = json.dumps(session)
    assert session["cases"] == []
    for exercise in client.get(f"{session['link']}/key").json()["exercises"]:
        assert exercise["key"]["extracts"][0]["document"] not in text
        assert not any(a["original"] in text for a in exercise["key"]["aliases"] if
                       a["shown"].startswith("[Person"))  # fmt: skip
    assert all(e["key"] is None for e in session["exercises"])  # type: ignore[attr-defined]


def test_what_is_due_comes_without_its_key(client: TestClient) -> None:
    session = made(client, kinds=["choice"], count=3)
    client.post(f"{session['link']}/answers", json={"exercise": 1, "trainee": "Eve", "answer": "A"})
    assert client.get("/api/training/trainees/Eve/due").json() == {"trainee": "Eve", "due": []}
    assert client.delete("/api/training/trainees/Eve").status_code == 200
    assert client.delete("/api/training/trainees/Eve").status_code == 404


@pytest.mark.parametrize("form", ["html", "docx", "markdown", "moodle", "gift", "qti"])
def test_files_are_served(client: TestClient, form: str) -> None:
    link = made(client)["link"]
    response = client.get(f"{link}/export", params={"format": form, "part": "key"})
    assert response.status_code == 200
    assert ("attachment" in response.headers.get("content-disposition", "")) is (form != "html")


PROBLEMS = [
    ("POST", SESSIONS, {"cases": ["nowhere"]}, 404, "'nowhere' is not in the library"),
    ("POST", SESSIONS, {"kinds": ["riddle"]}, 422, "no kind of exercise"),
    ("POST", SESSIONS, {"count": 0}, 422, "choose between 1 and 200"),
    ("POST", SESSIONS, {"count": 10000}, 422, "choose between 1 and 200"),
    ("POST", SESSIONS, {"filters": {"country": "Atlantis"}}, 404, "no case has the country"),
    ("POST", SESSIONS, {"colour": "red"}, 422, "see `errors`"),
    ("GET", f"{SESSIONS}/broken", None, 422, "is no id of a training session"),
    ("GET", f"{SESSIONS}/{'0' * 16}", None, 404, "is not stored, or was deleted"),
    ("DELETE", f"{SESSIONS}/{'0' * 16}", None, 404, "is not stored, or was deleted"),
    (
        "POST",
        f"{SESSIONS}/{'0' * 16}/answers",
        {"exercise": 1, "trainee": "Ann", "answer": "A"},
        404,
        "is not stored, or was deleted",
    ),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "detail"), PROBLEMS)
def test_problems_say_fact_and_remedy(
    client: TestClient, method: str, path: str, body: object, status: int, detail: str
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert detail in response.json()["detail"]


@pytest.fixture(autouse=True)
def _fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition, "make_encoder", lambda *_: FakeEncoder(dimension=256))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training-cli") / "library"
    collection_library(folder).close()
    return folder


def run(
    capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str | Path
) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_:
        main(["train", *map(str, arguments), "--library", str(folder)])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return int(exit_.value.code or 0), out, err


def test_commands_go_from_making_to_deleting(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    tmp_path: Path,
) -> None:
    asked = ("new", "--cases", "us-v-ogoshi,uk-croft", "--kinds", "choice,open", "--count", "4",
             "--seed", "9")  # fmt: skip
    status, out, _ = run(capsys, folder, *asked, "--json")
    assert status == 0
    session = json.loads(out)
    assert run(capsys, folder, *asked, "--json")[1] == out
    assert session["id"] in run(capsys, folder, "list")[1]
    assert "# Exercise sheet" in run(capsys, folder, "show", session["id"])[1]
    assert "# Answer key" in run(capsys, folder, "show", session["id"], "--key")[1]
    for form in ("html", "docx", "markdown", "moodle", "gift", "qti"):
        export = ("export", session["id"], "--format", form, "-o", tmp_path)
        status, out, _ = run(capsys, folder, *export)
        assert status == 0
        assert Path(out.strip()).stat().st_size > 500
    answer = ("answer", session["id"], "1", "A", "--trainee", "Ann")
    assert "to be repeated from" in run(capsys, folder, *answer)[1]
    assert "Ann: " in run(capsys, folder, "results", session["id"])[1]
    assert run(capsys, folder, "results", session["id"], "--csv")[1].startswith("trainee,")
    assert "nothing is due" in run(capsys, folder, "due", "--trainee", "Ann")[1]
    assert run(capsys, folder, "delete", session["id"])[:2] == (0, "deleted\n")
    status, _, err = run(capsys, folder, "show", session["id"])
    assert status == 1
    assert "is not stored, or was deleted" in err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["new", "--count", "0"], 1, "choose between 1 and 200"),
        (["new", "--cases", "us-v-ogosh"], 1, "did you mean us-v-ogoshi"),
        (["new", "--kinds", "riddle"], 1, "no kind of exercise"),
        (["new", "--difficulty", "deadly"], 2, "deadly"),
        (["delete"], 2, "give either SESSION or --trainee"),
        (["export", "0" * 16], 1, "is not stored"),
        (["delete", "--trainee", "Nobody"], 1, "nothing is stored about the trainee"),
    ],
)
def test_mistakes_are_told(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    found, _, err = run(capsys, folder, *arguments)
    assert (found, message in err) == (status, True)


def test_a_place_that_cannot_be_written_is_told(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    _, out, _ = run(capsys, folder, "new", "--count", "2", "--json")
    export = ("export", json.loads(out)["id"], "-o", tmp_path / "missing" / "sheet.html")
    status, _, err = run(capsys, folder, *export)
    assert status == 1
    assert "cannot be written" in err
