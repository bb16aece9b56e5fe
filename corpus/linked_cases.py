"""Documents that do not state their case → the same documents, in the case that they are about.

`linking` decides for one document; here the cases of a library are formed, each around the record
that was there first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casequote.corpus.document import STATED, Document, DocumentKind, FieldName
from casequote.corpus.library import Library
from casequote.corpus.linking import KnownCase, confirming_values, link, years_of


def link_documents(library: Library) -> Iterator[Document]:
    """Links what does not state its case, records first, and yields what was changed."""
    provenance = library.provenance()
    cases: dict[str, list[Document]] = {}
    known: dict[str, KnownCase] = {}
    for record in _records(library):
        placed = None if record.link == STATED else _placed(record, known.values())
        if placed:
            library.add(placed, provenance[placed.id])
            yield placed
        settled = placed or record
        if settled.case is not None:
            cases.setdefault(settled.case, []).append(settled)
            known[settled.case] = _known(settled.case, cases[settled.case])
    for summary in library.documents():
        if summary.kind is DocumentKind.ARTICLE and summary.link != STATED:
            placed = _placed(library.document(summary.id), known.values())
            if placed:
                library.add(placed, provenance[placed.id])
                yield placed


def _records(library: Library) -> list[Document]:
    """Those that state their case, then those that still have their own, then the joined ones.

    Each of these as they came into the library.
    """
    found = [s.id for s in library.documents() if s.kind is DocumentKind.RECORD]
    came = {i: min(library.passage_ids(documents=[i]), default=0) for i in found}
    return sorted(
        map(library.document, found),
        key=lambda r: (r.link != STATED, r.id != f"{r.case}--record", came[r.id], r.id),
    )


def _placed(document: Document, known: Iterable[KnownCase]) -> Document | None:
    """The document in the case it is about, or None when it stays as it is."""
    found = link(document, list(known))
    if found is None or (document.case, document.link) == found:
        return None
    return document.assigned(*found)


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
