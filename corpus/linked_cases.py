"""Documents of a library that do not state their case → the same documents, in the case they are about.

Which case a document is about is decided in `linking`; this module keeps the library's cases apart
from each other while records join them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from casequote.corpus.document import STATED, Document, DocumentKind, FieldName
from casequote.corpus.library import DocumentSummary, Library
from casequote.corpus.linking import KnownCase, confirming_values, link, years_of


def link_documents(library: Library, new: Collection[str]) -> Iterator[Document]:
    """Links what does not state its case, records first, and yields what was changed.

    A record joins a case that was there before it, so `new` says which ids the library has only
    since this run.
    """
    summaries = library.documents()
    provenance = library.provenance()
    cases: dict[str, list[Document]] = {}
    for record in _records(library, summaries, new):
        known = [_known(case, records) for case, records in cases.items()]
        placed = None if record.link == STATED else _placed(record, known)
        if placed:
            library.add(placed, provenance[placed.id])
            yield placed
        now = placed or record
        if now.case is not None:
            cases.setdefault(now.case, []).append(now)
    known = [_known(case, records) for case, records in cases.items()]
    for summary in summaries:
        if summary.kind is DocumentKind.ARTICLE and summary.link != STATED:
            placed = _placed(library.document(summary.id), known)
            if placed:
                library.add(placed, provenance[placed.id])
                yield placed


def _placed(document: Document, known: Sequence[KnownCase]) -> Document | None:
    """The document in the case it is about, or None when it stays as it is."""
    found = link(document, known)
    if found is None or (document.case, document.link) == found:
        return None
    return document.assigned(*found)


def _records(
    library: Library, summaries: Iterable[DocumentSummary], new: Collection[str]
) -> Iterator[Document]:
    """Records that state their case, those that were alone in theirs, the others, the new ones."""
    records = [library.document(s.id) for s in summaries if s.kind is DocumentKind.RECORD]
    first = {record.case: record.id for record in reversed(records)}
    return iter(
        sorted(
            records,
            key=lambda r: (
                r.link != STATED,
                r.id in new,
                r.id != f"{r.case}--record" and r.id != first[r.case],
                r.id,
            ),
        )
    )


def _known(case: str, records: Sequence[Document]) -> KnownCase:
    names = [name for record in records for name in record.names]
    names += [
        record.text[slice(*item.value_span)]
        for record in records
        for item in record.items(FieldName.DEFENDANTS)
        if "part" not in item.attributes
    ]
    return KnownCase(
        case=case,
        names=tuple(dict.fromkeys(names)),
        years=years_of(f.value for r in records for f in r.items(FieldName.PERIOD)),
        values=frozenset().union(*(confirming_values(record) for record in records)),
    )
