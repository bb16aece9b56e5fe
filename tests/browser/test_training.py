"""A session is built, taken and its results are read in a browser."""

from playwright.sync_api import expect

from tests.browser.conftest import Reading
from tests.browser.test_accessible import violations


def build(reading: Reading, count: str = "2") -> None:
    page = reading.open("/train")
    page.fill("input[name=count]", count)
    for box in page.locator("input[name=kind]").all():
        box.set_checked(box.get_attribute("value") == "choice")
    page.locator("main form button").click()


def test_a_session_is_built_taken_and_marked(desktop: Reading) -> None:
    page = desktop.open("/train")
    assert violations(desktop) == []
    build(desktop)
    assert violations(desktop) == []
    page.fill("input[name=trainee]", "Kestrel")
    page.locator("main form button").click()
    assert violations(desktop) == []
    page.locator("input[name=answer]").first.check()
    page.locator("main form button").click()
    expect(page.locator("#marks")).to_be_visible()
    assert violations(desktop) == []
    source = page.locator(".answer a.source").first
    words = (source.text_content() or "").strip("“”")
    source.click()
    expect(page.locator("#pane mark").first).to_be_visible()
    assert "".join(page.locator("#pane mark").all_text_contents()) == words
    page.keyboard.press("Escape")
    page.locator("main a", has_text="Next exercise").click()
    expect(page.locator("input[name=trainee]")).to_have_value("Kestrel")
    page.locator("input[name=answer]").last.check()
    page.locator("main form button").click()
    page.locator("main").get_by_role("link", name="Results", exact=True).click()
    expect(page.locator("tbody").first).to_contain_text("Kestrel")
    assert violations(desktop) == []


def test_the_key_is_not_on_the_page_before_the_answer(plain: Reading) -> None:
    build(plain, "1")
    page = plain.page
    page.fill("input[name=trainee]", "Kestrel")
    page.locator("main form button").click()
    expect(page.locator("input[name=answer]").first).to_be_visible()
    assert page.locator("#marks, .marks, .answer").count() == 0


def test_a_session_that_is_not_there_is_told(desktop: Reading) -> None:
    page = desktop.open("/train/0000000000000000")
    expect(page.locator("h1")).to_have_text("There is no such page")
