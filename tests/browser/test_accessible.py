"""axe-core finds nothing on any page, in either theme; text stays readable at twice its size."""

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Reading
from tests.browser.test_pages import PATHS

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(reading: Reading) -> list[str]:
    reading.page.evaluate(AXE + ";0")
    found = reading.page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]} – {node['failureSummary'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_in_the_light(desktop: Reading, path: str) -> None:
    desktop.open(path)
    assert violations(desktop) == []


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_in_the_dark(dark: Reading, path: str) -> None:
    dark.open(path)
    assert violations(dark) == []


def test_axe_finds_nothing_with_a_source_open_and_menus_unfolded(desktop: Reading) -> None:
    page = desktop.open("/?q=Which agencies took part in Operation Strikeback?")
    page.locator("a.cite").first.click()
    expect(page.locator("#pane")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(desktop) == []


def test_at_twice_the_size_nothing_needs_scrolling_sideways(desktop: Reading) -> None:
    page = desktop.open("/cases/us-v-ogoshi")
    page.set_viewport_size({"width": 640, "height": 400})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
