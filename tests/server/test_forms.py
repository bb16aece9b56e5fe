"""Forms and uploads: only from our own pages, of limited size, and each file with its result."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from casequote.server.app import make_app
from casequote.server.conversations import Conversations
from casequote.server.pages.preferences import local
from casequote.server.pages.visits import form_of
from casequote.server.uploads import MOST_BYTES, TYPES, Uploads, safe_name
from casequote.web.exports import EXPORTS
from tests.factories import FakeEncoder, article, make_library, record
from tests.web.html_text import all_of, one

from casequote.embeddings.synchronise import synchronise  # isort: skip
from casequote.server.assistant import Assistant  # isort: skip

PAGE = {"accept": "text/html"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    library = make_library(tmp_path / "library", record(), article(id="one"))
    encoder = FakeEncoder()
    assistant = Assistant(library, encoder, synchronise(library, encoder))
    with TestClient(make_app(assistant, Conversations(5)), follow_redirects=False) as made:
        yield made


def token(client: TestClient, path: str = "/library") -> str:
    html = client.get(path, headers=PAGE).text
    return all_of(html, "input", name="token")[0].attributes["value"] or ""


def upload(client: TestClient, files: dict[str, bytes]) -> str:
    """The page of the finished job."""
    sent = [("files", (name, content)) for name, content in files.items()]
    response = client.post("/library/documents", data={"token": token(client)}, files=sent)
    assert response.status_code == 303
    for _ in range(500):
        page = client.get(response.headers["location"], headers=PAGE).text
        if "hx-trigger" not in page.split('id="job"')[1].split(">")[0]:
            return page
        time.sleep(0.01)
    raise AssertionError("the upload does not end")


CHANGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("/preferences", {"theme": "dark"}),
    ("/dossiers", {"title": "x"}),
    ("/dossiers/keep", {"kind": "case", "case": "harbour-light", "title": "x"}),
    ("/dossiers/1", {"do": "delete"}),
    ("/library/documents", {}),
    ("/library/remove", {"document": "one"}),
)


@pytest.mark.parametrize(("path", "fields"), CHANGES)
@pytest.mark.parametrize("wrong", ["", "forged", "of another visit"])
def test_nothing_is_changed_by_a_form_from_elsewhere(
    client: TestClient, path: str, fields: dict[str, str], wrong: str
) -> None:
    value = token(client) if wrong == "of another visit" else wrong
    if wrong == "of another visit":
        client.cookies.clear()
    response = client.post(path, data=fields | {"token": value}, headers=PAGE)
    assert response.status_code == 403
    assert "load the page anew" in one(response.text, "main").text
    assert client.get("/documents/one").status_code == 200
    assert "set-cookie" not in {k for k in response.headers if "theme" in response.headers[k]}


def test_a_form_sent_across_sites_is_refused_even_with_its_token(client: TestClient) -> None:
    headers = PAGE | {"sec-fetch-site": "cross-site"}
    data = {"token": token(client), "title": "x"}
    assert client.post("/dossiers", data=data, headers=headers).status_code == 403
    assert client.post("/dossiers", data=data, headers=PAGE).status_code == 303


def test_every_route_that_takes_a_form_checks_it() -> None:
    folder = Path(form_of.__code__.co_filename).parent
    for path in folder.glob("*.py"):
        text = path.read_text("utf-8")
        assert text.count(".post(") == text.count("await form_of("), path.name


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    cookie = client.get("/").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    secure = TestClient(client.app, base_url="https://testserver")
    assert "secure" in secure.get("/").headers["set-cookie"].lower()


def test_preferences_are_kept_and_lead_back(client: TestClient) -> None:
    data = {"token": token(client), "language": "fr", "theme": "dark", "back": "/cases?sort=title"}
    response = client.post("/preferences", data=data)
    assert response.headers["location"] == "/cases?sort=title"
    html = client.get("/", headers=PAGE).text
    assert one(html, "html").attributes == {"lang": "fr", "data-theme": "dark"}
    client.post("/preferences", data={"token": data["token"], "language": "xx", "theme": "pink"})
    assert one(client.get("/").text, "html").attributes == {"lang": "fr", "data-theme": "dark"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/cases", "/cases"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\r\nSet-Cookie: x", "/"),
        ("", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_only_an_own_address_is_led_back_to(address: str, expected: str) -> None:
    assert local(address) == expected


def test_each_file_has_its_result_and_a_bad_one_harms_no_other(client: TestClient) -> None:
    page = upload(
        client,
        {
            "good.txt": b"Harbour news\n\nSeventy ledgers were found on the quay.",
            "broken.pdf": b"%PDF-1.7 nothing",
            "empty.md": b"",
            "program.exe": b"MZ",
            "../../escape.txt": b"Escape\n\nOver the wall they went, all nine of them.",
        },
    )
    rows = [e.text for e in all_of(page, "tr")][1:6]
    results = {row.split("\n")[0].strip(): row for row in (" ".join(r.split()) for r in rows)}
    assert sum("Added" in row for row in results) == 2
    assert sum("Not read" in row for row in results) == 3
    assert "/tmp" not in page  # noqa: S108
    found = client.get("/search?q=ledgers+on+the+quay", headers=PAGE).text
    assert "Seventy" in one(found, "main").text


def test_a_file_sent_again_replaces_and_removal_deletes_it(
    client: TestClient, tmp_path: Path
) -> None:
    upload(client, {"a.txt": b"Report\n\nThe first wording of this report."})
    page = upload(client, {"a.txt": b"Report\n\nThe second wording of this report."})
    assert "Replaced" in page or "Added" in page
    text = client.get("/api/search?q=wording+of+this+report").json()["results"]
    assert "first wording" not in str(text)
    kept = tmp_path / "library/uploads/a.txt"
    assert kept.is_file()
    document = next(r["document"] for r in text if "second wording" in r["text"])
    client.post("/library/remove", data={"token": token(client), "document": document})
    assert client.get(f"/documents/{document}").status_code == 404
    assert not kept.exists()


def test_too_much_at_once_is_refused_before_it_is_read(client: TestClient) -> None:
    headers = PAGE | {
        "content-length": str(MOST_BYTES + 1),
        "content-type": "multipart/form-data; boundary=x",
    }
    response = client.post("/library/documents", content=b"--x--", headers=headers)
    assert response.status_code == 413
    big = {"token": token(client), "title": "x" * 200_000}
    assert client.post("/dossiers", data=big, headers=PAGE).status_code == 413


def test_no_file_at_all_is_told(client: TestClient) -> None:
    data = {"token": token(client)}
    response = client.post("/library/documents", data=data, headers=PAGE)
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.txt", "report.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\secret\\a.md", "a.md"),
        (".hidden", "hidden"),
        ("..", "file"),
        ("a/b/\0c.txt", "_c.txt"),
        ("x" * 300 + ".docx", "x" * 120 + ".docx"),
        ("é ü.html", "é ü.html"),
    ],
)
def test_names_of_files_are_made_safe(name: str, expected: str) -> None:
    assert safe_name(name) == expected


def test_types_are_those_that_are_read() -> None:
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".yaml", ".jsonl"} <= set(TYPES)
    assert Uploads.start.__doc__


def test_a_dossier_tells_what_has_changed_since(client: TestClient) -> None:
    data = {
        "token": token(client),
        "kind": "passage",
        "document": "one",
        "start": "0",
        "end": "24",
        "title": "Mine",
        "dossier": "new",
    }
    where = client.post("/dossiers/keep", data=data).headers["location"]
    assert "Three men were arrested." in client.get(where).text
    client.post("/library/remove", data={"token": data["token"], "document": "one"})
    html = client.get(where).text
    assert "no longer has these words" in html
    assert "Three men were arrested." in html
    exported = client.get(f"{where}?export=md").text
    assert "no longer has these words" in exported


@pytest.mark.parametrize(
    "path",
    [
        "/dossiers/keep?kind=passage&document=one&start=5&end=2",
        "/dossiers/keep?kind=passage&document=none&start=0&end=2",
        "/dossiers/keep?kind=case&case=none",
        "/dossiers/keep?kind=other&document=one&start=0&end=2",
        "/dossiers/none",
        "/dossiers/99999999999999999999",
        "/library/jobs/none",
        "/ask/export/none?q=x",
        "/cases/harbour-light?export=none",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path, headers=PAGE).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/?q=x&case=none", "/?q=x&kind=none", "/?q=x&country=None", "/?q=x&year_from=soon"],
)
def test_a_choice_that_the_library_does_not_have_is_explained(
    client: TestClient, path: str
) -> None:
    response = client.get(path, headers=PAGE)
    assert response.status_code == 422
    assert one(response.text, "h1").text


def test_a_stream_tells_interpretation_then_evidence_then_answer(client: TestClient) -> None:
    body = client.get("/ask/stream?q=What+was+seized+in+Harbour+Light%3F").text
    events = [line[7:] for line in body.splitlines() if line.startswith("event: ")]
    assert events[0] == "interpretation"
    assert events[-1] == "answer"
    assert events == sorted(events, key=["interpretation", "evidence", "answer"].index)


def test_a_stream_that_fails_sends_the_reader_to_the_page(client: TestClient) -> None:
    body = client.get("/ask/stream?q=x&case=none").text
    assert "event: failed" in body


@pytest.mark.parametrize(
    "view",
    [
        "/ask/export/{form}?q=Which+agencies+took+part+in+Harbour+Light%3F",
        "/cases?export={form}",
        "/cases/harbour-light?export={form}",
        "/documents/one?export={form}",
        "/search?q=arrested&export={form}",
        "/similar?case=harbour-light&export={form}",
    ],
)
@pytest.mark.parametrize("form", EXPORTS)
def test_every_view_is_a_file_in_every_form(client: TestClient, view: str, form: str) -> None:
    response = client.get(view.format(form=form), headers=PAGE)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(EXPORTS[form].media_type)
    assert response.headers["content-disposition"].endswith(f'.{EXPORTS[form].ending}"')
    assert form in {"ris", "bib", "csl"} or response.content


def test_passages_that_were_found_are_exported_with_their_places(client: TestClient) -> None:
    found = client.get("/search?q=men+were+arrested&export=json").json()
    text = client.get("/api/documents/one").json()["text"]
    places = [extract for extract in found["extracts"] if extract["document"] == "one"]
    assert places
    for extract in places:
        assert text[extract["start"] : extract["end"]] == extract["extract"]
