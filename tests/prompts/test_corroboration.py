"""A value of several documents is one value; a text that is repeated corroborates nothing."""

import json
from pathlib import Path

from casequote.corpus.ingest import ingest
from casequote.corpus.library import Library
from casequote.embeddings.synchronise import synchronise
from casequote.server.assistant import Assistant
from tests.factories import FakeEncoder

RELEASE = (
    "The Harbour Police arrested 31 suspects in Operation Lantern on 4 May 2021. "
    "Officers searched nine houses in Porto Belo and took away phones and computers. "
    "The suspects had written to their targets under false names for three years."
)
OWN_WORDS = (
    "In Operation Lantern, 31 suspects were arrested, a spokesman told this newspaper. "
    "He would not say who had led the inquiry or how the group had been found."
)


def _assistant(folder: Path, texts: list[str]) -> Assistant:
    lines = [
        json.dumps({"id": f"a{n}", "text": text, "publisher": f"Paper {n}", "date": "2021-05-05"})
        for n, text in enumerate(texts)
    ]
    file = folder / "articles.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    library = Library.create(folder / "library")
    ingest(library, [file])
    encoder = FakeEncoder(dimension=256)
    return Assistant(library, encoder, synchronise(library, encoder))


def _sources(assistant: Assistant) -> tuple[str, list[str]]:
    answer = assistant.ask("How many suspects were arrested in Operation Lantern?")
    (value,) = answer.values
    cited = [e.document.publisher for e in answer.extracts if e.number in value.citations]
    return value.text, sorted(str(publisher) for publisher in cited)


def test_a_value_cites_every_document_that_states_it(tmp_path: Path) -> None:
    assert _sources(_assistant(tmp_path, [RELEASE, OWN_WORDS])) == ("31", ["Paper 0", "Paper 1"])


def test_a_release_that_is_repeated_is_cited_once(tmp_path: Path) -> None:
    repeated = RELEASE + " This report was carried by several papers."
    value, cited = _sources(_assistant(tmp_path, [RELEASE, repeated]))
    assert value == "31"
    assert len(cited) == 1
