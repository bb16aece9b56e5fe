"""Answers made by hand over small documents."""

from __future__ import annotations

from collections.abc import Sequence

from casequote.corpus.document import Document
from casequote.prompts.answer import Answer, Conflict, Extract, Refusal, Value
from casequote.prompts.filters import Filters
from casequote.prompts.interpretation import Interpretation
from casequote.prompts.kinds import kinds


def extract(number: int, document: Document, words: str) -> Extract:
    """The extract of a document that consists of `words`."""
    start = document.text.index(words)
    section = document.section_at(start)
    label = section.label if section else ""
    return Extract(number, document, start, start + len(words), label)


def asked(
    question: str = "Which agencies took part?",
    kind: str = "agencies",
    cases: Sequence[str] = (),
    *,
    carried: bool = False,
    across: bool = False,
    **filters: str,
) -> Interpretation:
    """What a question was taken to mean."""
    return Interpretation(
        question,
        kinds()[kind],
        tuple(cases),
        carried=carried,
        across=across,
        filters=Filters(**filters),  # type: ignore[arg-type]
    )


def agencies(record: Document, question: str = "Which agencies took part?") -> Answer:
    """A list of one value, stated by the record."""
    stated = extract(1, record, "Cyber Unit of Taguig")
    return Answer(
        asked(question, cases=["harbour-light"]),
        text=f"Agencies (Operation Harbour Light):\n- {stated.text} [1]",
        values=(Value(stated.text, (1,)),),
        extracts=(stated,),
        cases=("harbour-light",),
    )


def passage(record: Document, article: Document) -> Answer:
    """Two sentences, of a record and of an article."""
    first = extract(1, record, "They seized 250 phones and laptops.")
    second = extract(2, article, "Police seized 250 laptops.")
    return Answer(
        asked("What happened?", "passage"),
        text=f"The record: “{first.text}” [1]\n{article.publisher}: “{second.text}” [2]",
        extracts=(first, second),
    )


def disagreeing(record: Document, article: Document) -> Answer:
    """A figure that two sources state differently."""
    first = extract(1, record, "They seized 250 phones and laptops.")
    second = extract(2, article, "Police seized 268 laptops.")
    values = (Value("250", (1,)), Value("268", (2,)))
    return Answer(
        asked("How many laptops were seized?"),
        text="250 [1]\n\nThe sources disagree on laptops seized: 250 [1]; 268 [2].",
        values=values[:1],
        conflicts=(Conflict("laptops seized", values),),
        extracts=(first, second),
    )


def refused(nearest: Sequence[Extract] = (), question: str = "Who won the race?") -> Answer:
    """No answer, with the nearest passages."""
    message = "The collection's documents do not say this."
    return Answer(
        asked(question), text=message, refusal=Refusal("not_in_corpus", message, tuple(nearest))
    )
