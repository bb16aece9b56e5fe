"""Pages behind a form are as accessible as others, in both themes and on a narrow phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from casequote.prompts.exercises.types import ExerciseKind
from tests.browser.conftest import Reading
from tests.browser.test_accessible import violations


def check(reading: Reading) -> None:
    assert violations(reading) == []
    wide = reading.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{reading.page.url} is {wide} pixels too wide"


def send(reading: Reading) -> None:
    reading.page.locator("main form button").first.click()


@pytest.mark.parametrize("kind", ExerciseKind)
def test_an_exercise_of_each_kind_its_marks_and_results(
    everywhere: Reading, kind: ExerciseKind
) -> None:
    page = everywhere.open("/train")
    page.fill("input[name=count]", "1")
    for box in page.locator("input[name=kind]").all():
        box.set_checked(box.get_attribute("value") == kind)
    send(everywhere)
    page.fill("input[name=trainee]", "Kestrel")
    send(everywhere)
    check(everywhere)
    if page.locator("input[name=answer]").count():
        page.locator("input[name=answer]").first.check()
    else:
        page.fill("textarea[name=answer]", "The police of two countries, and " + "x" * 120)
    send(everywhere)
    expect(page.locator("#marks")).to_be_visible()
    check(everywhere)
    page.locator("main").get_by_role("link", name="Results", exact=True).click()
    expect(page.locator("tbody").first).to_contain_text("Kestrel")
    expect(page.locator("td.replied")).to_have_count(1)
    check(everywhere)


def test_building_a_session_and_its_contents(everywhere: Reading) -> None:
    everywhere.open("/train")
    check(everywhere)
    send(everywhere)
    expect(everywhere.page.locator("#exercises")).to_be_visible()
    check(everywhere)


def test_a_dossier_with_a_case_and_a_passage(everywhere: Reading) -> None:
    page = everywhere.open("/dossiers/keep?kind=case&case=us-v-ogoshi")
    page.select_option("select[name=dossier]", "new")
    page.fill("input[name=title]", "For the course")
    send(everywhere)
    dossier = page.url.rsplit("/", 1)[1]
    page.goto(everywhere.site.address + "/?q=Which agencies took part in Operation Strikeback?")
    page.locator("#extract-1 a.keep").click()
    page.select_option("select[name=dossier]", dossier)
    page.fill("textarea[name=note]", "Compare with " + "2015" * 40)
    send(everywhere)
    expect(page.locator(".note-form")).to_have_count(2)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    check(everywhere)


def test_the_result_of_an_upload(everywhere: Reading, files: tuple[Path, Path]) -> None:
    page = everywhere.open("/library")
    page.set_input_files("#files", list(files))
    page.locator("form.upload button").click()
    expect(page.locator("#job")).to_contain_text("1 of 2 files were read.")
    check(everywhere)
    page.goto(page.locator("#job tbody a").first.evaluate("a => a.href"))
    check(everywhere)
