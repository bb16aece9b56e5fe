from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casequote.corpus.errors import InvalidDocument
from casequote.corpus.phrase_index import Phrase, split_words
from casequote.corpus.vocabulary import Mention, Vocabulary, vocabulary
from casequote.corpus.vocabulary_files import (
    Body,
    Country,
    CrimeType,
    Entry,
    Kind,
    Platform,
    Sense,
    Spellings,
    VocabularyFile,
    check_bodies,
    check_shared,
    read_vocabulary_file,
)

UK = "United Kingdom of Great Britain and Northern Ireland"
USA = "United States of America"
DPRK = "Democratic People's Republic of Korea"
EXTORTION = "Computer-related extortion"
CSAM = "Production/distribution/possession of child sexual abuse materials"
ATTORNEY = "United States Attorney's Office for the Southern District of New York"
ACG = "Philippine National Police Anti-Cybercrime Group"

FILES: dict[str, type[VocabularyFile[Any]]] = {
    "countries.yaml": VocabularyFile[Country],
    "bodies.yaml": VocabularyFile[Body],
    "platforms.yaml": VocabularyFile[Platform],
    "crime_types.yaml": VocabularyFile[CrimeType],
}

TEXTS: list[tuple[str, list[tuple[str, str, str]]]] = [
    # countries, nationals and places
    ("two men from Northern Ireland", [("country", UK, "Northern Ireland")]),
    ("a man in Ireland", [("country", "Ireland", "Ireland")]),
    ("arrests in the Philippines and North Korea",
     [("country", "Philippines", "Philippines"), ("country", DPRK, "North Korea")]),
    ("which cases concern south korea?", [("country", "Republic of Korea", "south korea")]),
    ("Korea asked for help", [("country", "Republic of Korea", "Korea")]),
    ("He told us that the US had asked the U.S. court",
     [("country", USA, "US"), ("country", USA, "U.S.")]),
    ("under 18 U.S.C. 1030", []),
    ("TO REPORT A CRIME CONTACT US", []),
    ("a court in Georgia", [("country", "Georgia", "Georgia")]),
    ("the court in Athens, Georgia", [("city", USA, "Athens, Georgia")]),
    ("Northern District of Georgia", [("city", USA, "Northern District of Georgia")]),
    ("in New South Wales, not in Wales",
     [("city", "Australia", "New South Wales"), ("country", UK, "Wales")]),
    ("in New Mexico and Mexico", [("city", USA, "New Mexico"), ("country", "Mexico", "Mexico")]),
    ("in Guinea-Bissau, Equatorial Guinea and Papua New Guinea",
     [("country", "Guinea-Bissau", "Guinea-Bissau"),
      ("country", "Equatorial Guinea", "Equatorial Guinea"),
      ("country", "Papua New Guinea", "Papua New Guinea")]),
    ("Hong Kong, China, and Hong Kong",
     [("country", "Hong Kong, China", "Hong Kong, China"),
      ("country", "Hong Kong, China", "Hong Kong")]),
    ("St. Kitts and Nevis", [("country", "Saint Kitts and Nevis", "St. Kitts and Nevis")]),
    ("in Cote d’Ivoire", [("country", "Côte d'Ivoire", "Cote d’Ivoire")]),
    ("in Tu\u0308rkiye and Turkey",
     [("country", "Türkiye", "Tu\u0308rkiye"), ("country", "Türkiye", "Turkey")]),
    ("a turkey and Polish sausage, polished", [("demonym", "Poland", "Polish")]),
    ("two Filipinos and a Dutchman from Bulacan",
     [("demonym", "Philippines", "Filipinos"), ("demonym", "Netherlands", "Dutchman"),
      ("city", "Philippines", "Bulacan")]),
    ("a Nigerien, not a Nigerian",
     [("demonym", "Niger", "Nigerien"), ("demonym", "Nigeria", "Nigerian")]),
    ("a Philippines-based, Franco-American group",
     [("country", "Philippines", "Philippines"), ("demonym", USA, "American")]),
    ("victims in South America paid in US dollars", []),
    ("according to the Korea Herald and the New York Times", []),
    # personal names that are places too
    ("Jordan Smith died", []),
    ("The witness Michael Jordan spoke", []),
    ("In Jordan, police arrested two men", [("country", "Jordan", "Jordan")]),
    ("POLICE IN JORDAN ARREST TWO", [("country", "Jordan", "JORDAN")]),
    # bodies
    ("the US Department of Justice said",
     [("body", "United States Department of Justice", "US Department of Justice")]),
    ("the U.S. Department of Justice said",
     [("body", "United States Department of Justice", "U.S. Department of Justice")]),
    ("the Philippine Department of Justice said",
     [("body", "Department of Justice", "Philippine Department of Justice")]),
    ("the Philippines’ Department of Justice Office of Cybercrime",
     [("body", "Department of Justice Office of Cybercrime",
       "Philippines’ Department of Justice Office of Cybercrime")]),
    ("the Ministry of Justice of Morocco",
     [("body", "Ministry of Justice", "Ministry of Justice of Morocco")]),
    ("the Ministry of Justice (Morocco).",
     [("body", "Ministry of Justice", "Ministry of Justice (Morocco)")]),
    ("the Ministry of Justice alone, and Morocco", [("country", "Morocco", "Morocco")]),
    ("Norwegian state prosecutors; state prosecutors of Ohio",
     [("body", "State prosecutors", "Norwegian state prosecutors"), ("city", USA, "Ohio")]),
    ("French police with the Korean FBI",
     [("body", "French police", "French police"), ("demonym", "Republic of Korea", "Korean"),
      ("body", "Federal Bureau of Investigation", "FBI")]),
    ("Interpol's Digital Crime Center (IDCC)",
     [("body", "INTERPOL Digital Crime Centre (IDCC)", "Interpol's Digital Crime Center (IDCC)")]),
    ("the FBI's office, the fbi.",
     [("body", "Federal Bureau of Investigation", "FBI")]),
    ("ice on the road, ICE at the door",
     [("body", "United States Immigration and Customs Enforcement", "ICE")]),
    ("UK’s National Crime Agency CEOP Command",
     [("body", "CEOP Command (National Crime Agency)", "UK’s National Crime Agency CEOP Command")]),
    ("the PNP Anti Cyber Crime Group", [("body", ACG, "PNP Anti Cyber Crime Group")]),
    ("Royal Canadian\nMounted Police",
     [("body", "Royal Canadian Mounted Police", "Royal Canadian\nMounted Police")]),
    ("Police\n\nScotland", [("country", UK, "Scotland")]),
    ("the U.S. Attorney's Office for the Southern District of New York",
     [("body", ATTORNEY, "U.S. Attorney's Office for the Southern District of New York")]),
    # platforms and offences
    ("on Facebook Messenger, then Kik",
     [("platform", "Facebook Messenger", "Facebook Messenger"), ("platform", "Kik", "Kik")]),
    ("he used a RAT, not a rat, and went on line by LINE",
     [("platform", "Remote access trojan", "RAT"), ("platform", "LINE", "LINE")]),
    ("a traffic signal; then Signal", [("platform", "Signal", "Signal")]),
    ("by e-mail and on social media", []),
    ("sextortion and child pornography",
     [("crime_type", EXTORTION, "sextortion"), ("crime_type", CSAM, "child pornography")]),
    ("organised-crime groups", [("crime_type", "Participation in an organized criminal group",
                                 "organised-crime groups")]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text[:40] for text, _ in TEXTS])
