"""Text of an article → a document: its title, its date where one stands near the top, its id.

The text stays as it is. Also makes the documents of the other readers of articles.
"""

from __future__ import annotations

import re
from datetime import date

from casequote.corpus.document import Document, DocumentKind, Section
from casequote.corpus.readers.identifiers import article_id
from casequote.corpus.readers.reading import Reading

LONGEST_TITLE = 100
_LONGEST_TITLE_LINE = 200
_SHORTEST_SENTENCE = 25
_LONGEST_SENTENCE = 2_000
_TOP_LINES = 8
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_BEFORE = (
    r"(?:(?:release |publication )?date|published|posted|updated|released|issued|on|at|:|,|\||-|–|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?|\s)*"
)
_AFTER = r"(?:[\s,|–-]|at|\d{1,2}[:.]\d\d(?:[:.]\d\d)?|[ap]\.?m\.?|gmt|utc|bst|e[sd]t|[T]|Z)*"
_DATE_LINES = tuple(
    re.compile(f"{_BEFORE}{form}{_AFTER}", re.IGNORECASE)
    for form in (
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
    )
)
_SENTENCE = re.compile(r"\S[^\n]*?[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W\da-z]|\s*\n|\s*\Z)")
_SPACE = re.compile(r"\s+")


def read_article_text(text: str, name: str) -> Reading:
    """The article that a plain text is."""
    return Reading((article(text, name),))


def article(
    text: str,
    name: str,
    *,
    title: str | None = None,
    sections: tuple[Section, ...] = (),
    stated_date: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Document:
    """The article with a text; title and date are told from the text where none is given."""
    return Document(
        id=article_id(name, text),
        kind=DocumentKind.ARTICLE,
        title=title or title_in(text),
        text=text,
        sections=sections,
        publisher=publisher,
        date=stated_date or date_in(text),
        url=url,
    )


def title_in(text: str) -> str:
    """A short first line with a blank line below it, else the first sentence, shortened."""
    stripped = text.strip()
    first, _, rest = stripped.partition("\n")
    blank_below = rest.partition("\n")[0].strip() == ""
    if rest and blank_below and len(first.strip()) <= _LONGEST_TITLE_LINE:
        return _SPACE.sub(" ", first).strip()
    return shortened(_first_sentence(stripped))


def shortened(text: str) -> str:
    """At most LONGEST_TITLE characters, cut between words."""
    folded = _SPACE.sub(" ", text).strip()
    if len(folded) <= LONGEST_TITLE:
        return folded
    cut = folded[: LONGEST_TITLE - 1]
    words = cut.rpartition(" ")[0] if not folded[LONGEST_TITLE - 1].isspace() else cut
    return (words or cut).rstrip(" ,;:–-") + "…"


def date_in(text: str) -> str | None:
    """The date that stands on a line of its own near the top, as YYYY-MM-DD."""
    seen = 0
    for match in re.finditer(r"[^\n]+", text[:4_000]):
        line = match.group().strip()
        if not line:
            continue
        seen += 1
        if seen > _TOP_LINES:
            return None
        if len(line) <= LONGEST_TITLE and (found := date_of(line)):
            return found
    return None


def date_of(line: str) -> str | None:
    """The date that is all a line says, as YYYY-MM-DD."""
    for pattern in _DATE_LINES:
        if match := pattern.fullmatch(line):
            month = match["month"].lower()
            number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
            try:
                return date(int(match["year"]), number, int(match["day"])).isoformat()
            except ValueError:  # 31 February
                return None
    return None


def _first_sentence(text: str) -> str:
    """The first sentence that is long enough to say something; the first line without any."""
    line = text.partition("\n")[0][:_LONGEST_SENTENCE]
    for match in _SENTENCE.finditer(line):
        if match.end() >= _SHORTEST_SENTENCE:
            return line[: match.end()].rstrip(".")
    return line.rstrip(".") or line
