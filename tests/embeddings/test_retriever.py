"""Passages are found by their words, by their meaning, and within what is asked."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from casequote.corpus.library import Library
from casequote.embeddings.retriever import RankedPassage, Retriever
from casequote.embeddings.synchronise import synchronise
from tests.factories import FakeEncoder, article, make_library, numbered_articles

TEXTS = {
    "phones": "Officers seized 250 phones in Taguig.",
    "court": "The court sentenced the leader to six years.",
    "flight": "He boarded an aeroplane and left.",
}


class MeaningEncoder(FakeEncoder):
    """Takes some words as one, which lexical search cannot."""

    SAME = (("plane", "aeroplane"), ("fled", "left"))

    def encode_query(self, text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        for word, meant in self.SAME:
            text = text.replace(word, meant)
        return super().encode_query(text)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    documents = [article(text, id=name, title="-") for name, text in TEXTS.items()]
    return make_library(tmp_path, *documents)


def retriever(library: Library) -> Retriever:
    encoder = MeaningEncoder()
    return Retriever(library, synchronise(library, encoder), encoder)


def ids(ranked: Sequence[RankedPassage]) -> list[str]:
    return [hit.passage.document for hit in ranked]


def test_the_passage_with_the_words_is_first(library: Library) -> None:
    assert ids(retriever(library).retrieve("seized phones", 3))[0] == "phones"


def test_a_passage_is_found_by_words_alone(library: Library) -> None:
    nothing = np.zeros(FakeEncoder().identity.dimension, dtype=np.float32)
    ranked = retriever(library).retrieve("sentences of courts", 1, vector=nothing)
    assert ids(ranked) == ["court"]


def test_a_passage_is_found_by_meaning_alone(library: Library) -> None:
    query = "fled plane"
    assert library.match_terms('"fled" OR "plane"', 5) == []
    [best] = retriever(library).retrieve(query, 1)
    assert best.passage.document == "flight"
    assert best.cosine > 0.4


def test_common_words_alone_still_find_by_meaning(library: Library) -> None:
    assert len(retriever(library).retrieve("who and what", 2)) == 2


def test_ranks_scores_and_cosines_are_told(library: Library) -> None:
    finder = retriever(library)
    ranked = finder.retrieve("seized phones", 3)
    assert [hit.rank for hit in ranked] == [1, 2, 3]
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
    assert ranked[0].score == pytest.approx(2 / 61)
    query = finder.encode("seized phones")
    for hit in ranked:
        [row] = finder._index.search_within(query, 1, [hit.passage.id])
        assert hit.cosine == pytest.approx(row[1], abs=1e-6)


def test_only_passages_within_are_found(library: Library) -> None:
    finder = retriever(library)
    within = library.passage_ids(documents=["court", "flight"])
    assert set(ids(finder.retrieve("seized phones", 5, within=within))) == {"court", "flight"}
    assert finder.retrieve("seized phones", 5, within=[]) == []


def test_no_more_than_k_are_found_and_each_once(tmp_path: Path) -> None:
    library = make_library(tmp_path, *numbered_articles(150))
    finder = retriever(library)
    for k in (1, 7, 120):
        found = [hit.passage.id for hit in finder.retrieve("Report of the court and the quay", k)]
        assert len(found) == len(set(found)) == k


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    assert retriever(Library.create(tmp_path)).retrieve("phones", 5) == []


def test_passages_removed_since_the_index_was_made_are_not_found(library: Library) -> None:
    finder = retriever(library)
    library.remove(["phones"])
    assert "phones" not in ids(finder.retrieve("seized phones", 5))


def test_sentences_of_a_passage_have_their_vectors(library: Library) -> None:
    finder = retriever(library)
    [hit] = finder.retrieve("seized phones", 1)
    rows = finder.sentence_vectors(hit.passage)
    assert rows.shape == (len(hit.passage.sentences), FakeEncoder().identity.dimension)
    assert float((rows @ finder.encode(TEXTS["phones"])).max()) > 0.99