def test_mentions_of_a_text(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(m.kind, m.name, text[m.start : m.end]) for m in vocabulary().mentions(text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("USA", USA), ("U.S.", USA), ("America", USA), ("the States", USA), ("us", None),
        ("the UK", UK), ("England", UK), ("Welsh", UK), ("the Netherlands", "Netherlands"),
        ("Holland", "Netherlands"), ("IVORY COAST", "Côte d'Ivoire"), ("Viet Nam", "Viet Nam"),
        ("vietnam", "Viet Nam"), ("Jordan", "Jordan"), ("turkey", "Türkiye"),
        ("Macau", "Macao, China"), ("Filipina", "Philippines"), ("Congolese",
         "Democratic Republic of the Congo"), ("Réunion", "Réunion"), ("Manila", None),
        ("European Union", None), ("INTERPOL", None), ("Atlantis", None), ("", None), ("the", None),
    ],
)  # fmt: skip
def test_country_of_a_value(text: str, name: str | None) -> None:
    assert vocabulary().country(text) == name


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        ("FBI", None, "Federal Bureau of Investigation"),
        ("F.B.I.", None, "Federal Bureau of Investigation"),
        ("Scotland Yard", None, "Metropolitan Police Service"),
        ("Dutch police", None, "Netherlands Police"),
        ("PNP-ACG", None, ACG),
        ("EC3", None, "Europol European Cybercrime Centre (EC3)"),
        ("State prosecutors", None, "State prosecutors"),
        ("DOJ", None, "United States Department of Justice"),
        ("DOJ", "Philippines", "Department of Justice"),
        ("Department of Justice", "Philippines", "Department of Justice"),
        ("Department of Justice", USA, "United States Department of Justice"),
        ("the Moroccan Ministry of Justice", None, "Ministry of Justice"),
        ("the FBI and Europol", None, None),
        ("a bank", None, None),
        ("", None, None),
    ],
)
def test_body_of_a_value(text: str, country: str | None, name: str | None) -> None:
    assert vocabulary().body(text, country) == name


