"""The ranker: what it makes of a text, and which files of weights it takes."""

import time
from copy import deepcopy
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.prompts.extraction import MOST_EXTRACTS, extract
from casequote.prompts.kinds import data
from casequote.prompts.ranking.answer_types import answer_type, answer_types
from casequote.prompts.ranking.features import features, is_statement, names
from casequote.prompts.ranking.model import (
    FILE,
    Judged,
    Limits,
    RankerFileError,
    chosen,
    ranker,
    read_ranker,
)
from tests.factories import FakeEncoder, article

TEXT = (
    "The ferry sank off Bergen. Two men were arrested in Oslo on 3 May 2020. It rained all day.\n\n"
    "The court in Oslo sentenced both of them to six years in prison. Nobody appealed."
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When were they arrested?", "time"),
        ("In which year did it sink?", "time"),
        ("How many men were arrested?", "number"),
        ("What percentage was lost?", "number"),
        ("Who was arrested?", "person"),
        ("Which company paid?", "person"),
        ("Where did it sink?", "place"),
        ("In what city was the trial?", "place"),
        ("Why did it sink?", "reason"),
        ("What does DDoS stand for?", "meaning"),
        ("Did it sink?", None),
        ("", None),
    ],
)
def test_the_words_of_a_question_tell_the_type_of_its_answer(
    question: str, expected: str | None
) -> None:
    found = answer_type(question)
    assert (found.id if found else None) == expected


def test_a_value_that_the_question_has_is_no_answer() -> None:
    [time_type] = [entry for entry in answer_types() if entry.id == "time"]
    assert time_type.is_in("It sank in 1998.", frozenset())
    assert not time_type.is_in("It sank in 1998.", frozenset({"1998"}))
    assert time_type.is_in("It sank in 1998 and rose in 2001.", frozenset({"1998"}))


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The receiving party shall not disclose the information.", True),
        ("Two men were arrested.", True),
        ("The seller must pay", True),
        ("Who was arrested.", False),
        ("Was he arrested?", False),
        ("He shall pay?", False),
        ("ferry bergen sunk", False),
        ("", False),
    ],
)
def test_a_statement_is_told_from_a_question_and_from_key_words(text: str, *, states: bool) -> None:
    assert is_statement(text) is states


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "Oslo.", TEXT, "警察は三人を逮捕した。裁判は東京で。", "🙂 🚔\n\n…"]
)
@pytest.mark.parametrize(
    "question", ["Who?", "", "the of", "逮捕された人は？", "Two men were arrested."]
)
def test_features_are_finite_numbers_for_any_text_and_question(text: str, question: str) -> None:
    found = features(article(text), question, FakeEncoder())
    assert found.table.shape == (len(found.sentences), len(names()))
    assert np.isfinite(found.table).all()
    judged = ranker().judge(found)
    assert ((judged.sentences >= 0) & (judged.sentences <= 1)).all()
    assert 0 <= judged.text <= 1


def test_each_feature_has_a_name_of_its_own() -> None:
    assert len(set(names())) == len(names())


words = st.text(alphabet="abc 警я.?!\n'’", max_size=80)


@given(text=words, question=words)
def test_extracts_lie_in_the_text_apart_from_each_other_and_best_first(
    text: str, question: str
) -> None:
    found = extract(article(text), question, FakeEncoder())
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(text[span.start : span.end].strip() for span in found)
    assert [span.score for span in found] == sorted((s.score for s in found), reverse=True)
    ordered = sorted(found, key=lambda span: span.start)
    assert all(a.end <= b.start for a, b in pairwise(ordered))
    assert len(found) <= MOST_EXTRACTS
    assert found == extract(article(text), question, FakeEncoder())


def test_a_sentence_with_the_words_and_the_type_is_the_most_probable() -> None:
    found = features(article(TEXT), "How many men were arrested in Oslo?", FakeEncoder())
    best = found.sentences[int(np.argmax(ranker().judge(found).sentences))]
    assert TEXT[best.start : best.end] == "Two men were arrested in Oslo on 3 May 2020."


def test_a_text_about_something_else_is_less_likely_to_answer() -> None:
    asked = "How many men were arrested in Oslo?"
    other = "Bread is baked in ovens. Flour comes from wheat. Yeast makes it rise."
    said, unsaid = (
        ranker().judge(features(article(text), asked, FakeEncoder())).text for text in (TEXT, other)
    )
    assert said > unsaid


@pytest.mark.parametrize(
    ("text", "sentences", "expected"),
    [
        (0.4, [0.9], []),
        (0.5, [0.1, 0.2], []),
        (0.9, [0.3, 0.8, 0.29, 0.3], [1, 0, 3]),
        (0.9, [0.9, 0.8, 0.7, 0.6], [0, 1, 2]),
        (0.9, [], []),
    ],
)
def test_a_likely_text_gives_its_probable_sentences_best_first(
    text: float, sentences: list[float], expected: list[int]
) -> None:
    judged = Judged(np.array(sentences), text)
    assert chosen(judged, Limits(text=0.5, sentence=0.3), most=3) == expected


def test_a_long_text_takes_bounded_time() -> None:
    text = "The officers of unit seven seized another telephone in the harbour of Bergen. " * 3_900
    assert len(text) > 300_000
    started = time.perf_counter()
    found = extract(article(text), "Where did officers seize telephones?", FakeEncoder())
    assert time.perf_counter() - started < 30
    assert len(found) <= MOST_EXTRACTS


def _set(content: dict[str, Any], path: str, value: object) -> None:
    *way, last = path.split("/")
    for key in way:
        content = content[key]
    if value is None:
        del content[last]
    else:
        content[last] = value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("sentence/intercept", "high", r"`sentence\.intercept`"),
        ("sentence/intercept", float("nan"), r"`sentence\.intercept`"),
        ("sentence/features/late/scale", 0.0, r"`sentence\.features\.late\.scale`"),
        ("sentence/features/late/weight", float("inf"), r"`sentence\.features\.late\.weight`"),
        ("sentence/features/late", None, "differ in `late`"),
        ("text/features/luck", {"mean": 0.0, "scale": 1.0, "weight": 1.0}, "differ in `luck`"),
        ("limits/text", 1.5, r"`limits\.text`"),
        ("limits/sentence", None, r"`limits\.sentence`"),
        ("limits/poem", 0.5, r"`limits\.poem"),
        ("command", None, "`command`"),
        ("colour", "red", "`colour`"),
    ],
)
def test_a_file_of_weights_that_is_not_of_the_form_is_refused(
    path: str, value: object, message: str
) -> None:
    content = deepcopy(data(FILE))
    _set(content, path, value)
    with pytest.raises(RankerFileError, match=message) as caught:
        read_ranker(content)
    assert FILE in str(caught.value)


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(RankerFileError, match=FILE):
        read_ranker(None)
