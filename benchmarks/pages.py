"""How fast the pages are: server time per page, and what a browser sees.

Starts the server over the default library (the bundled corpus unless CASEQUOTE_LIBRARY says
otherwise) and drives Chromium: python benchmarks/pages.py [--rounds 40]
"""

from __future__ import annotations

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, sync_playwright

PAGES = {
    "ask": "/",
    "answer": "/?q=Which+agencies+took+part+in+{case}%3F&n={n}",
    "cases": "/cases?n={n}",
    "cases, words": "/cases?q=ransom&n={n}",
    "cases, two facets": "/cases?country=United+Kingdom+of+Great+Britain+and+Northern+Ireland"
    "&crime_type=Illegal+access&n={n}",
    "search": "/search?q=extradition+of+a+suspect&n={n}",
    "case": "/cases/{id}",
    "document": "/documents/{id}--record?start=0&end=10",
    "library": "/library?n={n}",
    "dossiers": "/dossiers",
}
CASES = (
    ("us-v-ogoshi", "United+States+v.+Samuel+Ogoshi"),
    ("encrochat", "EncroChat"),
    ("qakbot-operation-duck-hunt", "Operation+Duck+Hunt"),
    ("hive-ransomware", "Hive"),
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
QUESTION = "What was seized in Operation Duck Hunt?"
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
WATCH = """() => {
  window.seen = {};
  document.addEventListener('submit', () => { window.seen.enter = performance.now(); }, true);
  new MutationObserver(() => {
    const now = performance.now();
    if (document.querySelector('#evidence .evidence, .extracts')) window.seen.evidence ??= now;
    if (document.querySelector('.answer, .refusal')) window.seen.answer ??= now;
  }).observe(document.getElementById('main'), { childList: true, subtree: true });
}"""


def served(address: str, rounds: int) -> None:
    """Prints median and 95th percentile of each page, in milliseconds, and its size."""
    print(f"{'page':<20}{'median ms':>10}{'p95 ms':>10}{'KB':>8}")
    for name, path in PAGES.items():
        times, size = [], 0
        for n in range(rounds):
            case, words = CASES[n % len(CASES)]
            request = Request(
                address + path.format(n=n, id=case, case=words), headers={"Accept": "text/html"}
            )
            started = time.perf_counter()
            with urlopen(request) as response:
                size = max(size, len(response.read()))
            times.append((time.perf_counter() - started) * 1000)
        times.sort()
        p95 = times[int(0.95 * (len(times) - 1))]
        print(f"{name:<20}{statistics.median(times):>10.1f}{p95:>10.1f}{size / 1024:>8.1f}")


def seen(browser: Browser, address: str, rounds: int) -> None:
    """Prints first contentful paint, time from Enter to evidence and answer, and page weight."""
    paints, evidence, answers, weights = [], [], [], []
    for _ in range(rounds):
        page = browser.new_context().new_page()
        weight = 0
        page.goto(address)
        page.wait_for_timeout(150)  # the paint is reported a little after the load
        weight = page.evaluate(
            "performance.getEntries().reduce((sum, e) => sum + (e.transferSize || 0), 0)"
        )
        paints.append(page.evaluate(PAINTED))
        page.evaluate(WATCH)
        page.fill("#question", QUESTION)
        page.press("#question", "Enter")
        page.wait_for_selector(".answer, .refusal")
        times = page.evaluate("window.seen")
        evidence.append(times["evidence"] - times["enter"])
        answers.append(times["answer"] - times["enter"])
        weights.append(weight / 1024)
        page.context.close()
    for name, values in (
        ("first contentful paint, ms", paints),
        ("Enter to first evidence, ms", evidence),
        ("Enter to answer, ms", answers),
        ("weight of the ask page, KB", weights),
    ):
        print(f"{name:<30} median {statistics.median(values):7.1f}   worst {max(values):7.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "casequote"), "serve", "--port", str(port)]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(600):
                try:
                    urlopen(f"{address}/readyz").close()
                    break
                except OSError:
                    time.sleep(0.2)
            served(address, rounds)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=ARGUMENTS
                )
                seen(browser, address, min(rounds, 15))
                browser.close()
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