def test_bodies_called_gives_each_country_s_body() -> None:
    called = vocabulary().bodies_called("Department of Justice")
    assert {"Philippines", USA, "Hong Kong, China", "Canada"} <= {body.country for body in called}


@pytest.mark.parametrize(
    ("text", "name"),
    [("CashApp", "Cash App"), ("social media", "Social media"), ("webcam", "Webcam chat"),
     ("tor", "Tor"), ("Yahoo! Messenger", "Yahoo Messenger"), ("BTC", "Bitcoin"), ("a shop", None)],
)  # fmt: skip
def test_platform_of_a_value(text: str, name: str | None) -> None:
    assert vocabulary().platform(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("grooming", "Solicitation/'grooming' of children"),
        ("Solicitation/'grooming' of children", "Solicitation/'grooming' of children"),
        ("CSAM", CSAM), ("sextortion", EXTORTION), ("hacking", "Illegal access"),
        ("DDoS", "Illegal data interference/system interference"),
        ("identity theft", "Computer-related identity offences"), ("weather", None),
    ],
)  # fmt: skip
def test_crime_type_of_a_value(text: str, name: str | None) -> None:
    assert vocabulary().crime_type(text) == name


def test_is_place_holds_for_cities_and_regions_only() -> None:
    known = vocabulary()
    assert known.is_place("Manila")
    assert known.is_place("the Basque Country")
    assert not known.is_place("Philippines")


@cache
def contents(file: str) -> VocabularyFile[Any]:
    return read_vocabulary_file(file, FILES[file])


def names_of(entry: Entry) -> Iterator[str]:
    yield from (entry.name, *entry.aliases, *entry.acronyms)
    if isinstance(entry, Country):
        yield from entry.demonyms


def lookups(known: Vocabulary) -> list[tuple[str, tuple[Entry, ...], Callable[[str], str | None]]]:
    return [
        ("countries.yaml", known.countries, known.country),
        ("bodies.yaml", known.bodies, known.body),
        ("platforms.yaml", known.platforms, known.platform),
        ("crime_types.yaml", known.crime_types, known.crime_type),
    ]


def test_every_name_leads_to_its_entry_unless_listed_as_ambiguous() -> None:
    for file, entries, lookup in lookups(vocabulary()):
        ambiguous = contents(file).ambiguous
        for entry in entries:
            for text in names_of(entry):
                assert lookup(text) == ambiguous.get(text, entry.name), f"{file}: {text}"


@pytest.mark.parametrize("file", FILES)
def test_what_is_listed_as_ambiguous_has_several_entries(file: str) -> None:
    content = contents(file)
    for text, usual in content.ambiguous.items():
        names = {entry.name for entry in content.entries if text in names_of(entry)}
        assert usual in names
        assert len(names) > 1


@pytest.mark.parametrize("file", FILES)
def test_lists_hold_only_texts_that_entries_have(file: str) -> None:
    content = contents(file)
    known = {text for entry in content.entries for text in names_of(entry)}
    known |= {text for entry in content.entries for text in getattr(entry, "cities", ())}
    assert not (content.common_words | content.personal_names | content.values_only) - known


@pytest.mark.parametrize("file", [*FILES, "spellings.yaml"])
def test_a_file_begins_with_a_comment_and_names_are_unique(file: str) -> None:
    path = resources.files("casequote.corpus") / "data" / "vocabulary" / file
    text = path.read_text("utf-8")
    assert text.startswith("# ")
    entries = yaml.safe_load(text).get("entries", [])
    assert not [
        k for k, n in Counter((e["name"], e.get("country")) for e in entries).items() if n > 1
    ]


def test_countries_are_the_members_and_observers_and_more() -> None:
    known = vocabulary()
    codes = [country.iso for country in known.countries]
    assert len(set(codes)) == len(codes) >= 195 + 4
    assert {"VA", "PS", "HK", "MO", "TW", "XK", "NO", "SS", "TL"} <= set(codes)


