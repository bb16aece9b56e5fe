"""Similar cases of a small collection: reasons, differences, constraints, and what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casequote.corpus.document import FieldName
from casequote.corpus.errors import InvalidRequest, NotInLibrary
from casequote.embeddings.likeness.views import views
from casequote.embeddings.synchronise import synchronise
from casequote.prompts.answer import Extract
from casequote.prompts.filters import Filters
from casequote.prompts.similarity.finder import SimilarCases, Wanted
from casequote.prompts.similarity.narrative import narrative
from casequote.prompts.similarity.results import Constraints, Similar, SimilarCase
from casequote.server.assistant import Assistant
from tests.collection import CASES
from tests.embeddings.test_near_duplicates import RELEASE
from tests.factories import FakeEncoder, add, article, make_library, record

REPORT = (
    "A man of 17 from Manila was contacted on Facebook by a person who posed as a young woman. "
    "A video call was recorded without his knowledge, and she threatened to send the recording "
    "to his family unless he paid 2,000 dollars. INTERPOL and the Hong Kong Police Force were told."
)


@pytest.fixture(scope="session")
def similar(assistant: Assistant) -> SimilarCases:
    return assistant.similar


def extracts(result: SimilarCase) -> Iterator[Extract]:
    for reason in result.reasons:
        yield from reason.extracts
    for difference in result.differences:
        yield from difference.extracts


def all_of(found: Similar) -> list[Extract]:
    return [extract for result in found.results for extract in extracts(result)]


@pytest.mark.parametrize("case", CASES)
def test_reasons_quote_both_sides_and_no_more_than_five(similar: SimilarCases, case: str) -> None:
    found = similar.like(case, Wanted(k=5))
    assert [result.rank for result in found.results] == [1, 2, 3, 4, 5]
    assert case not in [result.case for result in found.results]
    scores = [result.score for result in found.results]
    assert scores == sorted(scores, reverse=True)
    for result in found.results:
        assert 0 <= result.score <= 1
        assert len(result.reasons) <= 5
        assert len(result.differences) <= 3
        for reason in result.reasons:
            here, there = reason.extracts
            assert here.document.case == case
            assert there.document.case == result.case
    first = found.results[0]
    assert len(first.reasons) >= 2


@pytest.mark.parametrize("case", CASES)
def test_no_named_victim_is_quoted(similar: SimilarCases, assistant: Assistant, case: str) -> None:
    surnames = {
        document.text[slice(*item.value_span)].split(",")[0].split()[-1]
        for other in CASES
        for document in [assistant.library.document(f"{other}--record")]
        for item in document.items(FieldName.VICTIMS)
        if item.attributes.get("part") == "publicly_named"
    }
    assert surnames
    quoted = " ".join(extract.text for extract in all_of(similar.like(case, Wanted(k=19))))
    assert not surnames & {word.strip(".,;:'’s") for word in quoted.split()}


def test_the_second_phase_of_an_operation_is_nearest(similar: SimilarCases) -> None:
    found = similar.like("operation-strikeback-2014", Wanted(k=1))
    assert found.results[0].case == "operation-strikeback-ii-2014"
    assert found.compared == len(CASES) - 1


def test_reasons_are_not_what_nearly_every_case_has(similar: SimilarCases) -> None:
    for case in CASES:
        for result in similar.like(case, Wanted(k=5)).results:
            common = [r for r in result.reasons if r.text == "Country: United States of America"]
            assert not common or len(result.reasons) <= 2


def test_an_article_of_a_case_stands_for_the_case(similar: SimilarCases) -> None:
    by_article = similar.like("us-v-ogoshi--associated-press", Wanted(k=3))
    assert by_article == similar.like("us-v-ogoshi", Wanted(k=3))
    assert by_article.asked == "us-v-ogoshi"


def test_the_same_library_gives_the_same_cases(assistant: Assistant, similar: SimilarCases) -> None:
    again = Assistant(assistant.library, FakeEncoder(dimension=256), assistant.snapshot().index)
    assert again.similar.like("uk-croft", Wanted()) == similar.like("uk-croft", Wanted())


def test_weights_turn_the_ranking_and_are_shown(similar: SimilarCases) -> None:
    only = dict.fromkeys(views().defaults(), 0.0) | {"countries": 1.0}
    found = similar.like("coban-netherlands-canada", Wanted(k=1, weights=only))
    assert found.weights == only
    (first,) = found.results
    assert {reason.view for reason in first.reasons} == {"countries"}
    assert first.score == pytest.approx(first.views["countries"])


def test_differences_are_stated_on_the_sides_that_they_name(similar: SimilarCases) -> None:
    found = similar.like("uk-croft", Wanted(k=19))
    by_case = {result.case: result for result in found.results}
    strikeback = by_case["operation-strikeback-2014"]
    texts = [difference.text for difference in strikeback.differences]
    assert any("a lone offender in the case asked about, an organised group" in t for t in texts)
    for difference in strikeback.differences:
        assert [e.document.case for e in difference.extracts] in (
            ["uk-croft", "operation-strikeback-2014"],
            ["uk-croft"],
            ["operation-strikeback-2014"],
        )


def jurisdictions(assistant: Assistant, case: str) -> set[str]:
    fields = assistant.library.fields(FieldName.JURISDICTIONS, cases=[case])
    return {item.field.value for item in fields}


def test_constraints_are_kept(assistant: Assistant, similar: SimilarCases) -> None:
    def found(**constraints: object) -> list[str]:
        wanted = Wanted(k=19, constraints=Constraints(**constraints))  # type: ignore[arg-type]
        return [result.case for result in similar.like("us-v-ogoshi", wanted).results]

    mine = jurisdictions(assistant, "us-v-ogoshi")
    others, same = found(jurisdiction="other"), found(jurisdiction="same")
    assert others
    assert same
    assert not any(mine & jurisdictions(assistant, case) for case in others)
    assert all(mine & jurisdictions(assistant, case) for case in same)
    concluded = found(concluded=True)
    status = {c: assistant.library.fields(FieldName.STATUS, cases=[c]) for c in concluded}
    assert {item.field.value for items in status.values() for item in items} == {"concluded"}
    in_canada = found(filters=Filters(country="Canada"))
    assert set(in_canada) == {
        item.case
        for item in assistant.library.fields(FieldName.COUNTRIES, value="Canada")
        if item.case != "us-v-ogoshi"
    }
    assert found(filters=Filters(country="Canada"), jurisdiction="other", concluded=True) == [
        case for case in found() if case in {*in_canada} & {*others} & {*concluded}
    ]


@pytest.mark.parametrize(
    ("wanted", "fact"),
    [
        (Wanted(k=0), "from 1 to 100"),
        (Wanted(k=101), "from 1 to 100"),
        (Wanted(weights={"colour": 1}), "is no view"),
        (Wanted(preset="colour"), "is no preset"),
        (Wanted(constraints=Constraints(jurisdiction="elsewhere")), "any, other, same"),
    ],
)
def test_what_cannot_be_wanted_is_refused(similar: SimilarCases, wanted: Wanted, fact: str) -> None:
    with pytest.raises(InvalidRequest, match=fact):
        similar.like("uk-croft", wanted)


def test_an_unknown_case_is_refused_with_near_ones(similar: SimilarCases) -> None:
    with pytest.raises(NotInLibrary, match="did you mean uk-croft"):
        similar.like("uk-crofft", Wanted())


def test_a_narrative_finds_cases_and_the_names_in_it(similar: SimilarCases) -> None:
    document = narrative(REPORT)
    found = similar.like_document(document, Wanted(k=3))
    assert found.asked is None
    names = {(r.kind, r.name) for r in found.recognised}
    assert {("platform", "Facebook"), ("body", "Hong Kong Police Force")} <= names
    assert ("body", "INTERPOL") in names
    for name in found.recognised:
        assert REPORT[name.start : name.end]
    assert "operation-strikeback-2014" in [result.case for result in found.results]
    assert all(result.reasons for result in found.results)
    for extract in all_of(found):
        whole = REPORT if extract.document.id == "narrative" else extract.document.text
        assert whole[extract.start : extract.end] == extract.text


def test_a_narrative_without_a_country_cannot_be_kept_to_other_jurisdictions(
    similar: SimilarCases,
) -> None:
    document = narrative("He posed as a girl and demanded money from boys whom he recorded.")
    wanted = Wanted(constraints=Constraints(jurisdiction="other"))
    with pytest.raises(InvalidRequest, match="name the country"):
        similar.like_document(document, wanted)


@settings(max_examples=20)
@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=300))
def test_extracts_of_any_narrative_are_its_characters(similar: SimilarCases, noise: str) -> None:
    text = f"{noise}\n\nHe posed as a girl and demanded money.\n\n{noise}"
    document = article(text, id="narrative")
    for extract in all_of(similar.like_document(document, Wanted(k=3))):
        if extract.document is document:
            assert text[extract.start : extract.end] == extract.text


def test_articles_that_repeat_one_release_are_told(tmp_path: Path) -> None:
    library = make_library(
        tmp_path / "library",
        article(RELEASE, id="asked"),
        article("TAGUIG — " + RELEASE, id="copy"),
        article("Police arrested a forger of passports in Lyon. A court will hear him.", id="lyon"),
        article("Bratislava: police arrested forgers of banknotes; a court will hear.", id="first"),
        article(
            "Bratislava: police arrested forgers of banknotes; a court will hear.", id="second"
        ),
    )
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    found = SimilarCases(library, encoder, lambda: index).like("asked", Wanted(k=5))
    assert {result.case: result.repeats for result in found.results} == {
        "copy": "asked",
        "first": None,
        "second": "first",
        "lyon": None,
    }
    assert all(result.score >= 0 for result in found.results)


def test_articles_of_one_case_are_not_another_case(tmp_path: Path) -> None:
    library = make_library(
        tmp_path / "library",
        record(),
        article(RELEASE, id="one", case="harbour-light"),
        article(RELEASE, id="two", case="harbour-light"),
        record(id="other", title="Other case"),
    )
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    found = SimilarCases(library, encoder, lambda: index).like("harbour-light", Wanted(k=9))
    assert [result.case for result in found.results] == ["other"]


def test_a_library_with_one_case_has_nothing_like_it(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library", record())
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    assert (
        SimilarCases(library, encoder, lambda: index).like("harbour-light", Wanted()).results == ()
    )


def test_a_change_of_the_library_is_seen(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library", record())
    encoder = FakeEncoder()
    finder = SimilarCases(library, encoder, lambda: synchronise(library, encoder))
    assert finder.like("harbour-light", Wanted()).results == ()
    add(library, record(id="other", title="Other case"))
    assert [r.case for r in finder.like("harbour-light", Wanted()).results] == ["other"]


def test_an_empty_library_has_no_case_like_a_narrative(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    finder = SimilarCases(library, encoder, lambda: index)
    assert finder.like_document(narrative(REPORT), Wanted()).results == ()
    with pytest.raises(NotInLibrary):
        finder.like("anything", Wanted())


def test_reports_among_reports_are_compared_by_words_and_names(tmp_path: Path) -> None:
    library = make_library(
        tmp_path / "library",
        article("A court in Lyon sentenced Jean Dubrac, a forger of banknotes.", id="lyon-1"),
        article("Prosecutors in Lyon charged the printer Dubrac over banknotes.", id="lyon-2"),
        article("A court in Turin sentenced a smuggler of tobacco and coffee.", id="turin"),
    )
    encoder = FakeEncoder()
    index = synchronise(library, encoder)
    finder = SimilarCases(library, encoder, lambda: index)
    found = finder.like("lyon-1", Wanted())
    assert found.preset == "reports"
    assert [result.case for result in found.results] == ["lyon-2", "turin"]
    assert finder.like("lyon-1", Wanted(weights={"method": 1.0})).preset is None
