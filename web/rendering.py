"""Templates → HTML in the reader's language. Everything is escaped; nothing is inline."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlencode

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from casequote.corpus.document import Span
from casequote.web.languages import languages, translations
from casequote.web.links import EXTRACT_ANCHOR, case_path, document_path, question_path
from casequote.web.reader import THEMES, Reader
from casequote.web.wording import wording

LONGEST_TYPED = 2_000
"""Characters that a question field takes."""
EVERYONE = Reader()


@cache
def environment(language: str) -> Environment:
    """The templates in a language."""
    made = Environment(
        loader=PackageLoader("casequote.web"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # what the extension adds is unknown to mypy
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.policies["ext.i18n.trimmed"] = True
    made.filters.update(
        exact=exact,
        number=lambda value: format_decimal(value, locale=language),
        highlight=highlight,
    )
    made.globals.update(
        longest_typed=LONGEST_TYPED,
        extract_anchor=EXTRACT_ANCHOR,
        question_path=question_path,
        case_path=case_path,
        document_path=document_path,
        query_string=urlencode,
        span=Span,
        compared_cases=lambda cases: [("case", case) for case in cases],
        languages=languages(),
        themes=THEMES,
        wording=wording,
        format_date=lambda value: format_date(value, locale=language),
    )
    return made


def exact(text: str) -> Markup:
    """Characters of a document, written so that a browser's DOM has the very same.

    A parser would turn a carriage return into a line feed. It would drop U+0000, which HTML cannot
    express; U+FFFD stands in its place.
    """
    return Markup(escape(text).replace("\r", Markup("&#13;")).replace("\0", "\ufffd"))  # noqa: S704


def highlight(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """The text with the characters of each span marked; spans are in order, none in another."""
    parts: list[Markup] = []
    position = 0
    for start, end in spans:
        parts += [exact(text[position:start]), Markup("<mark>"), exact(text[start:end])]
        parts.append(Markup("</mark>"))
        position = end
    return Markup("").join([*parts, exact(text[position:])])


def render(template: str, reader: Reader = EVERYONE, **context: object) -> str:
    """A page."""
    made = environment(reader.language)
    return made.get_template(template).render(reader=reader, **context)


def render_block(template: str, block: str, reader: Reader = EVERYONE, **context: object) -> str:
    """A block of a page alone, for what replaces a part of a page that is shown already."""
    found = environment(reader.language).get_template(template)
    made = found.new_context({"reader": reader, **context})
    return "".join(found.blocks[block](made))
