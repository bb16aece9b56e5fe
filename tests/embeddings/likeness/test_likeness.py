"""Descriptions of cases and their scores."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import Document, DocumentKind
from casequote.embeddings.likeness.collection import Describer
from casequote.embeddings.likeness.description import describe, features_of
from casequote.embeddings.likeness.scoring import Likeness, stated
from casequote.embeddings.likeness.views import views
from casequote.embeddings.synchronise import synchronise
from tests.factories import FakeEncoder, article, make_library, record

RANSOM = {
    "id": "ransom-a",
    "title": "Ransom A",
    "crime_types": ["Computer-related extortion"],
    "keywords": ["ransomware"],
    "fact_summary": "Ransomware encrypted the files of two hospitals [1]. Money was demanded [1].",
    "modus_operandi": ["Ransomware as a service with affiliates [1]"],
    "countries": ["Germany"],
}
LONE = RANSOM | {
    "id": "lone-b",
    "title": "Lone B",
    "keywords": ["sextortion"],
    "fact_summary": "He posed as a girl and threatened to send images to friends of a boy [1].",
    "modus_operandi": ["Posed as a girl; threat to send images to friends [1]"],
    "offending": ["committed by a lone offender"],
    "victims": {"count": "1", "countries": ["Norway"]},
}


def likeness(folder: Path, *documents: Document) -> Likeness:
    library = make_library(folder / "library", *documents)
    described = Describer(library).describe(synchronise(library, FakeEncoder()))
    return Likeness(described)


def test_a_case_is_described_by_its_record_and_not_by_its_articles(tmp_path: Path) -> None:
    found = likeness(
        tmp_path,
        record(**RANSOM),
        article("Sextortion by webcam in Manila.", id="news", case="ransom-a"),
    )
    (only,) = found.descriptions
    assert only.documents == ("ransom-a--record",)
    assert "sextortion" not in only.elements["method"]


def test_a_case_without_a_record_is_described_by_its_articles(tmp_path: Path) -> None:
    found = likeness(tmp_path, article("Police in Norway met.", id="news", case="a-case"))
    (only,) = found.descriptions
    assert only.is_case
    assert set(only.elements["countries"]) == {"norway"}


def test_an_article_without_a_case_stands_for_itself(tmp_path: Path) -> None:
    found = likeness(tmp_path, article("Police in Norway met.", id="news"))
    assert [(d.id, d.is_case) for d in found.descriptions] == [("news", False)]


def test_facts_stand_in_where_no_way_of_acting_is_set_apart() -> None:
    document = article("Ransomware was used against a school.")
    found = describe("a", "A", True, {document.id: features_of(document)})
    assert found.words["method"] == found.words["facts"] != {}
    assert found.spans["method"] == found.spans["facts"]


def test_every_element_lies_in_its_document() -> None:
    document = record(**LONE)
    for element in features_of(document).elements:
        assert document.text[element.start : element.end].strip()


@given(st.text(max_size=200))
def test_elements_of_any_text_lie_in_it(text: str) -> None:
    document = Document(id="x", kind=DocumentKind.ARTICLE, title="", text=text)
    for element in features_of(document).elements:
        assert 0 <= element.start < element.end <= len(text)


def test_a_named_victim_is_known_and_gives_no_element() -> None:
    named = {"name": "Ann Other", "note": "a schoolgirl; named by the police"}
    document = record(**LONE | {"victims": {"publicly_named": named}})
    assert {"Ann", "Other"} <= features_of(document).protected.words
    start = document.text.index("Ann Other")
    elements = features_of(document).elements
    assert not [e for e in elements if start <= e.start < start + 40 and e.view == "victims"]


def test_a_case_is_most_like_itself_and_scores_are_shares(tmp_path: Path) -> None:
    found = likeness(
        tmp_path,
        record(**RANSOM),
        record(**LONE),
        record(**RANSOM | {"id": "ransom-c", "title": "Ransom C"}),
    )
    for row, description in enumerate(found.descriptions):
        scores = found.score(description, found.vectors_of(row))
        total = found.blend(scores, views().defaults())
        assert np.all((total >= 0) & (total <= 1 + 1e-5))
        assert total.argmax() == row or total[row] == pytest.approx(total.max())
    rows = found.rows
    asked = found.descriptions[rows["ransom-a"]]
    scores = found.score(asked, found.vectors_of(rows["ransom-a"]))
    total = found.blend(scores, views().defaults())
    assert total[rows["ransom-c"]] > total[rows["lone-b"]]


def test_shares_of_shared_elements_add_up_to_the_score_of_their_view(tmp_path: Path) -> None:
    found = likeness(
        tmp_path, record(**RANSOM), record(**RANSOM | {"id": "c", "title": "C"}), record(**LONE)
    )
    rows = found.rows
    here, there = (found.descriptions[rows[i]] for i in ("ransom-a", "c"))
    scores = found.score(here, found.vectors_of(rows["ransom-a"]))
    weights = stated(scores, views().defaults())
    counting = found.counting(weights)
    for view in ("method", "offences", "countries"):
        parts = [s.share for s in found.shared(here, there, weights) if s.view == view]
        own = float(scores[view][rows["c"]])
        assert sum(parts) == pytest.approx(counting[view] * own, abs=1e-4)


def test_a_view_about_which_nothing_is_stated_does_not_count(tmp_path: Path) -> None:
    found = likeness(tmp_path, record(**RANSOM), record(**LONE))
    narrative = article("Ransomware as a service was sold to affiliates.", id="narrative")
    asked = describe("narrative", "", False, {"narrative": features_of(narrative)})
    scores = found.score(asked, {})
    weights = stated(scores, views().defaults())
    assert weights["offences"] == weights["countries"] == 0
    assert sum(found.counting(weights).values()) == pytest.approx(1)


def test_documents_that_did_not_change_are_not_read_again(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library", record(**RANSOM))
    describer = Describer(library)
    encoder = FakeEncoder()
    first = describer.describe(synchronise(library, encoder)).descriptions[0]
    library.add_all([])
    again = describer.describe(synchronise(library, encoder)).descriptions[0]
    assert again.elements["method"].keys() == first.elements["method"].keys()
    kept = describer._features["ransom-a--record"]
    describer.describe(synchronise(library, encoder))
    assert describer._features["ransom-a--record"] is kept


def test_an_empty_library_has_nothing_alike(tmp_path: Path) -> None:
    found = likeness(tmp_path)
    assert found.descriptions == ()
