"""Speed of the encoder, of the first build, of the command line and of the server.

    python benchmarks/speed.py encoder
    python benchmarks/speed.py build
    python benchmarks/speed.py ask
    python benchmarks/speed.py http QUESTIONS.jsonl

Each prints medians; figures that are compared come from one interleaved run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import numpy as np

ROUNDS = 5
PASSAGE_TOKENS = 128


def encoder() -> None:
    """Passages a second of both engines, interleaved, and the cosine between them."""
    from casequote.embeddings.model_folder import find_model
    from casequote.embeddings.reference_engine import ReferenceEncoder
    from casequote.server import composition
    from casequote.server.settings import read_settings

    settings = read_settings()
    fast = composition.make_encoder(settings)
    reference = ReferenceEncoder(find_model(settings.model))
    texts = _passages()
    rates: dict[str, list[float]] = {"fast": [], "reference": []}
    for _ in range(ROUNDS):
        for name, engine in (("fast", fast), ("reference", reference)):
            started = time.perf_counter()
            engine.encode(texts[:64])
            rates[name].append(64 / (time.perf_counter() - started))
    medians = {name: statistics.median(values) for name, values in rates.items()}
    cosines = np.sum(fast.encode(texts) * reference.encode(texts), axis=1)
    queries = []
    for _ in range(50):
        started = time.perf_counter()
        fast.encode_query("Which agencies took part in Operation Strikeback?")
        queries.append((time.perf_counter() - started) * 1000)
    print(f"passages of {PASSAGE_TOKENS} tokens, {len(texts)} texts, {os.cpu_count()} cores")
    print(f"fast      {medians['fast']:7.0f} /s   query {statistics.median(queries):.2f} ms")
    print(f"reference {medians['reference']:7.0f} /s")
    print(f"ratio     {medians['fast'] / medians['reference']:7.2f}")
    print(f"cosine    min {cosines.min():.4f}  mean {cosines.mean():.4f}")


def _passages() -> list[str]:
    """Texts of the bundled collection, cut and joined to about 128 tokens each."""
    from casequote.corpus.readers import read_file
    from casequote.server.composition import bundled_corpus

    folder = bundled_corpus() / "articles"
    words = [
        word
        for path in sorted(folder.iterdir())
        for document in read_file(path).documents
        for word in document.text.split()
    ]
    size = 95  # about 128 word pieces of this prose
    return [" ".join(words[i : i + size]) for i in range(0, len(words) - size, size)][:256]


def build() -> None:
    """Seconds from nothing to a library of the bundled collection that answers."""
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            _casequote("cases", library=Path(folder) / "library")
            _casequote("search", "webcam blackmail", library=Path(folder) / "library")
            print(f"bundled collection from nothing: {time.perf_counter() - started:.1f} s")


def ask() -> None:
    """Seconds of `casequote ask` on a library that is there, and whether torch was imported."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        _casequote("ask", "Which agencies took part in Operation Strikeback?")
        times.append(time.perf_counter() - started)
    code = (
        "import sys; from casequote.server.cli import main\n"
        "try: main(['ask', 'Who funded Operation Strikeback?'])\n"
        "except SystemExit: pass\n"
        "print('torch' in sys.modules, file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    print(
        f"ask: median {statistics.median(times):.2f} s; torch imported: {found.stderr.split()[-1]}"
    )


def http(questions: Path) -> None:
    """Latency of POST /api/ask over a file of questions, and the memory of the server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "casequote.server", "serve", "--port", port]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/readyz")
        asked = [json.loads(line)["question"] for line in questions.open() if line.strip()]
        times = []
        for round_number in range(3):
            for question in asked:
                started = time.perf_counter()
                _post(f"http://127.0.0.1:{port}/api/ask", {"question": question})
                if round_number:
                    times.append((time.perf_counter() - started) * 1000)
        times.sort()
        status = Path(f"/proc/{server.pid}/status").read_text()
        memory = int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024  # type: ignore[union-attr]
        p50, p95 = times[len(times) // 2], times[int(0.95 * len(times))]
        print(f"POST /api/ask over {len(times)} questions: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
        print(f"memory of the server: {memory:.0f} MB")
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(url: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _post(url: str, body: dict[str, str]) -> None:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=30).close()


def _casequote(*arguments: str, library: Path | None = None) -> None:
    environment = dict(os.environ)
    if library:
        environment["CASEQUOTE_LIBRARY"] = str(library)
    command = [sys.executable, "-m", "casequote.server", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def main() -> None:
    """Runs one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("encoder", "build", "ask", "http"))
    parser.add_argument("questions", type=Path, nargs="?")
    options = parser.parse_args()
    if options.what == "http":
        http(options.questions)
    else:
        {"encoder": encoder, "build": build, "ask": ask}[options.what]()


if __name__ == "__main__":
    main()
