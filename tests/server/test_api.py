"""The HTTP API as the contract has it."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from casequote.server.app import make_app
from casequote.server.conversations import Conversations
from tests.collection import collection_assistant


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("api") / "library"
    return TestClient(make_app(collection_assistant(folder), Conversations(10)))


def ask(client: TestClient, question: str, **more: object) -> dict[str, object]:
    response = client.post("/api/ask", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_an_extract_is_the_text_of_its_document(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "Which agencies took part in Strikeback?"})
    for extract in answer.json()["extracts"]:
        document = client.get(f"/api/documents/{extract['document']}").json()
        assert document["text"][extract["start"] : extract["end"]] == extract["text"]
        position, quote = extract["selector"]["items"]
        assert (position["start"], position["end"]) == (extract["start"], extract["end"])
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert around in document["text"]


def test_a_conversation_goes_on_by_its_id(client: TestClient) -> None:
    first = ask(client, "Which agencies took part in Operation Strikeback?")
    second = ask(client, "And which countries?", conversation_id=first["conversation_id"])
    assert second["interpretation"]["cases"] == ["operation-strikeback-2014"]  # type: ignore[index]
    alone = ask(client, "And which countries?")
    assert alone["interpretation"]["cases"] == []  # type: ignore[index]


def test_filters_restrict_the_cases(client: TestClient) -> None:
    cases = client.get("/api/cases", params={"agency": "Police Scotland"}).json()
    assert [case["id"] for case in cases["cases"]] == ["operation-strikeback-2014"]
    assert cases["facets"]["countries"][0]["cases"] == 1


def test_acronyms_and_demonyms_are_filter_values(client: TestClient) -> None:
    by_name = client.get("/api/cases", params={"agency": "Federal Bureau of Investigation"})
    by_acronym = client.get("/api/cases", params={"agency": "FBI"})
    assert by_name.json()["cases"] == by_acronym.json()["cases"] != []


PROBLEMS = [
    ("GET", "/api/cases/nowhere", None, 404),
    ("GET", "/api/documents/nothing", None, 404),
    ("GET", "/api/cases?colour=red", None, 422),
    ("GET", "/api/cases?country=Atlantis", None, 404),
    ("GET", "/api/cases?year_from=2020&year_to=2010", None, 422),
    ("GET", "/api/search?q=", None, 422),
    ("GET", "/api/search?q=x&k=0", None, 422),
    ("POST", "/api/ask", {}, 422),
    ("POST", "/api/ask", {"question": ""}, 422),
    ("POST", "/api/ask", {"question": "x" * 10_001}, 422),
    ("POST", "/api/ask", {"question": "x", "filters": {"colour": "red"}}, 422),
    ("POST", "/api/ask", {"question": "x", "cases": ["nowhere"]}, 404),
    ("GET", "/api/nothing", None, 404),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), PROBLEMS)
def test_problems_are_problem_details(
    client: TestClient, method: str, path: str, body: object, status: int
) -> None:
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(response.json())


HARD = [
    "?" * 50,
    "ماذا حدث في القضية؟",
    "谁被逮捕了?",
    "🙂🙂",
    "\u202eabc\u202c",
    "a " * 5_000,
    "\x07bell",
]


@pytest.mark.parametrize("question", HARD)
def test_no_question_breaks_the_server(client: TestClient, question: str) -> None:
    answer = ask(client, question)
    assert answer["status"] in ("answered", "refused")


def test_health_and_metrics(client: TestClient) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").json()["documents"] > 20
    assert "casequote_requests_total" in client.get("/metrics").text


def test_every_response_has_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/api/cases", "/static/casequote.css", "/nothing"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_openapi_describes_the_routes(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/api/ask", "/api/search", "/api/cases", "/api/cases/{case_id}"} <= set(paths)
    assert "$ref" in str(paths["/api/ask"]["post"]["responses"]["200"])
