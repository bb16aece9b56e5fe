"""Phrases of the marks file against texts, and the file against itself."""

import itertools
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.errors import InvalidDocument
from casequote.embeddings.likeness import marks
from casequote.embeddings.likeness.marks import mark_index, read_marks, tokens_of

VIEWS = ("method", "victims", "offender", "measures", "cooperation", "outcome")


def found(text: str) -> set[tuple[str, str]]:
    return {(hit.mark.view, hit.mark.name) for hit in mark_index().find(tokens_of(text))}


STATED = [
    ("He posed as a young woman on Instagram.", "method", "posing as a woman"),
    ("He posed as a young woman on Instagram.", "method", "false identity"),
    ("She threatened to send the footage to his relatives.", "method", "threat to contacts"),
    ("They demanded money within two days.", "method", "demand for money"),
    ("The call was recorded without his knowledge.", "method", "covert recording"),
    ("Faces were placed on obscene pictures, so-called deepfakes.", "method", "manipulated images"),
    ("The group sold stolen log-ins.", "method", "sale of stolen data"),
    ("Migrant smuggling by sea; smuggling of migrants.", "method", "smuggling of migrants"),
    ("A boy aged 14 complained.", "victims", "minors"),
    ("his former girlfriend", "victims", "former partner"),
    ("committed by a lone offender", "offender", "lone offender"),
    ("involved an organized criminal group (Article 2(a) CTOC)", "offender", "organised group"),
    ("Servers in Paris were seized.", "measures", "server seizure"),
    ("A joint investigation team was set up.", "cooperation", "joint investigation team"),
    ("He pleaded guilty.", "outcome", "guilty plea"),
]

NOT_STATED = [
    ("He posed as a teenage girl.", "victims", "girls"),
    ("He posed as a teenage girl.", "victims", "minors"),
    ("The forum bar was argued.", "method", "criminal forum"),
    ("charged with corruption of minors", "method", "bribery"),
    ("He did administrative work.", "method", "staff and ranks"),
    ("He made a demand. Money was not mentioned.", "method", "demand for money"),
    ("The plan came from inside.", "offender", "insider"),
]


@pytest.mark.parametrize(("text", "view", "name"), STATED)
def test_a_text_states_a_mark(text: str, view: str, name: str) -> None:
    assert (view, name) in found(text)


@pytest.mark.parametrize(("text", "view", "name"), NOT_STATED)
def test_a_text_does_not_state_a_mark(text: str, view: str, name: str) -> None:
    assert (view, name) not in found(text)


def entries() -> list[tuple[str, str, str]]:
    index = yaml.safe_load(
        files("casequote.embeddings.likeness").joinpath(marks.FILE).read_text("utf-8")
    )
    return [
        (view, entry["name"], phrase)
        for view in VIEWS
        for entry in index[view]
        for phrase in entry["phrases"]
    ]


def test_every_phrase_is_found_in_the_words_it_accepts() -> None:
    for view, name, phrase in entries():
        slots = [p.replace("=", "").split("|") for p in phrase.split() if p != "..."]
        for words in itertools.islice(itertools.product(*slots), 40):
            assert (view, name) in found(" ".join(words)), (name, words)


def test_a_gap_holds_five_words_and_no_more() -> None:
    near, far = "a b c d e", "a b c d e f"
    assert ("method", "demand for money") in found(f"demanded {near} money")
    assert ("method", "demand for money") not in found(f"demanded {far} ransoming moneyless")


@given(st.text())
def test_hits_are_spans_of_the_text(text: str) -> None:
    for hit in mark_index().find(tokens_of(text)):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.text(alphabet="ab .!\n", max_size=40), st.integers(0, 20))
def test_tokens_are_those_of_the_part(text: str, start: int) -> None:
    tokens = tokens_of(text, min(start, len(text)))
    assert all(start <= t.start < t.end <= len(text) for t in tokens) or not tokens


def file_with(entry: str) -> str:
    empty = "\n".join(f"{view}: []" for view in VIEWS if view != "method")
    return f"method:\n  - {entry}\n{empty}\n"


@pytest.mark.parametrize(
    ("entry", "fact"),
    [
        ("{name: a, label: b}", "phrases"),
        ("{name: a, label: b, phrases: []}", "phrases"),
        ("{name: a, label: b, phrases: ['... x']}", "needs words"),
        ("{name: a, label: b, phrases: ['x ...']}", "needs words"),
        ("{name: a, label: b, phrases: ['!!']}", "needs words"),
        ("{name: a, label: b, is: nothing, phrases: [x]}", "names no other mark"),
        ("{name: a, label: b, is: a, phrases: [x]}", "names no other mark"),
        ("{name: a, label: b, phrases: [x], colour: red}", "colour"),
        ("{name: a, label: b, phrases: [x]}\n  - {name: a, label: c, phrases: [y]}", "two marks"),
        ("{name: [", "is no YAML"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(entry: str, fact: str) -> None:
    with pytest.raises(InvalidDocument, match=fact):
        read_marks(file_with(entry))


def test_general_marks_are_named_nearest_first() -> None:
    index = read_marks(
        file_with(
            "{name: a, label: a, phrases: [x], is: b}\n"
            "  - {name: b, label: b, phrases: [y], is: c}\n"
            "  - {name: c, label: c, phrases: [z]}"
        )
    )
    assert index.more_general(index.marks["method", "a"]) == ["b", "c"]
    assert {hit.mark.name for hit in index.find(tokens_of("x"))} == {"a", "b", "c"}
