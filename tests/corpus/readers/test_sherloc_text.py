"""A copied SHERLOC case page becomes a record whose fields quote the page."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import Document, DocumentKind, Field, FieldName
from casequote.corpus.readers.decode import clean
from casequote.corpus.readers.sherloc_headings import headings
from casequote.corpus.readers.sherloc_lines import is_sherloc
from tests.corpus.readers.samples import DATA, read_one

PAGE = (DATA / "operation-strikeback.txt").read_text("utf-8")
TRIAL = (DATA / "state-v-doe.txt").read_text("utf-8")

STATED = {
    FieldName.TITLE: ["Operation Strikeback"],
    FieldName.CRIME_TYPES: [
        "Production/distribution/ possession of child sexual abuse materials",
        "Solicitation/'grooming' of children",
        "Acts causing personal harm",
    ],
    FieldName.LIABILITY: [
        "completed offence",
        "criminal intention",
        "principal offender(s)",
        "participant, facilitator, accessory",
    ],
    FieldName.OFFENDING: [
        "involved an organized criminal group (Article 2(a) CTOC)",
        "occurred across one (or more) international borders (transnationally)",
    ],
    FieldName.COUNTRIES: [
        "Philippines",
        "United Kingdom of Great Britain and Northern Ireland",
        "United States of America",
        "Republic of Korea",
        "Australia",
        "Indonesia",
        "Malaysia",
        "China",
    ],
    FieldName.AGENCIES: [
        "INTERPOL Digital Crime Centre (IDCC)",
        "Police Scotland",
        "US Immigration and Customs Enforcement (ICE)",
        "Philippines Department of Justice Office of Cybercrime",
        "UK’s National Crime Agency CEOP Command",
        "Hong Kong Police Force",
        "Singapore Police Force",
    ],
    FieldName.CONFISCATION: ["Seizure of 250 electronic items in the Philippines."],
    FieldName.MEASURES: ["Seizure/Confiscation of hardware and/or software"],
    FieldName.COOPERATION: [
        "International law enforcement cooperation (including INTERPOL)",
        "Joint Investigation",
        "Direct contact with service providers",
    ],
}


def stated(document: Document) -> dict[FieldName, list[str]]:
    """The words of every field, white space folded."""
    found: dict[FieldName, list[str]] = {}
    for field in document.fields:
        start, end = field.value_span
        found.setdefault(field.name, []).append(" ".join(document.text[start:end].split()))
    return found


def section_of(document: Document, field: Field) -> str:
    section = document.section_at(field.start)
    return section.label if section else ""


def test_every_field_of_the_page_is_found() -> None:
    assert stated(read_one(PAGE)) == STATED


def test_the_text_is_what_was_copied() -> None:
    assert read_one(PAGE).text == PAGE
    assert read_one(PAGE.replace("\n", "\r\n")).text == PAGE


def test_the_record_is_named_after_its_title() -> None:
    document = read_one(PAGE, "download (3).txt")
    assert (document.kind, document.title) == (DocumentKind.RECORD, "Operation Strikeback")
    assert (document.case, document.id) == ("operation-strikeback", "operation-strikeback--record")
    assert document.names == ("Operation Strikeback",)
    assert document.link is not None
    assert document.link.reason != "stated in the file"


@pytest.mark.parametrize(
    ("item", "section"),
    [
        ("completed offence", "Cross-Cutting Issues > Liability > ... for"),
        ("criminal intention", "Cross-Cutting Issues > Liability > ... based on"),
        ("principal offender(s)", "Cross-Cutting Issues > Liability > ... as involves"),
        ("involved an organized criminal group", "Cross-Cutting Issues > Offending > Details"),
        ("China", "Involved Countries"),
        ("Police Scotland\n", "Investigation Procedure > Involved Agencies"),
        ("Seizure of 250", "Investigation Procedure > Confiscation and Seizure > Comments"),
        ("Joint Investigation", "International Cooperation > Measures"),
        ("Direct contact", "International Cooperation > Other Measures"),
        ("INTERPOL-led operation", "Fact Summary"),
        ("Online sexual exploitation is", "Commentary and Significant Features"),
    ],
)
def test_each_part_stands_in_its_section(item: str, section: str) -> None:
    document = read_one(PAGE)
    found = document.section_at(PAGE.index(item))
    assert found is not None
    assert found.label == section
    assert found.heading is not None


def test_prose_sections_hold_their_paragraphs_and_nothing_else() -> None:
    document = read_one(PAGE)
    [facts] = [s for s in document.sections if s.label == "Fact Summary"]
    assert document.quote(facts).startswith("INTERPOL-led operation “Strikeback”")
    assert document.quote(facts).endswith("identification of further victims.")


def test_an_empty_heading_gives_an_empty_section_and_no_field() -> None:
    document = read_one(PAGE)
    [empty] = [s for s in document.sections if s.path[-1] == "Mutual Legal Assistance"]
    assert document.quote(empty) == ""


def test_values_are_in_normal_form_and_display_is_as_written() -> None:
    document = read_one(PAGE)
    crime_type = document.items(FieldName.CRIME_TYPES)[0]
    assert "distribution/ possession" in document.quote(crime_type)
    assert crime_type.value == (
        "Production/distribution/possession of child sexual abuse materials"
    )
    agency = document.items(FieldName.AGENCIES)[2]
    assert agency.value == "United States Immigration and Customs Enforcement"
    assert agency.attributes == {"country": "United States of America"}


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", text)


def in_other_case(text: str) -> str:
    known = headings()
    return "\n".join(
        line.upper() if known.is_known(line) and not line.startswith("•") else line
        for line in text.split("\n")
    )


@pytest.mark.parametrize(
    "change",
    [
        without_blank_lines,
        in_other_case,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("• ", "•"),
        lambda text: text.replace("• ", "•\t"),
        lambda text: text.replace("• ", "•\u00a0"),
        *(lambda text, b=b: text.replace("•", b) for b in ("*", "-", "–", "·", "▪", "\uf0b7")),
        lambda text: text.replace("\n", "\n   "),
        lambda text: text.replace("\n", "\n\t"),
        lambda text: text.replace("\n\n", "\n\u00a0\n"),
        lambda text: text.replace("\n\n", "\n\n\u200b\n\n\n"),
        lambda text: text.replace("... ", "…"),
        lambda text: text.replace("... ", ""),
        lambda text: text.replace("Fact Summary", "## Fact Summary").replace("- ", "* "),
        lambda text: text.replace("Fact Summary", "**Fact Summary**"),
        lambda text: text.replace("Fact Summary\n", "Fact Summary:\n"),
        lambda text: text + "\n\nBack to top\nPrint\n© United Nations\n",
        lambda text: "Home\nSearch\nEnglish\n" + text,
        lambda text: "Fact Summary\nCross-Cutting Issues\nInternational Cooperation\n" + text,
        lambda text: text.replace("Comments\n\n", "Comments: "),
        lambda text: text.replace("borders (trans", "borders\n  (trans"),
        lambda text: text.replace("  ", " ").replace(" ", "  "),
    ],
)
def test_layout_does_not_matter(change: Callable[[str], str]) -> None:
    expected = {
        name: [" ".join(value.split()) for value in values] for name, values in STATED.items()
    }
    assert stated(read_one(change(PAGE))) == expected


def test_lists_without_bullets_are_lists_all_the_same() -> None:
    assert stated(read_one(PAGE.replace("• ", ""))) == STATED


def test_the_parts_of_a_trial_are_found() -> None:
    document = read_one(TRIAL)
    found = stated(document)
    assert document.title == "State v. Doe & Others"
    assert found[FieldName.JURISDICTIONS] == ["Thailand"]
    assert found[FieldName.COUNTRIES] == ["Thailand", "Myanmar"]
    assert found[FieldName.LEGAL_SYSTEM] == ["Civil Law"]
    assert found[FieldName.CASE_NUMBERS] == ["1234/2558"]
    assert found[FieldName.COURTS] == ["Criminal Court", "Criminal Court of Bangkok"]
    assert found[FieldName.KEYWORDS] == ["Recruitment", "Transportation", "Internal"]
    assert found[FieldName.CONFISCATION] == [
        "Two cars",
        "The court ordered the confiscation of 300,000 THB.",
    ]
    assert found[FieldName.PROVISIONS] == ["UNTOC article 18", "Anti-Trafficking Act, section 6"]
    assert found[FieldName.COOPERATION] == ["Request for evidence from Myanmar"]
    assert found[FieldName.AMOUNTS] == ["50,000 THB"]
    [source] = document.items(FieldName.SOURCES)
    assert source.attributes == {"url": "https://example.org/case.pdf"}


def test_dates_have_a_normal_form_and_say_what_happened() -> None:
    sentence, decision = read_one(TRIAL).items(FieldName.DATES)
    assert (sentence.value, sentence.attributes["event"]) == ("2015-12-21", "Sentence")
    assert (decision.value, decision.attributes["event"]) == ("2015-12-21", "Decision")
    assert decision.attributes["date"] == "Mon Dec 21 2015"


def test_charges_and_sentences_belong_to_their_defendant() -> None:
    document = read_one(TRIAL)
    said = [
        (field.name.value, document.text[slice(*field.value_span)], field.attributes["defendant"])
        for field in document.fields
        if section_of(document, field).startswith("Charges")
    ]
    assert said == [
        ("legal_provisions", "Anti-Trafficking Act, section 6", "John Doe"),
        ("charges", "Trafficking in persons", "John Doe"),
        ("verdict", "Guilty", "John Doe"),
        ("sentence", "12 Years", "John Doe"),
        ("sentence", "Yes 300,000 THB (Up to 10,000 USD)", "John Doe"),
        ("amounts", "50,000 THB", "John Doe"),
        ("charges", "Money laundering", "Jane Roe"),
        ("verdict", "Acquittal", "Jane Roe"),
    ]


def test_what_is_said_of_persons_says_which_part_it_is() -> None:
    document = read_one(TRIAL)
    parts = {
        name: [(f.attributes.get("part"), document.text[slice(*f.value_span)]) for f in items]
        for name in (FieldName.VICTIMS, FieldName.DEFENDANTS)
        if (items := document.items(name))
    }
    assert parts[FieldName.VICTIMS] == [
        ("gender", "Female"),
        ("age", "19"),
        ("country", "Lao"),
        ("count", "2"),
    ]
    assert parts[FieldName.DEFENDANTS] == [
        (None, "John Doe"),
        ("gender", "Male"),
        ("nationality", "Thai"),
        ("nationality", "British"),
        ("born", "1975"),
        ("gender", "Female"),
        ("nationality", "Thai"),
    ]


def test_a_value_that_looks_like_a_heading_is_a_value() -> None:
    page = TRIAL.replace("Stage:\nAppeal", "Court:\nSupreme Court")
    assert "Supreme Court" in stated(read_one(page))[FieldName.COURTS]


def test_a_labelled_line_is_quoted_with_its_label() -> None:
    document = read_one(TRIAL)
    count = next(f for f in document.items(FieldName.VICTIMS) if f.attributes["part"] == "count")
    assert document.quote(count) == "Number of victims: 2"
    assert count.value == "2"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("State v. Roe\nFact Summary\nX\nCourt\nY\nKeywords\nZ", "State v. Roe"),
        ("Fact Summary\nX\nCourt\nY\nKeywords\nZ", "page one"),
        ("2014\nMexico\nFact Summary\nX\nCourt\nY\nKeywords\nZ", "page one"),
        ("Author:\nUNODC\nFact Summary\nX\nCourt\nY\nKeywords\nZ", "page one"),
        ("事件\nFact Summary\nX\nCourt\nY\nKeywords\nZ", "事件"),
    ],
)
def test_the_title_is_the_last_line_that_may_be_one(page: str, title: str) -> None:
    document = read_one(page, "page_one.txt")
    assert document.title == title
    assert re.fullmatch(r"[a-z0-9-]+--record", document.id)


def test_a_page_of_several_headings_is_a_case_page_and_others_are_not() -> None:
    assert is_sherloc(PAGE)
    assert is_sherloc(TRIAL)
    assert not is_sherloc("Fact Summary\n\nText\n\nCourt\n\nText")
    assert not is_sherloc("The fact summary of the court has keywords.\n" * 20)
    assert is_sherloc(
        "Commentary and Significant Features\nX\nProcedural Information\nY\nCourt\nZ\nKeywords\nK"
    )


ITEMS = st.text(min_size=1, max_size=60).map(lambda text: clean(text).strip())


@given(st.lists(ITEMS, min_size=1, max_size=5))
def test_any_list_items_are_quoted_exactly(items: list[str]) -> None:
    wanted = [
        item
        for item in (
            " ".join(item.split("\n")).strip(" \t\u00a0\u200b\u200c\u200d\u2060\ufeff")
            for item in items
        )
        if item.strip()
    ]
    listed = "".join(f"• {item}\n" for item in wanted)
    document = read_one(f"A case\nFact Summary\nX\nCourt\nY\nInvestigation\nAgencies\n{listed}")
    found = [document.quote(field) for field in document.items(FieldName.AGENCIES)]
    assert found == [item.strip() for item in wanted]


@given(st.lists(st.sampled_from((PAGE + TRIAL).split("\n")) | ITEMS, max_size=40))
def test_any_order_of_lines_gives_sound_spans(lines: list[str]) -> None:
    page = "A case\nFact Summary\nX\nCross-Cutting Issues\nLiability\nCourt\n" + "\n".join(lines)
    document = read_one(page)
    for field in document.fields:
        quoted = document.quote(field)
        assert quoted == quoted.strip() != ""
    for section in document.sections:
        assert section.heading
        assert section.heading.end <= section.start <= section.end