def test_bodies_have_countries_and_parents_that_end() -> None:
    bodies = vocabulary().bodies
    assert len(bodies) >= 300
    parents = {body.name: body.parent for body in bodies}
    for body in bodies:
        seen = {body.name}
        parent = body.parent
        while parent:
            assert parent not in seen, f"{body.name} is its own ancestor"
            seen.add(parent)
            parent = parents[parent]


def test_the_bundled_records_use_known_names() -> None:
    known = vocabulary()
    folder = resources.files("casequote.corpus") / "data" / "records"
    for file in folder.iterdir():
        record = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for country in (*record["countries"], *record.get("jurisdictions", [])):
            assert known.country(country) == country, file.name
        for crime_type in record["crime_types"]:
            assert known.crime_type(crime_type) == crime_type, file.name
        for agency in record.get("agencies", []):
            called = known.bodies_called(agency["name"])
            assert agency["country"] in {body.country for body in called}, agency["name"]


def resolves(known: Vocabulary, mention: Mention, text: str) -> bool:
    match mention.kind:
        case "country" | "demonym":
            return known.country(text) == mention.name
        case "city":
            return known.is_place(text)
        case "body":
            return known.body(text) == mention.name
        case "platform":
            return known.platform(text) == mention.name
        case "crime_type":
            return known.crime_type(text) == mention.name


def phrases() -> list[str]:
    known = vocabulary()
    texts = [text for _, entries, _ in lookups(known) for e in entries for text in names_of(e)]
    return texts + [city for country in known.countries for city in country.cities]


fillers = st.text(max_size=6) | st.sampled_from(["of", "the", "(", ")", "'s", "U.S.", "us", "\n\n"])


@given(
    st.lists(st.tuples(st.sampled_from(phrases()), fillers), max_size=8), st.sampled_from(" \n-")
)
def test_a_mention_s_characters_are_a_name_of_it(parts: list[tuple[str, str]], joint: str) -> None:
    known = vocabulary()
    text = joint.join(piece for part in parts for piece in part)
    end = 0
    for mention in known.mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert resolves(known, mention, text[mention.start : mention.end])
        end = mention.end


def searched_phrases() -> list[str]:
    values = {text for file in FILES for text in contents(file).values_only}
    for _, entries, _ in lookups(vocabulary()):
        values |= {text for entry in entries if entry.generic for text in names_of(entry)}
    return [text for text in phrases() if text not in values and text[0].isupper()]


@given(st.sampled_from(searched_phrases()))
def test_a_name_with_a_capital_is_found_in_prose(name: str) -> None:
    text = f"it was {name}, he said"
    mentions = vocabulary().mentions(text)
    words = split_words(text)
    assert mentions[0].start == 7
    assert mentions[-1].end >= words[-3].end


def test_the_vocabulary_is_read_once() -> None:
    assert vocabulary() is vocabulary()


def test_a_body_of_an_unknown_country_is_refused() -> None:
    with pytest.raises(InvalidDocument, match=r"countries\.yaml does not have"):
        check_bodies((Body(name="Police", country="Atlantis"),), ())


def test_a_body_with_an_unknown_parent_is_refused() -> None:
    orphan = Body(name="Unit", country="International", parent="Office")
    with pytest.raises(InvalidDocument, match="has no entry"):
        check_bodies((orphan,), ())


@pytest.mark.parametrize("kind", ["body", "platform"])
def test_a_text_of_two_entries_must_be_listed(kind: Kind) -> None:
    first = Phrase("NBI", Sense("body", "National Bureau", "Finland"))
    second = Phrase("NBI", Sense(kind, "New Bank", "Ghana"))
    with pytest.raises(InvalidDocument, match="ambiguous"):
        check_shared([(first, second)])


def test_a_file_that_does_not_fit_is_refused_with_its_name() -> None:
    with pytest.raises(InvalidDocument, match=r"data/vocabulary/bodies\.yaml"):
        read_vocabulary_file("bodies.yaml", Spellings)


def test_an_unknown_key_of_an_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        VocabularyFile[Country].model_validate(
            {"entries": [{"name": "Utopia", "iso": "UT", "colour": "green"}]}
        )


def test_other_spellings_stand_inside_longer_names_only() -> None:
    spellings = Spellings(words={}, phrases=(("united states", "us"),))
    spelled = [p.text for p in spellings.spelled(Phrase("United States Secret Service", Sense()))]
    assert spelled == ["United States Secret Service", "us Secret Service"]
    assert [p.text for p in spellings.spelled(Phrase("United States", Sense()))] == [
        "United States"
    ]
