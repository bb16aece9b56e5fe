"""Asking in a browser: streamed answers, citations, conversations, refusals, conflicts."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Reading

AGENCIES = "Which agencies took part in Operation Strikeback?"


def ask(page: Page, question: str, field: str = "#question") -> None:
    page.fill(field, question)
    page.press(field, "Enter")
    expect(page.locator("h1.question")).to_have_text(question)
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def marked(page: Page, within: str) -> str:
    return "".join(page.locator(f"{within} mark").all_text_contents())


def offsets(address: str) -> tuple[str, int, int]:
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    return parts.path.removeprefix("/documents/"), int(query["start"][0]), int(query["end"][0])


def test_a_citation_opens_its_characters_beside_the_answer(desktop: Reading) -> None:
    page = desktop.open("/")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    ask(page, AGENCIES)
    assert any("/ask/stream" in url for url in requests)
    assert "q=Which+agencies" in page.url
    cite = page.locator("a.cite").first
    document, start, end = offsets(cite.get_attribute("href") or "")
    cite.click()
    pane = page.locator("#pane")
    expect(pane).to_be_focused()
    assert marked(page, "#pane") == desktop.text_of(document)[start:end]
    assert pane.locator(".text").evaluate("e => e.textContent") == desktop.text_of(document)
    expect(pane.locator("mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(pane).to_be_hidden()
    expect(cite).to_be_focused()


def test_the_extract_is_shown_under_the_pointer_and_under_the_focus(desktop: Reading) -> None:
    page = desktop.open("/?q=" + AGENCIES)
    extract = page.locator("#extract-1 blockquote").text_content()
    page.locator("a.cite").first.hover()
    expect(page.locator(".peek")).to_be_visible()
    expect(page.locator(".peek")).to_have_text(extract or "")
    page.keyboard.press("Escape")
    expect(page.locator(".peek")).to_be_hidden()
    page.locator("a.cite").first.focus()
    expect(page.locator(".peek")).to_be_visible()


def test_a_conversation_goes_on_with_its_case(desktop: Reading) -> None:
    page = desktop.open("/")
    ask(page, AGENCIES)
    ask(page, "And which countries?", "#follow-up")
    expect(page.locator(".trail li")).to_have_text([AGENCIES])
    expect(page.locator(".chips")).to_contain_text("from the question before")
    expect(page.locator(".values")).to_contain_text("Philippines")
    page.go_back()
    expect(page.locator("h1.question")).to_have_text(AGENCIES)


def test_what_a_question_was_taken_to_mean_can_be_taken_away_and_changed(desktop: Reading) -> None:
    page = desktop.open("/?q=" + AGENCIES)
    page.locator(".chips a.remove").first.click()
    expect(page.locator(".chips li")).to_have_count(1)
    page.goto(desktop.site.address + "/?q=" + AGENCIES)
    page.locator("details.correct summary").click()
    page.select_option("details.correct select[name=kind]", "countries")
    page.locator("details.correct button").click()
    expect(page.locator(".chips")).to_contain_text("countries")
    expect(page.locator(".values")).to_contain_text("Philippines")


def test_a_refusal_says_so_and_shows_the_nearest_passages(desktop: Reading) -> None:
    page = desktop.open("/")
    ask(page, "What did Operation Strikeback cost the taxpayers of Peru?")
    expect(page.locator(".refusal")).to_be_visible()
    expect(page.locator(".values")).to_have_count(0)
    expect(page.locator(".extracts > li").first).to_be_visible()


def test_a_conflict_is_a_table_of_figure_source_and_date(desktop: Reading) -> None:
    page = desktop.open("/")
    ask(page, "How many victims were there in the Ogoshi case?")
    table = page.locator(".conflicts table").first
    expect(table.locator("thead th")).to_have_text(["Stated", "Source", "Date"])
    assert table.locator("tbody tr").count() >= 2
    document, start, end = offsets(table.locator("a.cite").first.get_attribute("href") or "")
    assert (table.locator(".value").first.text_content() or "?") in desktop.text_of(document)[
        start:end
    ]


def test_an_answer_is_copied_with_its_citations(desktop: Reading) -> None:
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = desktop.open("/?q=" + AGENCIES)
    for number, expected in enumerate([r"\[1\]", r"\\\[1\\\]", r"\[\^1\]"]):
        page.locator(".menu summary").first.click()
        link = page.locator("a.copies").nth(number)
        link.click()
        expect(link).to_have_class(re.compile("done"))
        copied = page.evaluate("navigator.clipboard.readText()")
        assert re.search(expected, copied)
        assert page.locator(".value").first.text_content() in copied
        page.locator("h1").first.focus()


def test_a_permalink_says_that_nothing_has_changed(desktop: Reading) -> None:
    page = desktop.open("/?q=" + AGENCIES)
    page.locator("a.permalink").click()
    expect(page.locator(".verification.same")).to_be_visible()
    page.goto(page.url[:-3] + "000")
    expect(page.locator(".verification.documents")).to_be_visible()


def test_questions_are_remembered_in_the_browser_until_they_are_forgotten(
    desktop: Reading,
) -> None:
    page = desktop.open("/")
    ask(page, AGENCIES)
    page.goto(desktop.site.address)
    expect(page.locator("#history li")).to_have_text([AGENCIES])
    page.locator("#history button").click()
    page.reload()
    expect(page.locator("#history")).to_be_hidden()


def test_without_a_script_a_question_leads_to_its_citation(plain: Reading) -> None:
    page = plain.open("/")
    page.fill("#question", AGENCIES)
    page.press("#question", "Enter")
    assert "q=Which+agencies" in page.url
    document, start, end = offsets(page.locator("a.cite").first.get_attribute("href") or "")
    page.locator("a.cite").first.click()
    assert marked(page, "#text") == plain.text_of(document)[start:end]
    assert page.locator("#text").text_content() == plain.text_of(document)


def test_by_keyboard_alone_a_question_leads_to_its_citation(desktop: Reading) -> None:
    page = desktop.open("/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(AGENCIES)
    page.keyboard.press("Enter")
    expect(page.locator("h1.question")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.cite')"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#pane mark").first).to_be_visible()
