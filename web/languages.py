"""Message files → translations; a language is one file, `locale/<code>/LC_MESSAGES/messages.po`.

English is the language of the templates themselves. The files are compiled when they are first
read, so that a fresh clone and a wheel need no step before.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

DEFAULT = "en"
_FILE = "LC_MESSAGES/messages.po"


@cache
def languages() -> dict[str, str]:
    """Code → name of each language in itself, the default first."""
    shipped = sorted(entry.name for entry in _folder().iterdir() if entry.joinpath(_FILE).is_file())
    return {code: (Locale(code).get_display_name(code) or code) for code in (DEFAULT, *shipped)}


def negotiated(wanted: str | None, accepted: str) -> str:
    """The language that a reader chose, else the best of an Accept-Language header."""
    if wanted in languages():
        return str(wanted)
    return negotiate_locale(_by_preference(accepted), list(languages()), sep="-") or DEFAULT


def message_file(language: str) -> Traversable:
    """The message file of a language."""
    return _folder().joinpath(language, _FILE)


@cache
def translations(language: str) -> NullTranslations:
    """The messages of a language; those it lacks stay English."""
    if language == DEFAULT:
        return NullTranslations()
    with message_file(language).open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def _folder() -> Traversable:
    return files("casequote.web").joinpath("locale")


def _by_preference(header: str) -> list[str]:
    """Languages of an Accept-Language header (RFC 9110), most wanted first; each also by itself."""
    wanted: list[tuple[float, str]] = []
    for part in header.split(","):
        name, _, parameters = part.strip().partition(";")
        weight = parameters.strip().removeprefix("q=")
        try:
            quality = float(weight) if parameters else 1.0
        except ValueError:
            continue
        if name and quality > 0:
            wanted.append((-quality, name))
    ordered = [name for _, name in sorted(wanted, key=lambda pair: pair[0])]
    return list(dict.fromkeys(code for name in ordered for code in (name, name.split("-")[0])))
