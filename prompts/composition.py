"""Findings → answer: numbered extracts, values with citations, and a templated frame.

No sentence of an answer is anything but a template's frame around quoted material.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library
from casequote.embeddings.near_duplicates import representatives
from casequote.embeddings.retriever import RankedPassage
from casequote.prompts.answer import Answer, Conflict, Extract, Refusal, Value, told_by, unmarked
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.findings import Finding, Findings, NotFound, Quote
from casequote.prompts.interpretation import Interpretation

MOST_CITATIONS = 4
_SEVERAL = 2
NEAREST = 3
NEAREST_CHARACTERS = 300


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("casequote.prompts"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 — answers are plain text; the page escapes them
    )
    environment.filters["unmarked"] = unmarked
    environment.globals["told_by"] = told_by
    return environment


def _template(asked: Interpretation, findings: Findings) -> str:
    if asked.across:
        return "across"
    if "because" in findings.notes:
        return "similar"
    if "named" in findings.notes:
        return "membership"
    return "passage" if findings.passages else asked.kind.style


class _Numbering:
    """Gives each quoted span one number, in the order of first use."""

    def __init__(self) -> None:
        self.extracts: dict[tuple[str, int, int], Extract] = {}

    def number(self, quote: Quote) -> int:
        key = (quote.document.id, quote.start, quote.end)
        if key not in self.extracts:
            self.extracts[key] = _extract(len(self.extracts) + 1, quote)
        return self.extracts[key].number


def compose(asked: Interpretation, findings: Findings, catalogue: Catalogue) -> Answer:
    """The answer that says what was found."""
    numbering = _Numbering()
    values = tuple(_value(finding, numbering) for finding in findings.values)
    passages = [(quote, numbering.number(quote)) for quote in findings.passages]
    conflicts = tuple(
        Conflict(d.item, tuple(_value(finding, numbering) for finding in d.values))
        for d in findings.conflicts
    )
    extracts = tuple(numbering.extracts.values())
    template = _template(asked, findings)
    text = (
        _environment()
        .get_template(f"{template}.j2")
        .render(
            kind=asked.kind,
            asked=asked,
            values=values,
            passages=[(quote.text, number, quote.document) for quote, number in passages],
            conflicts=conflicts,
            titles=[
                catalogue.cases[c].summary.title for c in findings.cases if c in catalogue.cases
            ],
            title_of_asked="; ".join(
                catalogue.cases[c].summary.title for c in asked.cases if c in catalogue.cases
            ),
            notes=findings.notes,
            quoted={extract.number: " ".join(extract.text.split()) for extract in extracts},
        )
    )
    return Answer(
        interpretation=asked,
        text=text.strip(),
        values=values,
        extracts=extracts,
        conflicts=conflicts,
        cases=findings.cases,
    )


def compose_refusal(
    asked: Interpretation,
    missing: NotFound,
    catalogue: Catalogue,
    nearest: Sequence[RankedPassage] = (),
) -> Answer:
    """The answer that says why there is none, with the nearest passages."""
    titles = [catalogue.cases[c].summary.title for c in asked.cases if c in catalogue.cases]
    message = (
        _environment()
        .get_template("refusals.j2")
        .render(why=missing.why, titles=titles, asked=asked, details=missing.details)
    )
    library = catalogue.library
    telling = [ranked for ranked in nearest if not _is_name(library, ranked)]
    quotes = [_shortened(library, ranked) for ranked in telling[:NEAREST]]
    shown = tuple(_extract(number, quote) for number, quote in enumerate(quotes, start=1))
    text = " ".join(message.split())
    return Answer(
        interpretation=asked,
        text=text,
        refusal=Refusal(missing.reason, text, shown),
        cases=asked.cases,
    )


def _value(finding: Finding, numbering: _Numbering) -> Value:
    quotes = sorted(finding.quotes, key=lambda q: not q.document.official)
    stating = [q for q in quotes if finding.text in q.text][:1]
    others = [q for q in quotes if q not in stating]
    chosen = _independent([*stating, *others])[:MOST_CITATIONS]
    return Value(finding.text, tuple(numbering.number(q) for q in chosen), finding.about)


def _independent(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes without those of documents that repeat the text of one before."""
    documents = {quote.document.id: quote.document for quote in quotes}
    if len(documents) < _SEVERAL:
        return list(quotes)
    first = representatives(list(documents.values()))
    return [quote for quote in quotes if first[quote.document.id] == quote.document.id]


def _extract(number: int, quote: Quote) -> Extract:
    section = quote.document.section_at(quote.start)
    return Extract(number, quote.document, quote.start, quote.end, section.label if section else "")


def _is_name(library: Library, ranked: RankedPassage) -> bool:
    """Whether a passage holds nothing but the names of its case."""
    passage = ranked.passage
    document = library.document(passage.document)
    inside = [f for f in document.fields if passage.start <= f.start < passage.end]
    return bool(inside) and all(f.name in (FieldName.TITLE, FieldName.ALIASES) for f in inside)


def _shortened(library: Library, ranked: RankedPassage) -> Quote:
    """The first sentences of a passage, up to a limit."""
    document = library.document(ranked.passage.document)
    end = ranked.passage.sentences[0].end
    for sentence in ranked.passage.sentences:
        if sentence.end - ranked.passage.start <= NEAREST_CHARACTERS:
            end = sentence.end
    return Quote(document, ranked.passage.start, end)
