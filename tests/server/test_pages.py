from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from casequote.corpus.errors import LibraryDamaged
from casequote.corpus.library import Library
from casequote.embeddings import lexical
from casequote.embeddings.retriever import RankedPassage
from casequote.embeddings.synchronise import Progress
from casequote.prompts.answer import Answer
from casequote.prompts.interpretation import Turn
from casequote.server import problems
from casequote.server.pages import MOST_CHARACTERS, error_response, page_routes
from casequote.web.links import MOST_EARLIER
from tests.factories import add, article, make_library, record
from tests.web.answers import agencies, extract, refused
from tests.web.html_text import all_of, one


class FakeAssistant:
    """Names the record's agency, or says that it does not know when asked why."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.similar = None
        self.conversations: list[list[str]] = []
        self.given: list[dict[str, Any]] = []

    def ask(self, question: str, *, before: Sequence[Turn] = (), **given: Any) -> Answer:
        earlier = [turn.interpretation.question for turn in before]
        self.conversations.append([*earlier, question])
        self.given.append(given)
        answer = agencies(self.library.document("harbour-light--record"), question)
        if watch := given.get("watch"):
            watch(answer.interpretation)
        if "why" in question.lower():
            nearest = extract(1, self.library.document("reports/one"), "Three men were arrested.")
            return refused([nearest], question)
        return answer

    def search(self, query: str, k: int) -> list[RankedPassage]:
        ids = [i for i, _ in lexical.search(self.library, query, k)]
        found = enumerate(self.library.passages(ids), start=1)
        return [RankedPassage(passage, rank, 1.0, 1.0) for rank, passage in found]

    def catch_up(self, progress: Progress | None = None) -> None:
        if progress:
            progress(0, 0)


@pytest.fixture
def assistant(tmp_path: Path) -> FakeAssistant:
    return FakeAssistant(
        make_library(tmp_path, record(), article(id="reports/one", case="harbour-light"))
    )


@pytest.fixture
def client(assistant: FakeAssistant) -> TestClient:
    app = FastAPI()
    problems.install(app)
    app.include_router(page_routes(assistant))
    return TestClient(app)


def page(client: TestClient, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


@pytest.mark.parametrize("address", ["/", "/?q=", "/?q=%20%0A", "/?after=Before%3F"])
def test_without_a_question_there_is_the_page_to_ask_on(
    client: TestClient, assistant: FakeAssistant, address: str
) -> None:
    html = page(client, address)
    assert one(html, "input", name="q").attributes["value"] == ""
    assert assistant.conversations == []


def test_a_citation_leads_to_the_extract_in_its_place(client: TestClient) -> None:
    html = page(client, "/?q=Which+agencies%3F")
    assert one(html, "h1").text == "Which agencies?"
    [citation] = all_of(html, "a", class_="cite")
    address = citation.attributes["href"] or ""
    assert address.endswith("#extract")
    html = page(client, address)
    mark = one(html, "mark", id="extract")
    assert mark.text == "Cyber Unit of Taguig"
    assert [element.tag for element in mark.within][-3:] == ["div", "ul", "li"]


def test_a_refusal_leads_to_the_nearest_passages(client: TestClient) -> None:
    html = page(client, "/?q=Why%3F")
    [place] = [a for a in all_of(html, "a") if a.text == "Show in document"]
    html = page(client, place.attributes["href"] or "")
    assert one(html, "mark").text == "Three men were arrested."


def test_a_conversation_is_carried_by_the_address(
    client: TestClient, assistant: FakeAssistant
) -> None:
    html = page(client, "/?q=Three%3F&after=One%3F&after=+&after=Two%3F")
    assert assistant.conversations[-1] == ["One?", "Two?", "Three?"]
    hidden = [
        field
        for field in all_of(html, "input", type="hidden", name="after")
        if any("follow-up" in (e.attributes.get("class") or "") for e in field.within)
    ]
    assert [field.attributes["value"] for field in hidden] == ["One?", "Two?", "Three?"]


def test_only_the_latest_questions_of_a_conversation_are_asked_again(
    client: TestClient, assistant: FakeAssistant
) -> None:
    page(client, "/?q=Last&" + "&".join(f"after={n}" for n in range(30)))
    assert assistant.conversations[-1] == [*map(str, range(30 - MOST_EARLIER, 30)), "Last"]


def test_a_long_question_is_answered_and_one_too_long_is_refused_with_its_length(
    client: TestClient, assistant: FakeAssistant
) -> None:
    assert "Only the first 2,000 characters" in page(client, "/?q=" + "x" * MOST_CHARACTERS)
    html = page(client, "/?q=" + "x" * (MOST_CHARACTERS + 1), 422)
    assert "10,001" in one(html, "main").text
    assert len(assistant.conversations) == 1


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("start=5", "needs both start and end"),
        ("end=5", "needs both start and end"),
        ("start=five&end=9", "must be whole numbers"),
        ("start=-1&end=9", "must be whole numbers"),
        ("start=&end=", "must be whole numbers"),
        ("start=9&end=5", "must be smaller than its end"),
        ("start=5&end=5", "must be smaller than its end"),
        ("start=0&end=53", "the document has only 52 characters"),
        ("start=0&end=" + "9" * 5_000, "must be whole numbers"),
    ],
)
def test_wrong_offsets_are_explained(client: TestClient, query: str, words: str) -> None:
    html = page(client, f"/documents/reports/one?{query}", 422)
    assert words in " ".join(one(html, "main").text.split())
    assert all_of(html, "a", href="/documents/reports/one")


@pytest.mark.parametrize("query", ["", "?start=0&end=52", "?start=51&end=52"])
def test_right_offsets_are_shown(client: TestClient, query: str) -> None:
    page(client, f"/documents/reports/one{query}")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/documents/none", "no document with the id none"),
        ("/documents/", "no document with the id"),
        ("/documents/%3Cscript%3E%00?start=x", "no document with the id <script>"),
        ("/cases/none", "no case with the id none"),
        ("/cases/", "no case with the id"),
    ],
)
def test_what_the_library_does_not_have_is_not_found(
    client: TestClient, address: str, words: str
) -> None:
    html = page(client, address, 404)
    assert words in " ".join(one(html, "main").text.split())
    assert all_of(html, "a", href="/cases")


def test_cases_lead_to_their_documents(client: TestClient) -> None:
    html = page(client, "/cases")
    assert all_of(html, "a", href="/cases/harbour-light")
    html = page(client, "/cases/harbour-light")
    for document in ("harbour-light--record", "reports/one"):
        assert all_of(html, "a", href=f"/documents/{document}")
        page(client, f"/documents/{document}")


def test_a_changed_library_is_listed_anew(client: TestClient, assistant: FakeAssistant) -> None:
    assert "1 case" in page(client, "/")
    add(assistant.library, record(id="quiet-sea", title="Operation Quiet Sea"))
    assert "2 cases" in page(client, "/")
    assert "Operation Quiet Sea" in page(client, "/cases")


@pytest.mark.parametrize(
    ("status", "error", "heading"),
    [
        (404, ValueError("secret"), "There is no such page"),
        (405, ValueError("secret"), "The request cannot be taken"),
        (503, LibraryDamaged("secret"), "The library cannot be read"),
        (500, ValueError("secret"), "The page could not be made"),
    ],
)
def test_errors_elsewhere_are_pages_that_give_nothing_away(
    status: int, error: Exception, heading: str
) -> None:
    response = error_response(status, error)
    html = bytes(response.body).decode()
    assert response.status_code == status
    assert one(html, "h1").text == heading
    assert "secret" not in html
