"""What was found, before it is put into words: values with the spans that state them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casequote.corpus.document import Document
from casequote.prompts.answer import Reason


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a document to be shown as an extract."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters of the document."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Finding:
    """A value as written, its normal form, and every quote that states it."""

    text: str
    normal: str
    quotes: tuple[Quote, ...]
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An item and the values that different sources give for it."""

    item: str
    values: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that answers a question."""

    values: tuple[Finding, ...] = ()
    passages: tuple[Quote, ...] = ()
    conflicts: tuple[Disagreement, ...] = ()
    cases: tuple[str, ...] = ()
    notes: dict[str, object] = field(default_factory=dict)
    """Facts for the wording, such as the number of cases counted."""

    def __bool__(self) -> bool:
        return bool(self.values or self.passages or self.conflicts)


@dataclass(frozen=True, slots=True)
class NotFound:
    """Why nothing is answered; `sought` and `where` say what was looked for."""

    reason: Reason
    why: str
    """Name of the wording in `templates/refusals.j2`."""
    details: dict[str, object] = field(default_factory=dict)


def merge(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with the same normal form as one, with the quotes of all.

    A finding without a subject supports every finding of its value; the wording is the first's.
    """
    merged: dict[tuple[str, str | None], Finding] = {}
    for finding in findings:
        keys = [key for key in merged if key[0] == finding.normal]
        if finding.about is not None:
            keys = [key for key in keys if key[1] in (finding.about, None)]
        if not keys:
            merged[finding.normal, finding.about] = finding
            continue
        for key in keys:
            before = merged[key]
            quotes = (*before.quotes, *finding.quotes)
            distinct = tuple({(q.document.id, q.start, q.end): q for q in quotes}.values())
            merged[key] = Finding(before.text, before.normal, distinct, before.about)
    return tuple(merged.values())
