"""A server over part of the bundled collection, and Debian's Chromium to read it with."""

from __future__ import annotations

import shutil
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from casequote.corpus.library import Library
from casequote.server.app import make_app
from casequote.server.conversations import Conversations
from tests.collection import collection_assistant
from tests.factories import add, article

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NARROWEST = 320
"""The width, in CSS pixels, at which nothing may need scrolling sideways (WCAG 2.2, 1.4.10)."""
HOSTILE = (
    "</p></div><script>document.title='owned'</script><img src=x onerror=alert(1)>\n\n"
    "&lt;b&gt; &amp;amp; &#x3c;i&#x3e; ]]> <!-- not a comment\n\n"
    "Right to left: \u202eevil\u202c and \u2066isolated\u2069, שלום עולם.\n\n"
    "Emoji: 👩‍⚖️ 🏳️‍🌈 𝔘𝔫𝔦𝔠𝔬𝔡𝔢.\n\n" + "word " * 60_000 + "end."
)


@dataclass(frozen=True)
class Site:
    """A server that runs, and the library it serves."""

    address: str
    library: Library


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    assistant = collection_assistant(tmp_path_factory.mktemp("browser") / "library")
    hostile = article(HOSTILE, id="hostile", title="<script>alert(1)</script>\u202e", case=None)
    add(assistant.library, replace(hostile, url="javascript:alert(1)"))
    assistant.catch_up()
    app = make_app(assistant, Conversations(10))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Site(f"http://127.0.0.1:{port}", assistant.library)
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium is on the path; `make chromium` says how to install it")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield started
        started.close()


@dataclass
class Reading:
    """A browser window on the site; errors of scripts and of the policy fail the test."""

    site: Site
    context: BrowserContext
    page: Page
    errors: list[str]

    def open(self, path: str) -> Page:
        self.page.goto(self.site.address + path)
        return self.page

    def text_of(self, document: str) -> str:
        return self.site.library.document(document).text


def _reading(
    browser: Browser,
    site: Site,
    *,
    script: bool = True,
    dark: bool = False,
    width: int = 1280,
    locale: str = "en-GB",
) -> Iterator[Reading]:
    context = browser.new_context(
        java_script_enabled=script,
        color_scheme="dark" if dark else "light",
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        locale=locale,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and "status of 4" not in message.text
            else None
        ),
    )
    yield Reading(site, context, page, errors)
    context.close()
    assert errors == []


@pytest.fixture
def desktop(browser: Browser, site: Site) -> Iterator[Reading]:
    yield from _reading(browser, site)


@pytest.fixture
def dark(browser: Browser, site: Site) -> Iterator[Reading]:
    yield from _reading(browser, site, dark=True)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Reading]:
    yield from _reading(browser, site, width=NARROWEST)


@pytest.fixture(params=["light", "dark", "phone"])
def everywhere(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Reading]:
    """Each theme, and a phone."""
    wide = request.param != "phone"
    yield from _reading(
        browser, site, dark=request.param == "dark", width=1280 if wide else NARROWEST
    )


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[Reading]:
    yield from _reading(browser, site, script=False)


@pytest.fixture
def french(browser: Browser, site: Site) -> Iterator[Reading]:
    yield from _reading(browser, site, locale="fr-FR")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A file that can be read and one that cannot; each test has its own, as they share a site."""
    good = tmp_path / f"harbour report {zlib.crc32(tmp_path.name.encode())}.txt"
    bad = tmp_path / "broken.pdf"
    text = "Harbour report\n\nOfficers seized 77 ledgers in Taguig on 3 May 2014.\n"
    good.write_text(f"{text}\nRegister {tmp_path.name}.\n")
    bad.write_bytes(b"%PDF-1.7\nthis is no PDF at all")
    return good, bad
