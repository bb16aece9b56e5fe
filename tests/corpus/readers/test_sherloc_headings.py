"""The file of headings is sound, and looking a line up follows it."""

from importlib import resources

import pytest

from casequote.corpus.errors import InvalidDocument
from casequote.corpus.readers.sherloc_headings import headings, key


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Fact Summary", "FACT  SUMMARY:"),
        ("... for", "…for"),
        ("Sources / Citations", "Sources/Citations"),
        ("Keywords", "**Keywords**"),
        ("Court", "### Court"),
        ("Computer‑specific", "computer-specific."),
    ],
)
def test_headings_are_the_same_however_they_are_written(written: str, other: str) -> None:
    assert key(written) == key(other)


def test_a_heading_below_another_is_known_only_there() -> None:
    known = headings()
    assert known.find("Comments", ()) is None
    procedure = known.main("Investigation Procedure")
    assert procedure is not None
    seizure = known.find("Confiscation & Seizure", (procedure,))
    assert seizure is not None
    found = known.find("Comments", (procedure, seizure.heading))
    assert found is not None
    assert (found.depth, found.heading.prose, found.is_label) == (2, True, False)


def test_numbers_after_a_heading_are_of_no_account() -> None:
    procedure = headings().main("Procedural Information")
    assert procedure is not None
    found = headings().find("Proceeding #2:", (procedure,))
    assert found is not None
    assert (found.heading.heading, found.is_label) == ("Proceeding", True)


def test_long_lines_are_no_headings() -> None:
    assert headings().find("Court" + " " * 200 + "x", ()) is None
    assert headings().main("") is None


@pytest.mark.parametrize(
    "content",
    ["sections: [", "sections: []", "noise: []\nareas: []\nlabels: []\nsections: [{x: 1}]"],
)
def test_a_file_that_is_not_sound_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    folder = tmp_path_factory.mktemp("package")
    (folder / "data").mkdir()
    (folder / "data" / "sherloc_headings.yaml").write_text(content)
    monkeypatch.setattr(resources, "files", lambda _: folder)
    with pytest.raises(InvalidDocument, match=r"(?s)^data/sherloc_headings\.yaml: .*as the file's"):
        headings.__wrapped__()
