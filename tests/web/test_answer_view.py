from dataclasses import replace

from casequote.prompts.answer import Answer, Conflict, Value
from casequote.prompts.interpreter import LONGEST
from casequote.web.answer_view import AnswerView, answer_view
from tests.factories import article, record
from tests.web.answers import agencies, asked, disagreeing, extract, passage, refused

TITLES = {"harbour-light": "Operation Harbour Light"}


def lines(view: AnswerView) -> list[str]:
    return ["".join(segment.text for segment in line) for line in view.frame]


def test_every_extract_leads_to_its_characters() -> None:
    view = answer_view(agencies(record()), TITLES, [])
    [shown] = view.extracts
    start = shown.extract.start
    assert shown.path == f"/documents/harbour-light--record?start={start}&end={start + 20}#extract"
    assert shown.case is not None
    assert (shown.case.title, shown.case.path) == (
        "Operation Harbour Light",
        "/cases/harbour-light",
    )
    assert [named.source.publisher for named in shown.sources] == ["The Daily"]
    assert view.values[0].citations == (shown,)


def test_lines_that_only_repeat_values_are_left_out() -> None:
    assert lines(answer_view(agencies(record()), TITLES, [])) == [
        "Agencies (Operation Harbour Light):"
    ]


def test_values_with_what_they_are_about_are_not_repeated() -> None:
    stated = extract(
        1, article("Ann: six years. Bob: two years."), "Ann: six years. Bob: two years"
    )
    values = (Value("six years", (1,), "Ann"), Value("two years", (1,), "Bob"))
    text = "Ann: six years [1]; Bob: two years [1]"
    answer = Answer(asked(), text=text, values=values, extracts=(stated,))
    assert lines(answer_view(answer, {}, [])) == []


def test_a_value_within_another_does_not_hide_words() -> None:
    stated = extract(1, article("Police and Police Scotland came."), "Police and Police Scotland")
    values = (Value("Police", (1,)), Value("Police Scotland", (1,)))
    text = "- Police Scotland [1]\n- Police [1]\nYes: it is Police [1]."
    answer = Answer(asked(), text=text, values=values, extracts=(stated,))
    assert lines(answer_view(answer, {}, [])) == ["Yes: it is Police [1]."]


def test_quoted_extracts_are_shown_once() -> None:
    assert lines(answer_view(passage(record(), article()), TITLES, [])) == []


def test_a_quotation_in_another_frame_stays() -> None:
    answer = passage(record(), article())
    answer = replace(answer, text=answer.text.replace("The Daily:", "Denied by The Dailies:"))
    assert lines(answer_view(answer, {}, [])) == [
        "Denied by The Dailies: “Police seized 250 laptops.” [2]"
    ]


def test_a_conflict_has_its_table_only() -> None:
    view = answer_view(disagreeing(record(), article("Police seized 268 laptops.")), {}, [])
    assert lines(view) == []
    [conflict] = view.conflicts
    assert conflict.item == "laptops seized"
    assert [
        (figure.value.text, origin.citation.extract.number, origin.publisher, origin.in_record)
        for figure in conflict.figures
        for origin in figure.origins
    ] == [
        ("250", 1, "The Daily", True),
        ("250", 1, "Police", True),
        ("268", 2, "The Daily", False),
    ]


def test_a_sentence_that_says_more_than_the_conflict_stays() -> None:
    answer = disagreeing(record(), article("Police seized 268 laptops."))
    conflicts = (Conflict("phones", answer.conflicts[0].values),)
    view = answer_view(replace(answer, conflicts=conflicts), {}, [])
    assert lines(view) == ["The sources disagree on laptops seized: 250 [1]; 268 [2]."]


def test_only_numbers_of_extracts_are_links() -> None:
    stated = extract(1, article("Cited as [2014] UKSC 3."), "Cited as [2014] UKSC 3.")
    answer = Answer(asked(), text="Named [1].", extracts=(stated,))
    # Set past the answer's own check, which allows no number in brackets but those of extracts.
    object.__setattr__(answer, "text", "Named [1] in [2014].")
    view = answer_view(answer, {}, [])
    assert [(s.text, s.citation is not None) for s in view.frame[0]] == [
        ("Named ", False),
        ("[1]", True),
        (" in [2014].", False),
    ]


def test_a_refusal_shows_its_nearest_extracts_and_no_frame() -> None:
    nearest = extract(1, article(), "Three men were arrested.")
    view = answer_view(refused([nearest]), {}, [])
    assert view.frame == ()
    assert [shown.extract for shown in view.extracts] == [nearest]


def test_a_case_without_a_title_goes_by_its_id() -> None:
    view = answer_view(agencies(record()), {}, [])
    assert [case.title for case in view.cases] == ["harbour-light"]


def test_a_document_of_no_case_has_no_case_link() -> None:
    view = answer_view(refused([extract(1, article(), "Three men were arrested.")]), {}, [])
    assert view.extracts[0].case is None


def test_each_earlier_question_leads_to_its_own_answer() -> None:
    view = answer_view(agencies(record(), "And who?"), TITLES, ["One?", "Two?"])
    assert [turn.path for turn in view.earlier] == ["/?q=One%3F", "/?q=Two%3F&after=One%3F"]
    assert view.carried == ("One?", "Two?", "And who?")


def test_it_is_said_when_only_the_beginning_of_a_question_was_read() -> None:
    assert answer_view(refused(question="x" * LONGEST), {}, []).characters_read is None
    assert answer_view(refused(question="x" * (LONGEST + 1)), {}, []).characters_read == LONGEST
