"""Templates and wording → the message files of all languages; what is new is left empty.

Usage: `make messages`; `python tools/messages.py --check` only says what is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from casequote.web.wording import wording

WEB = Path(__file__).resolve().parent.parent / "web"
KEYWORDS = {"_": None, "ngettext": (1, 2), "gettext": None}


def extracted() -> Catalog:
    """Every message of the pages."""
    catalog = Catalog(project="CaseQuote", charset="utf-8")
    found = extract_from_dir(
        WEB / "templates",
        method_map=[("**.html", "jinja2")],
        options_map={"**.html": {"trimmed": "true", "silent": "false"}},
        keywords=KEYWORDS,
    )
    for _, _, message, _, _ in found:
        catalog.add(message)
    for message in (*wording.messages(), "Asked for", "Case", "cases"):
        catalog.add(message)
    return catalog


def update(path: Path, template: Catalog) -> Catalog:
    """The messages of a language, in the order of the templates; obsolete ones are dropped."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """Messages without a translation."""
    empty = (message for message in catalog if message.id)
    return [
        str(message.id)
        for message in empty
        if message.fuzzy
        or not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def main() -> int:
    template = extracted()
    status = 0
    for path in sorted(WEB.glob("locale/*/LC_MESSAGES/messages.po")):
        catalog = update(path, template)
        lacking = missing(catalog)
        print(f"{path.parent.parent.name}: {len(catalog)} messages, {len(lacking)} not translated")
        status |= bool(lacking)
        if "--check" not in sys.argv:
            with path.open("wb") as file:
                write_po(file, catalog, width=100, omit_header=False, sort_output=False)
    return status


if __name__ == "__main__":
    sys.exit(main())
