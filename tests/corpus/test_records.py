"""Record and article files become documents whose every field quotes what the file says."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.document import STATED, DocumentKind, FieldName
from casequote.corpus.records import STATUS_WORDS, article_document, record_document
from casequote.corpus.schema import ArticleFile, RecordFile
from tests.factories import record, record_file

FULL: dict[str, Any] = {
    "aliases": ["Harbour"],
    "keywords": ["fraud"],
    "legal_system": "Common law",
    "jurisdictions": ["Philippines"],
    "courts": ["Regional Trial Court"],
    "case_numbers": ["No. 12/2014"],
    "commentary": "A first joint operation [1].",
    "liability": ["completed offence"],
    "offending": ["involved an organized criminal group"],
    "dates": [{"date": "2014-04-30", "event": "Raids", "sources": [1]}],
    "defendants": [
        {
            "name": "Juan Cruz",
            "nationality": "Filipino",
            "role": "leader",
            "charges": ["fraud", "extortion"],
            "plea": "guilty",
            "verdict": "guilty",
            "sentence": "six years [2]",
            "sources": [2],
        }
    ],
    "accused": "two others",
    "victims": {
        "count": "12",
        "age_range": "14 to 60",
        "countries": ["Singapore"],
        "note": "all men",
        "publicly_named": {"name": "A. Person", "note": "who died", "sources": [1]},
    },
    "modus_operandi": ["fake profiles"],
    "platforms": ["Facebook"],
    "amounts": [{"label": "Demanded", "value": "USD 15.000", "sources": [1]}],
    "arrests": {"count": "58", "note": "in four cities", "sources": [1]},
    "confiscation": ["250 phones and laptops [1]"],
    "investigative_measures": ["search of premises"],
    "cooperation": ["joint investigation"],
    "legal_provisions": ["Cybercrime Prevention Act 2012, section 4"],
    "outcome": "Convicted [2].",
    "conflicts": [
        {"item": "Arrests", "values": [{"value": "58", "sources": [1]}, {"value": "60"}]}
    ],
}


def test_a_full_record_reads_in_the_order_of_the_database() -> None:
    document = record(**FULL)
    assert [section.label for section in sorted(document.sections, key=lambda s: s.start)] == [
        "Also Known As",
        "Crime Types",
        "Keywords",
        "Fact Summary",
        "Commentary and Significant Features",
        "Cross-Cutting Issues",
        "Cross-Cutting Issues > Liability",
        "Cross-Cutting Issues > Offending",
        "Cross-Cutting Issues > Modus Operandi",
        "Cross-Cutting Issues > Platforms",
        "Involved Countries",
        "Investigation Procedure",
        "Investigation Procedure > Involved Agencies",
        "Investigation Procedure > Arrests",
        "Investigation Procedure > Confiscation and Seizure",
        "Investigation Procedure > Investigative Measures",
        "Investigation Procedure > Amounts",
        "International Cooperation",
        "International Cooperation > Measures",
        "Procedural Information",
        "Procedural Information > Courts",
        "Procedural Information > Timeline",
        "Victims",
        "Defendants",
        "Defendants > Juan Cruz",
        "Defendants > Persons Accused or Arrested",
        "Legal Provisions",
        "Outcome",
        "Disagreements Between Sources",
        "Sources",
    ]


def test_a_full_record_has_every_field_with_its_words() -> None:
    document = record(**FULL)
    said = {
        name: [document.text[slice(*f.value_span)] for f in document.items(name)]
        for name in FieldName
    }
    assert [name for name in FieldName if not said[name]] == []
    assert said[FieldName.SENTENCE] == ["six years"]
    assert said[FieldName.CHARGES] == ["fraud", "extortion"]
    assert said[FieldName.DEFENDANTS] == ["Juan Cruz", "Filipino", "leader"]
    assert said[FieldName.VICTIMS] == [
        "12",
        "14 to 60",
        "Singapore",
        "all men",
        "A. Person, who died",
    ]
    assert said[FieldName.CONFLICTS] == ["58", "60"]
    assert said[FieldName.CONFISCATION] == ["250 phones and laptops"]
    assert said[FieldName.OUTCOME] == ["Convicted."]


def test_items_know_what_they_are_about_and_who_says_so() -> None:
    document = record(**FULL)
    [agency] = document.items(FieldName.AGENCIES)
    assert (dict(agency.attributes), agency.sources) == ({"country": "Philippines"}, (1,))
    assert document.text[agency.start : agency.end] == "Cyber Unit of Taguig"
    [sentence] = document.items(FieldName.SENTENCE)
    assert (dict(sentence.attributes), sentence.sources) == ({"defendant": "Juan Cruz"}, (2,))
    assert [f.attributes for f in document.items(FieldName.CONFLICTS)] == [{"item": "Arrests"}] * 2


def test_a_record_is_the_record_of_its_case() -> None:
    document = record(**FULL)
    assert (document.id, document.case) == ("harbour-light--record", "harbour-light")
    assert (document.kind, document.link) == (DocumentKind.RECORD, STATED)
    assert document.names == ("Operation Harbour Light", "Harbour")
    assert [(s.number, s.official) for s in document.sources] == [(1, False), (2, True)]


def test_prose_carries_the_sources_of_its_claims() -> None:
    document = record()
    said = [(document.quote(a), a.sources) for a in document.attributions]
    assert said == [
        ("Officers of the Cyber Unit raided three flats in Taguig on 30 April 2014", (1,)),
        ("They seized 250 phones and laptops", (1, 2)),
        ("The leader was sentenced to six years' imprisonment", (2,)),
    ]


def test_a_status_is_written_in_words_and_kept_as_its_key() -> None:
    for key, words in STATUS_WORDS.items():
        [status] = (document := record(status=key)).items(FieldName.STATUS)
        assert (document.text[slice(*status.value_span)], status.value) == (words, key)


def test_an_unknown_period_is_not_stated() -> None:
    assert record(period="unknown").items(FieldName.PERIOD) == ()


def test_how_records_are_grouped_is_no_part_of_the_document() -> None:
    assert record(cluster="zzgroup") == record()


def test_an_article_keeps_its_text_and_not_our_title() -> None:
    file = ArticleFile(
        id="a--b",
        case="a",
        publisher="P",
        title="Our title",
        date="2014-05",
        text="One\nline.\n\nTwo.\n",
    )
    document = article_document(file)
    assert document.text == "One line.\n\nTwo.\n"
    assert (document.id, document.case, document.link) == ("a--b", "a", STATED)
    assert (document.title, document.publisher, document.date) == ("Our title", "P", "2014-05")


def test_an_article_without_a_case_is_not_linked() -> None:
    assert article_document(ArticleFile(id="a", title="t", text="x")).link is None


lines = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="[]"), min_size=1, max_size=12
).filter(lambda text: text.strip() != "")
several = st.lists(lines, max_size=3)
sums = st.lists(st.fixed_dictionaries({"label": lines, "value": lines}), max_size=2)


@st.composite
def record_files(draw: st.DrawFn) -> RecordFile:
    """Records of any Unicode without the breaks and brackets that rendering may take out."""
    return record_file(
        title=draw(lines),
        aliases=draw(several),
        crime_types=draw(several),
        countries=draw(several),
        agencies=[{"name": name} for name in draw(several)],
        courts=draw(several),
        confiscation=draw(several),
        amounts=draw(sums),
        legal_provisions=draw(several),
        platforms=draw(several),
        jurisdictions=draw(several),
        fact_summary=draw(lines),
        defendants=draw(
            st.lists(
                st.fixed_dictionaries({"name": lines, "charges": several, "plea": lines}),
                max_size=2,
            )
        ),
        arrests={"count": draw(lines)},
    )


@given(record_files())
def test_every_field_quotes_the_file(file: RecordFile) -> None:
    document = record_document(file)
    stated: dict[FieldName, Sequence[str | None]] = {
        FieldName.TITLE: [file.title],
        FieldName.ALIASES: file.aliases,
        FieldName.CRIME_TYPES: file.crime_types,
        FieldName.COUNTRIES: file.countries,
        FieldName.AGENCIES: [agency.name for agency in file.agencies],
        FieldName.COURTS: file.courts,
        FieldName.CONFISCATION: file.confiscation,
        FieldName.AMOUNTS: [amount.value for amount in file.amounts],
        FieldName.PROVISIONS: file.legal_provisions,
        FieldName.PLATFORMS: file.platforms,
        FieldName.JURISDICTIONS: file.jurisdictions,
        FieldName.CHARGES: [charge for one in file.defendants for charge in one.charges],
        FieldName.PLEA: [one.plea for one in file.defendants],
        FieldName.ARRESTS: [file.arrests.count] if file.arrests else [],
    }
    for name, expected in stated.items():
        found = [document.text[slice(*item.value_span)] for item in document.items(name)]
        assert found == [str(text).strip() for text in expected], name
    for section in document.sections:
        assert section.heading
        assert document.text[slice(*section.heading)] == section.path[-1]


@given(
    st.builds(
        lambda a, b: record_file(title=a, fact_summary=b or "x", countries=[a]), lines, st.text()
    )
)
def test_any_prose_makes_a_sound_record(file: RecordFile) -> None:
    document = record_document(file)
    [section] = [s for s in document.sections if s.path == ("Fact Summary",)]
    words = "".join(document.quote(section).split())
    assert words == "".join(file.fact_summary.replace("[1]", "").replace("[2]", "").split())
