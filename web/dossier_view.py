"""Dossier + library → its page and its report; what has changed since it was kept is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from casequote.corpus.document import Document, Span
from casequote.corpus.dossiers import Dossier, Kept
from casequote.corpus.errors import NotInLibrary
from casequote.corpus.library import Library
from casequote.web.links import case_path, document_path
from casequote.web.report import Item, Part, References, Report


@dataclass(frozen=True, slots=True)
class KeptView:
    """Something that is kept, and whether it is still as it was."""

    kept: Kept
    title: str
    path: str | None
    document: Document | None
    changed: bool


@dataclass(frozen=True, slots=True)
class DossierView:
    """The page of a dossier."""

    dossier: Dossier
    cases: tuple[KeptView, ...]
    passages: tuple[KeptView, ...]


def dossier_view(library: Library, dossier: Dossier, titles: Mapping[str, str]) -> DossierView:
    """The page of a dossier."""
    views = [_kept(library, kept, titles) for kept in dossier.kept]
    return DossierView(
        dossier,
        tuple(view for view in views if view.kept.kind == "case"),
        tuple(view for view in views if view.kept.kind == "passage"),
    )


def dossier_report(view: DossierView, titles: Mapping[str, str]) -> Report:
    """A dossier as it is exported; what is no longer as it was says so."""
    references = References(titles)
    passages = []
    for one in view.passages:
        if one.document is None or one.changed:
            note = " ".join(part for part in (one.kept.note, _CHANGED) if part)
            passages.append(Item(f"“{one.kept.words}”", note=note))
        else:
            number = references.number(one.document, one.kept.start, one.kept.end)
            passages.append(Item(f"“{one.kept.words}”", (number,), one.kept.note))
    cases = tuple(Item(one.title, note=one.kept.note) for one in view.cases)
    parts = [Part("Cases", cases)] if cases else []
    parts += [Part("Passages", tuple(passages))] if passages else []
    report = Report(view.dossier.title, tuple(parts), references.all())
    return replace(report, note=view.dossier.note)


_CHANGED = "(The document no longer has these words at this place.)"


def _kept(library: Library, kept: Kept, titles: Mapping[str, str]) -> KeptView:
    if kept.kind == "case":
        known = kept.case in titles
        title = titles.get(kept.case, kept.words)
        return KeptView(kept, title, case_path(kept.case) if known else None, None, not known)
    try:
        document = library.document(kept.document)
    except NotInLibrary:
        return KeptView(kept, kept.document, None, None, changed=True)
    changed = document.text[kept.start : kept.end] != kept.words
    span = None if changed else Span(kept.start, kept.end)
    path = document_path(document.id, span)
    return KeptView(kept, document.title or document.id, path, document, changed)
