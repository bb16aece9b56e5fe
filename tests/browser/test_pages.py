"""Browsing, cases, dossiers, the library, languages and themes in a browser."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reading


def test_two_facets_narrow_the_list_down_and_counts_are_exact(desktop: Reading) -> None:
    page = desktop.open("/cases")
    facets = page.locator(".facets > details")
    first = facets.nth(0).locator("li").first
    count = int(first.locator(".count").text_content() or 0)
    first.locator("a").click()
    expect(page.locator("ol.documents > li")).to_have_count(count)
    second = facets.nth(1).locator("li").nth(1)
    fewer = int(second.locator(".count").text_content() or 0)
    second.locator("a").click()
    expect(page.locator("ol.documents > li")).to_have_count(fewer)
    expect(page.locator(".found .chips li")).to_have_count(2)
    assert fewer <= count


def test_words_are_found_as_they_are_typed_and_marked(desktop: Reading) -> None:
    page = desktop.open("/cases")
    page.locator("#find").press_sequentially("extradition")
    expect(page.locator(".excerpt mark").first).to_have_text("extradition", ignore_case=True)
    assert "q=extradition" in page.url


def test_a_case_shows_its_facts_and_compares_its_sources(desktop: Reading) -> None:
    page = desktop.open("/cases/us-v-ogoshi")
    expect(page.locator(".glance")).to_contain_text("17 years 6 months")
    dates = page.locator(".timeline .date").all_text_contents()
    assert dates == sorted(dates)
    expect(page.locator(".panel table caption").first).to_have_text("number of victims")
    expect(page.locator(".compared").first).to_contain_text("Federal Bureau of Investigation")
    page.locator(".glance a.source").first.click()
    expect(page.locator("#pane mark").first).to_be_in_viewport()


def test_an_extract_is_kept_in_a_dossier_and_exported(desktop: Reading) -> None:
    page = desktop.open("/?q=Which agencies took part in Operation Strikeback?")
    words = page.locator("#extract-1 blockquote").text_content() or ""
    page.locator("#extract-1 a.keep").click()
    page.locator("input[name=title]").fill("For the course")
    page.locator("select[name=dossier]").select_option("new")
    page.locator("textarea[name=note]").fill("Compare with 2015.")
    page.locator("main button[type=submit]").click()
    expect(page.locator("blockquote.kept")).to_have_text(words)
    expect(page.locator(".note-form textarea")).to_have_value("Compare with 2015.")
    page.locator(".menu summary").click()
    with page.expect_download() as started:
        page.locator(".menu a", has_text="JSON").first.click()
    found = json.loads(Path(started.value.path()).read_text())
    assert [extract["extract"] for extract in found["extracts"]] == [words]
    page.locator("button[value=drop]").click()
    expect(page.locator("blockquote.kept")).to_have_count(0)


def test_good_and_bad_files_are_uploaded_each_with_its_result(
    desktop: Reading, files: tuple[Path, Path]
) -> None:
    page = desktop.open("/library")
    page.set_input_files("#files", list(files))
    page.locator("form.upload button").click()
    expect(page.locator("#job")).to_contain_text("1 of 2 files were read.")
    rows = page.locator("#job tbody tr")
    expect(rows.nth(0)).to_contain_text("Added")
    expect(rows.nth(1)).to_contain_text("Not read")
    rows.nth(0).locator("a").click()
    expect(page.locator("#text")).to_contain_text("77 ledgers in Taguig")
    document = page.url.rsplit("/", 1)[1]
    page.goto(desktop.site.address + "/library")
    page.locator(f"input[value='{document}']").check()
    page.locator("main form[action='/library/remove'] button").click()
    expect(page.locator(f"input[value='{document}']")).to_have_count(0)
    assert page.goto(f"{desktop.site.address}/documents/{document}").status == 404  # type: ignore[union-attr]


def test_hostile_documents_are_shown_as_text(desktop: Reading) -> None:
    page = desktop.open("/documents/hostile?start=0&end=40")
    assert page.locator("#text").evaluate("e => e.textContent") == desktop.text_of("hostile")
    assert page.locator("#text *:not(p, mark, span, h1, h2)").count() == 0
    assert "owned" not in page.title()
    assert page.locator("a[href^=javascript]").count() == 0
    page.goto(f"{desktop.site.address}/search?q={quote('evil isolated')}")
    assert page.locator("main img, main script").count() == 0


def test_french_is_chosen_by_the_browser_and_english_by_the_switch(french: Reading) -> None:
    page = french.open("/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("main button").first).to_have_text("Demander")
    page.select_option("select[name=language]", "en")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main button").first).to_have_text("Ask")


def test_the_dark_theme_follows_the_system_and_the_switch(dark: Reading) -> None:
    page = dark.open("/")
    colour = "getComputedStyle(document.body).backgroundColor"
    night = page.evaluate(colour)
    page.select_option("select[name=theme]", "light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate(colour) != night
    page.select_option("select[name=theme]", "dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(colour) == night


def test_a_link_within_the_page_does_not_load_it_anew(desktop: Reading) -> None:
    page = desktop.open("/cases/us-v-ogoshi")
    page.evaluate("window.same = true")
    page.locator(".contents a").last.click()
    page.go_back()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("window.same") is True


def test_cases_are_compared_and_every_cell_leads_to_its_words(desktop: Reading) -> None:
    page = desktop.open("/cases/us-v-ogoshi")
    page.locator(".tools a", has_text="Similar cases").click()
    page.locator(".alike a", has_text="Compare side by side").first.click()
    table = page.locator("table.side-by-side")
    expect(table.locator("thead th")).to_have_count(2)
    cell = table.locator("tbody td a.source").first
    words = cell.text_content()
    cell.click()
    expect(page.locator("#pane mark").first).to_contain_text(words or "?")


def test_similar_cases_come_with_the_case_as_it_is_read_on(desktop: Reading) -> None:
    page = desktop.open("/cases/us-v-ogoshi")
    page.locator("#articles").scroll_into_view_if_needed()
    expect(page.locator("#similar .alike > li").first).to_be_visible()
    assert page.locator("#similar a.source").count() > 0


def test_a_description_finds_cases(desktop: Reading) -> None:
    page = desktop.open("/similar")
    page.fill("#narrative", "A man posed as a girl, recorded boys by webcam and asked for money.")
    page.locator("main form button").click()
    expect(page.locator(".alike > li").first).to_be_visible()


def test_a_country_of_the_map_leads_to_its_cases(desktop: Reading) -> None:
    page = desktop.open("/patterns")
    country = page.locator("svg.map a[aria-label^='Nigeria:']")
    count = int((country.get_attribute("aria-label") or "").rsplit(": ", 1)[1])
    country.focus()
    page.keyboard.press("Enter")
    expect(page.locator("ol.documents > li")).to_have_count(count)


PATHS = (
    "/",
    "/?q=Which agencies took part in Operation Strikeback?",
    "/?q=How many victims were there in the Ogoshi case?",
    "/?q=Which agencies took part in Operation Unheard Of?",
    "/cases",
    "/cases?q=extradition&country=Nigeria",
    "/search?q=extradition",
    "/cases/us-v-ogoshi",
    "/documents/us-v-ogoshi--record?start=465&end=500",
    "/library",
    "/library/health",
    "/dossiers",
    "/dossiers/keep?kind=case&case=us-v-ogoshi",
    "/nowhere",
    "/patterns",
    "/similar?case=us-v-ogoshi",
    "/compare?case=us-v-ogoshi&case=us-v-mijangos",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_fits_a_phone_of_320_pixels(phone: Reading, path: str) -> None:
    page = phone.open(path)
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 320
