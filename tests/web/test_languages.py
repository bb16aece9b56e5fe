import importlib.util
import re
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from casequote.prompts.kinds import kinds
from casequote.web.languages import languages, message_file, negotiated, translations
from casequote.web.reader import Reader
from casequote.web.views import error_page

TOOL = Path(__file__).parents[2] / "tools/messages.py"
SHIPPED = [code for code in languages() if code != "en"]
_PLACE = re.compile(r"%\((\w+)\)s|%%|<[^>]+>")


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_french_is_shipped() -> None:
    assert languages()["fr"] == "français"
    assert files("casequote.web").joinpath("locale/fr/LC_MESSAGES/messages.po").is_file()


@pytest.mark.parametrize("language", SHIPPED)
def test_every_message_of_the_pages_is_translated(language: str) -> None:
    made = tool()
    path = TOOL.parent.parent / "web/locale" / language / "LC_MESSAGES/messages.po"
    labels = {kind.label for kind in kinds().values()}  # a new one is English for a while
    assert set(made.missing(made.update(path, made.extracted()))) <= labels


@pytest.mark.parametrize("language", SHIPPED)
def test_nearly_every_kind_of_question_is_translated(language: str) -> None:
    labels = {kind.label for kind in kinds().values()}
    path = TOOL.parent.parent / "web/locale" / language / "LC_MESSAGES/messages.po"
    lacking = set(tool().missing(tool().update(path, tool().extracted())))
    assert len(lacking & labels) <= 5


@pytest.mark.parametrize("language", SHIPPED)
def test_translations_keep_the_places_and_the_markup_of_their_messages(language: str) -> None:
    with message_file(language).open("rb") as file:
        catalog = read_po(file, locale=language)
    for message in catalog:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for id_, string in zip(ids, strings, strict=True):
            assert sorted(_PLACE.findall(id_)) == sorted(_PLACE.findall(string or "")), id_


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        ("fr", "en", "fr"),
        (None, "fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        (None, "de, fr;q=0.5, en;q=0.4", "fr"),
        (None, "en;q=0.4, fr;q=0.9", "fr"),
        (None, "fr;q=0, en", "en"),
        (None, "ja", "en"),
        (None, "", "en"),
        (None, ";;,,q=x", "en"),
        ("klingon", "fr", "fr"),
    ],
)
def test_the_reader_chooses_else_the_browser_does(
    wanted: str | None, accepted: str, language: str
) -> None:
    assert negotiated(wanted, accepted) == language


def test_a_message_without_translation_stays_english() -> None:
    assert translations("fr").gettext("never a message") == "never a message"


def test_a_page_is_in_the_language_of_its_reader() -> None:
    html = error_page("no_page", Reader(language="fr"))
    assert '<html lang="fr"' in html
    assert "Cette page n’existe pas" in html
