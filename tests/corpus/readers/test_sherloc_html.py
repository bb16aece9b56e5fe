"""A saved SHERLOC case page says the same as the copied text of the page."""

import pytest

from casequote.corpus.document import Document, FieldName
from tests.corpus.readers.samples import DATA, read_one

PAGE = (DATA / "operation-strikeback.html").read_text("utf-8")
DEFENDANTS = FieldName.DEFENDANTS
COPIED = read_one((DATA / "operation-strikeback.txt").read_text("utf-8"))


def said(document: Document) -> list[tuple[FieldName, str, str, dict[str, str]]]:
    return [(f.name, document.quote(f), f.value, dict(f.attributes)) for f in document.fields]


@pytest.mark.parametrize("name", ["page.html", "page.htm", "page", "page.txt", "page.md"])
def test_the_saved_page_has_the_fields_and_sections_of_the_copied_one(name: str) -> None:
    document = read_one(PAGE, name)
    assert said(document) == said(COPIED)
    assert [s.path for s in document.sections] == [s.path for s in COPIED.sections]
    assert (document.id, document.case) == (COPIED.id, COPIED.case)


def test_prose_is_the_same_paragraph_by_paragraph() -> None:
    def paragraphs(document: Document) -> list[str]:
        return [
            line.strip()
            for section in document.sections
            if section.label in ("Fact Summary", "Commentary and Significant Features")
            for line in document.quote(section).split("\n")
            if line.strip()
        ]

    assert paragraphs(read_one(PAGE)) == paragraphs(COPIED)


def test_the_address_of_the_page_is_kept() -> None:
    assert read_one(PAGE).url == (
        "https://sherloc.unodc.org/cld/case-law-doc/cybercrimecrimetype/phl/2014/"
        "operation_strikeback.html"
    )


@pytest.mark.parametrize(
    "absent",
    [
        "Script Police",
        "pageLocale",
        "Database",
        "font-weight",
        "enable JavaScript",
        "Terms of use",
        "UNODC",
        "Share",
        "opération",
        "Français",
        "&nbsp;",
        "<",
        "saved",
    ],
)
def test_menus_scripts_and_other_languages_are_left_out(absent: str) -> None:
    assert absent not in read_one(PAGE).text


def test_the_page_reads_like_the_copied_text() -> None:
    text = read_one(PAGE).text
    assert (
        "\n\nInvolved Agencies\n\n• INTERPOL Digital Crime Centre (IDCC)\n• Police Scotland\n"
        in text
    )
    assert "\n\nInvolved Countries\n\nPhilippines\n\nUnited Kingdom of Great Britain" in text
    assert "\n\n\n" not in text


def test_a_page_without_its_title_in_the_body_takes_the_one_of_the_window() -> None:
    page = PAGE.replace("<h1>  Operation&#32;\n        Strikeback </h1>", "")
    page = page.replace('<meta property="og:title" content="Operation Strikeback" />', "")
    page = page.replace(
        "<title>Operation Strikeback", "<title>Operation Strikeback - UNODC SHERLOC"
    )
    document = read_one(page)
    assert document.title == "Operation Strikeback"
    [title] = document.items(FieldName.TITLE)
    assert document.quote(title) == "Operation Strikeback"


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ('id="a-en"', 'id="a-fr"', "one"),
        ('id="aFr"', 'id="aEn"', "two"),
        ('id="t1" lang="es"', 'id="t2" lang="en"', "two"),
        ('id="aFr"', 'id="aEs"', "one"),
        ('id="t1"', 'id="t2"', "one two"),
    ],
)
def test_of_tabs_in_several_languages_english_or_the_first_is_read(
    first: str, second: str, kept: str
) -> None:
    tabs = f'<div class="tab-pane" {first}>one</div><div class="tab-pane" {second}>two</div>'
    text = read_one(PAGE.replace("<h3>Cross-", f"<div>{tabs}</div><h3>Cross-")).text
    start = text.index("their equipment.") + len("their equipment.")
    assert text[start : text.index("Cross-Cutting")].split() == kept.split()


def test_labels_and_values_of_persons_are_told_from_the_page() -> None:
    rows = (("Defendant", "John Doe"), ("Gender", "Male"), ("Nationality", "Thai"))
    person = "".join(
        f'<div class="field"><div class="label">{label}: </div>'
        f'<div class="value">{value}</div></div>'
        for label, value in rows
    )
    section = (
        '<div class="case-law-detail"><h3>Defendants / Respondents in the first instance</h3>'
        f'<div class="defendantsRespondents"><div class="person">{person}</div></div></div>'
    )
    page = PAGE.replace('<div class="case-law-detail crossCutting">', section, 1)
    document = read_one(page)
    parts = [(document.quote(f), f.attributes.get("part")) for f in document.items(DEFENDANTS)]
    assert parts == [("John Doe", None), ("Male", "gender"), ("Thai", "nationality")]
