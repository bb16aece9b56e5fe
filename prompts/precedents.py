"""Question for cases like a case → the most similar ones, each with the words that both share."""

from __future__ import annotations

from casequote.corpus.document import FieldName
from casequote.corpus.library import Library
from casequote.prompts.answer import Extract
from casequote.prompts.findings import Finding, Findings, Quote
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.similarity.finder import SimilarCases, Wanted
from casequote.prompts.similarity.results import Constraints, SimilarCase

SHOWN = 5
REASONS = 3
"""Reasons shown with each case; `casequote similar` gives all, with both sides and differences."""


def answer_similar(
    asked: Interpretation, library: Library, similar: SimilarCases
) -> Findings | None:
    """The cases like the one that is named; None when the question asks for something else."""
    if asked.kind.id != "similar" or len(asked.cases) != 1:
        return None
    wanted = Wanted(k=SHOWN, constraints=Constraints(filters=asked.filters))
    found = [hit for hit in similar.like(asked.cases[0], wanted).results if hit.is_case]
    values = tuple(_finding(library, hit) for hit in found)
    because = {hit.title: [reason.text for reason in hit.reasons[:REASONS]] for hit in found}
    cases = tuple(hit.case for hit in found)
    return Findings(values, cases=cases, notes={"because": because, "like": asked.cases[0]})


def _finding(library: Library, hit: SimilarCase) -> Finding:
    record = library.document(library.case(hit.case).records[0])
    (title,) = record.items(FieldName.TITLE)[:1]
    reasons = [_of_hit(reason.extracts, hit.case) for reason in hit.reasons[:REASONS]]
    quotes = (Quote(record, title.start, title.end), *reasons)
    return Finding(hit.title, hit.case, quotes)


def _of_hit(extracts: tuple[Extract, ...], case: str) -> Quote:
    """The words of the found case among the extracts of a reason."""
    own = [e for e in extracts if e.document.case == case] or list(extracts)
    return Quote(own[0].document, own[0].start, own[0].end)
