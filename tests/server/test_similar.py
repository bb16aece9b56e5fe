"""Similar cases, comparisons and patterns over HTTP and on the command line."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from fastapi.testclient import TestClient

from casequote.prompts.similarity.comparison import compare
from casequote.server import comparison_files, composition
from casequote.server.app import make_app
from casequote.server.cli import main
from casequote.server.conversations import Conversations
from tests.collection import collection_assistant, collection_library
from tests.factories import FakeEncoder, make_library, record

REPORT = (
    "A boy of 16 from Singapore was contacted on Facebook by a person who posed as a girl. She "
    "recorded a video call and threatened to send it to his family unless he paid 900 dollars."
)
FRENCH = (
    "Il a menacé de publier les images intimes de la victime si elle ne payait pas mille euros."
)
Json = dict[str, Any]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("similar") / "library"
    return TestClient(make_app(collection_assistant(folder), Conversations(10)))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("similar-cli") / "library"
    collection_library(folder).close()
    return folder


@pytest.fixture(autouse=True)
def _fake_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composition, "make_encoder", lambda *_: FakeEncoder(dimension=256))


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return int(exit_.value.code or 0), out, err


def get(client: TestClient, path: str, **params: Any) -> Json:
    response = client.get(path, params=params)
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_similar_gives_what_the_contract_names(client: TestClient) -> None:
    found = get(client, "/api/similar", case="operation-strikeback-2014", k=3)
    assert [result["rank"] for result in found["results"]] == [1, 2, 3]
    for result in found["results"]:
        assert {"rank", "case", "title", "score", "reasons"} <= set(result)
        assert get(client, f"/api/cases/{result['case']}")["title"] == result["title"]
        for reason in (*result["reasons"], *result["differences"]):
            assert {"kind", "text", "extracts"} <= set(reason)
            for extract in reason["extracts"]:
                document = get(client, f"/api/documents/{extract['document']}")
                text = document["text"][extract["start"] : extract["end"]]
                assert text == extract["text"]


def test_similar_to_a_text_quotes_the_text(client: TestClient) -> None:
    response = client.post("/api/similar", json={"text": REPORT, "k": 4})
    found = response.json()
    assert response.status_code == 200
    assert {"Singapore", "Facebook"} <= {name["name"] for name in found["recognised"]}
    own = [
        extract
        for result in found["results"]
        for reason in result["reasons"]
        for extract in reason["extracts"]
        if extract["document"] == "narrative"
    ]
    assert own
    assert all(REPORT[e["start"] : e["end"]] == e["text"] for e in own)
    assert all(e["case"] is None for e in own)


def test_weights_and_constraints_are_taken_and_shown(client: TestClient) -> None:
    found = get(
        client, "/api/similar", case="uk-croft", weight=["method:3", "countries:0"],
        preset="same-charge", jurisdiction="other", concluded=True, k=20,
    )  # fmt: skip
    assert found["preset"] == "same-charge"
    assert found["weights"]["method"] == 3
    assert found["weights"]["offences"] == 2
    assert found["constraints"] == {"jurisdiction": "other", "concluded": True}
    body = {"text": REPORT, "weights": {"narrative": 0}, "country": "USA", "k": 20}
    by_text = client.post("/api/similar", json=body).json()
    assert by_text["constraints"] == {"country": "United States of America"}
    assert len(by_text["results"]) == by_text["compared"]


PROBLEMS = [
    ("GET", "/api/similar?case=nowhere", None, 404, "not in the library"),
    ("GET", "/api/similar", None, 422, "errors"),
    ("GET", "/api/similar?case=uk-croft&k=0", None, 422, "errors"),
    ("GET", "/api/similar?case=uk-croft&k=101", None, 422, "errors"),
    ("GET", "/api/similar?case=uk-croft&weight=method", None, 422, "VIEW:NUMBER"),
    ("GET", "/api/similar?case=uk-croft&weight=colour:1", None, 422, "is no view"),
    ("GET", "/api/similar?case=uk-croft&weight=method:nan", None, 422, "from 0 to 10"),
    ("GET", "/api/similar?case=uk-croft&preset=x", None, 422, "is no preset"),
    ("GET", "/api/similar?case=uk-croft&jurisdiction=x", None, 422, "errors"),
    ("GET", "/api/similar?case=uk-croft&country=Atlantis", None, 404, "no case has"),
    ("GET", "/api/similar?case=uk-croft&colour=red", None, 422, "errors"),
    ("POST", "/api/similar", {"text": ""}, 422, "is empty"),
    ("POST", "/api/similar", {"text": " \n "}, 422, "is empty"),
    ("POST", "/api/similar", {"text": FRENCH}, 422, "French"),
    ("POST", "/api/similar", {"text": "x " * 10_001}, 422, "at most 20,000"),
    ("POST", "/api/similar", {}, 422, "errors"),
    ("POST", "/api/similar", {"text": 5}, 422, "errors"),
    ("POST", "/api/similar", {"text": REPORT, "weights": {"colour": 1}}, 422, "is no view"),
    ("GET", "/api/compare?case=uk-croft", None, 422, "2 to 5 cases"),
    ("GET", "/api/compare", None, 422, "errors"),
    ("GET", "/api/compare?case=uk-croft&case=uk-croft", None, 422, "named 2 times"),
    ("GET", "/api/compare?case=uk-croft&case=nowhere", None, 404, "not in the library"),
    ("GET", "/api/compare?" + "&".join(f"case=c{n}" for n in range(50)), None, 422, "50 cases"),
    ("GET", "/api/patterns/facets?country=Atlantis", None, 404, "no case has"),
    ("GET", "/api/patterns/facets?colour=red", None, 422, "errors"),
    ("GET", "/api/patterns/timeline?case=nowhere", None, 404, "not in the library"),
    ("GET", "/api/patterns/network?least=0", None, 422, "errors"),
    ("GET", "/api/patterns/network?kind=court", None, 422, "errors"),
    ("GET", "/api/patterns/cooccurrence", None, 422, "errors"),
    ("GET", "/api/patterns/cooccurrence?value=Nobody", None, 404, "no case has"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "fact"), PROBLEMS)
def test_bad_input_is_told_with_a_remedy(
    client: TestClient, method: str, path: str, body: object, status: int, fact: str
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert fact in response.text


def test_compare_sends_a_cell_for_every_case(client: TestClient) -> None:
    found = get(client, "/api/compare", case=["uk-croft", "us-v-ogoshi", "uk-falder"])
    ids = ["uk-croft", "us-v-ogoshi", "uk-falder"]
    assert [case["id"] for case in found["cases"]] == ids
    for row in found["rows"]:
        assert [cell["case"] for cell in row["cells"]] == ids
        for cell in row["cells"]:
            assert cell["stated"] is bool(cell["items"] or cell["conflicts"])


def test_patterns_are_sent_with_their_extracts(client: TestClient) -> None:
    facets = get(client, "/api/patterns/facets", agency="FBI")
    assert facets["filters"] == {"agency": "Federal Bureau of Investigation"}
    assert set(facets["facets"]) == {
        "country", "agency", "crime_type", "keyword", "year", "platform", "measure", "outcome",
    }  # fmt: skip
    assert all(v["cases"] == len(v["ids"]) for own in facets["facets"].values() for v in own)
    events = get(client, "/api/patterns/timeline", case="us-v-ogoshi")["events"]
    assert [event["first"] for event in events] == sorted(event["first"] for event in events)
    edges = get(client, "/api/patterns/network", kind="both", least=1, k=50)["edges"]
    assert len(edges) == 50
    beside = get(client, "/api/patterns/cooccurrence", value="FBI", beside="country", k=5)
    assert beside["value"] == "Federal Bureau of Investigation"
    quoted = [e for edge in (*edges, *beside["beside"]) for e in edge["evidence"]]
    extracts = [event["extract"] for event in events]
    extracts += [extract for evidence in quoted for extract in evidence["extracts"]]
    for extract in extracts:
        document = get(client, f"/api/documents/{extract['document']}")
        assert document["text"][extract["start"] : extract["end"]] == extract["text"]


def test_the_command_prints_reasons_and_weights(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    status, out, _ = run(capsys, "similar", "us-v-mijangos", "-k", "2", "--library", library)
    assert status == 0
    assert "  1. United States v." in out
    assert "     + " in out
    assert "Weights: narrative 1, method 1" in out


def test_the_command_and_the_api_agree(
    capsys: pytest.CaptureFixture[str], library: Path, client: TestClient
) -> None:
    status, out, _ = run(
        capsys, "similar", "us-v-mijangos", "--weight", "method=2", "--jurisdiction", "other",
        "--json", "--library", library,
    )  # fmt: skip
    assert status == 0
    by_http = get(
        client, "/api/similar", case="us-v-mijangos", weight="method:2", jurisdiction="other"
    )
    assert json.loads(out) == by_http


def test_a_narrative_is_read_from_a_file_or_from_standard_input(
    capsys: pytest.CaptureFixture[str],
    library: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, "utf-8")
    status, by_file, _ = run(capsys, "similar", "--text", file, "--library", library, "--json")
    assert status == 0
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    status, by_input, _ = run(capsys, "similar", "--text", "-", "--library", library, "--json")
    assert status == 0
    assert json.loads(by_file) == json.loads(by_input)


def test_a_word_file_is_a_narrative_too(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    file = docx.Document()
    file.add_paragraph(REPORT)
    file.save(str(tmp_path / "report.docx"))
    status, out, _ = run(
        capsys, "similar", "--text", tmp_path / "report.docx", "--library", library, "--json"
    )
    assert status == 0
    assert "Facebook" in {name["name"] for name in json.loads(out)["recognised"]}


def test_a_case_page_outside_the_library_is_taken_as_a_record(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    page = Path(__file__).parents[1] / "corpus/readers/data/operation-strikeback.txt"
    status, out, _ = run(capsys, "similar", "--text", page, "--library", library, "--json")
    assert status == 0
    first = json.loads(out)["results"][0]
    assert first["case"] in ("operation-strikeback-2014", "operation-strikeback-ii-2014")
    assert {reason["kind"] for reason in first["reasons"]} & {"crime_type", "country", "agency"}


@pytest.mark.parametrize(
    ("arguments", "status", "fact"),
    [
        (("similar",), 2, "give either CASE or --text"),
        (("similar", "uk-croft", "--text", "x.txt"), 2, "give either CASE or --text"),
        (("similar", "uk-crofft"), 1, "did you mean uk-croft"),
        (("similar", "--text", "nowhere.txt"), 1, "cannot be read"),
        (("similar", "uk-croft", "--weight", "method"), 1, "VIEW=NUMBER"),
        (("similar", "uk-croft", "--preset", "x"), 2, "preset"),
        (("similar", "uk-croft", "-k", "0"), 2, "range"),
        (("compare", "uk-croft"), 1, "2 to 5 cases"),
        (("compare", "uk-croft", "uk-croft"), 1, "named 2 times"),
        (("compare", *(f"case-{n}" for n in range(50))), 1, "50 cases were given"),
        (("compare", "uk-croft", "uk-falder", "--json", "--csv"), 2, "give one of"),
        (("patterns", "timeline", "--case", "nowhere"), 1, "not in the library"),
        (("patterns", "beside", "Nobody"), 1, "no case has"),
    ],
)
def test_wrong_use_is_told(
    capsys: pytest.CaptureFixture[str],
    library: Path,
    arguments: tuple[str, ...],
    status: int,
    fact: str,
) -> None:
    code, _, err = run(capsys, *arguments, "--library", library)
    assert (code, fact in err) == (status, True), err


@pytest.mark.parametrize("text", ["", "  \n", FRENCH])
def test_a_text_that_is_no_narrative_is_told(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(text, "utf-8")
    status, _, err = run(capsys, "similar", "--text", file, "--library", library)
    assert status == 1
    assert err.startswith("the narrative")


PAIR = ("us-v-ogoshi", "uk-falder")


def test_comparisons_are_written_in_every_form(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    for form in ("json", "markdown", "csv"):
        file = tmp_path / f"cases.{form}"
        status, out, _ = run(
            capsys, "compare", *PAIR, f"--{form}", "-o", file, "--library", library
        )
        assert (status, out) == (0, "")
        assert "Western District of Michigan" in file.read_text("utf-8-sig")
    status, out, _ = run(capsys, "compare", *PAIR, "--library", library)
    assert "not stated" in out
    assert "us-v-ogoshi--record, " in out


def test_a_word_file_holds_the_table(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "cases.docx"
    status, _, _ = run(capsys, "compare", *PAIR, "--docx", "-o", file, "--library", library)
    assert status == 0
    (table,) = docx.Document(str(file)).tables
    assert len(table.columns) == 3
    assert "17 years 6 months imprisonment" in "\n".join(
        cell.text for row in table.rows for cell in row.cells
    )


def test_a_file_that_cannot_be_written_is_told(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    file = tmp_path / "none" / "cases.csv"
    status, _, err = run(capsys, "compare", *PAIR, "--csv", "-o", file, "--library", library)
    assert status == 1
    assert "cannot be written" in err


HOSTILE = "=HYPERLINK(1) | <b>x</b>\x0b [y](z)"


def test_what_documents_say_is_neither_formula_nor_markup(tmp_path: Path) -> None:
    opened = make_library(
        tmp_path / "library",
        record(title=HOSTILE, courts=[HOSTILE]),
        record(id="other", title="Other"),
    )
    comparison = compare(opened, ["harbour-light", "other"])
    text = comparison_files.written(comparison, "csv").decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell.startswith("=") for cell in row)
    table = comparison_files.written(comparison, "markdown").decode().split("\n\n")[0]
    assert {line.replace("\\|", "").count("|") for line in table.splitlines()} == {4}
    assert "<b>" not in table.replace("\\<b", "")
    assert comparison_files.written(comparison, "docx").startswith(b"PK")


def test_patterns_are_printed(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    status, out, _ = run(capsys, "patterns", "facets", "--library", library)
    assert status == 0
    assert "country (" in out
    status, out, _ = run(capsys, "patterns", "network", "--library", library)
    assert "Federal Bureau of Investigation – " in out
    status, out, _ = run(
        capsys, "patterns", "beside", "FBI", "--of", "country", "--library", library
    )
    assert out.startswith("Federal Bureau of Investigation: ")
    status, out, _ = run(capsys, "patterns", "timeline", "--library", library, "--json")
    events = json.loads(out)["events"]
    assert len(events) == sum(json.loads(out)["years"].values())
