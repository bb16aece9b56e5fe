"""Records and articles of a case → what both say, what differs, and what stands only in one.

Bodies and countries are compared by their normal names, figures by their digits. What an article
leaves out it does not deny: "only in" says no more than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casequote.corpus.document import Document, Field, FieldName, Span
from casequote.corpus.normal import fold
from casequote.corpus.sentences import sentences
from casequote.corpus.vocabulary import vocabulary
from casequote.prompts.values import figures
from casequote.web.links import document_path
from casequote.web.victims import may_be_listed

NAMED = (FieldName.AGENCIES, FieldName.COUNTRIES)
COUNTED = (
    FieldName.ARRESTS,
    FieldName.AMOUNTS,
    FieldName.CONFISCATION,
    FieldName.VICTIMS,
    FieldName.SENTENCE,
)
_MENTIONED = {"body": "agencies", "country": "countries"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document says it."""

    document: Document
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing, as records and as articles say it."""

    field: str
    text: str
    record: tuple[Place, ...]
    articles: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """A thing that sources state differently, as the record lists it."""

    item: str
    values: tuple[tuple[str, tuple[str, ...], Place], ...]
    """Each value, the publishers that state it, and its place in the record."""


@dataclass(frozen=True, slots=True)
class SourcePanel:
    """The comparison of a case's sources."""

    agree: tuple[Compared, ...]
    differ: tuple[Differing, ...]
    only_record: tuple[Compared, ...]
    only_articles: tuple[Compared, ...]


def source_panel(records: Sequence[Document], articles: Sequence[Document]) -> SourcePanel:
    """The comparison; empty without both records and articles, but for what differs."""
    mentioned = _mentions(articles)
    compared: list[Compared] = []
    for record in records if articles else ():
        for name in NAMED:
            compared += [_named(record, item, articles, mentioned) for item in record.items(name)]
        for name in COUNTED:
            items = filter(may_be_listed, record.items(name))
            found = [_counted(record, item, articles) for item in items]
            compared += [one for one in found if one is not None]
    merged = _merged(compared)
    stated = {(one.field, fold(one.text)) for one in merged}
    stated |= {(n.value, fold(i.value)) for r in records for n in NAMED for i in r.items(n)}
    others = [
        Compared(field, name, (), tuple(places))
        for (field, name), places in mentioned.items()
        if records and (field, fold(name)) not in stated
    ]
    return SourcePanel(
        agree=tuple(one for one in merged if one.articles),
        differ=tuple(d for record in records for d in _differing(record)),
        only_record=tuple(one for one in merged if not one.articles),
        only_articles=tuple(sorted(others, key=lambda one: (one.field, one.text))),
    )


def _mentions(articles: Sequence[Document]) -> dict[tuple[str, str], list[Place]]:
    """(Field, normal name) → the first place in each article."""
    found: dict[tuple[str, str], list[Place]] = {}
    for article in articles:
        seen = set()
        for mention in vocabulary().mentions(article.text):
            field = _MENTIONED.get(mention.kind)
            if field and (field, mention.name) not in seen:
                seen.add((field, mention.name))
                place = _place(article, mention.start, mention.end)
                found.setdefault((field, mention.name), []).append(place)
    return found


def _named(
    record: Document,
    item: Field,
    articles: Sequence[Document],
    mentioned: dict[tuple[str, str], list[Place]],
) -> Compared:
    text = record.text[slice(*item.value_span)]
    places = list(mentioned.get((item.name.value, item.value), ()))
    have = {place.document.id for place in places}
    for article in articles:
        at = article.text.casefold().find(text.casefold())
        # casefold may change lengths; only an exact find leads to exact characters
        exact = article.text.find(text) if at >= 0 else -1
        if article.id not in have and exact >= 0:
            places.append(_place(article, exact, exact + len(text)))
    return Compared(item.name.value, text, (_place(record, item.start, item.end),), tuple(places))


def _counted(record: Document, item: Field, articles: Sequence[Document]) -> Compared | None:
    """An item with figures, and the sentences of articles that have all of them."""
    text = record.text[slice(*item.value_span)]
    wanted = figures(text)
    if not wanted:
        return None
    places = []
    for article in articles:
        for span in sentences(article.text):
            if wanted <= figures(article.text[span.start : span.end]):
                places.append(_place(article, span.start, span.end))
                break
    return Compared(item.name.value, text, (_place(record, item.start, item.end),), tuple(places))


def _merged(compared: Sequence[Compared]) -> list[Compared]:
    """The same thing in several records once."""
    found: dict[tuple[str, str], Compared] = {}
    for one in compared:
        key = (one.field, fold(one.text))
        before = found.get(key)
        found[key] = (
            one
            if before is None
            else Compared(one.field, before.text, before.record + one.record, before.articles)
        )
    return list(found.values())


def _differing(record: Document) -> list[Differing]:
    items: dict[str, list[Field]] = {}
    for item in record.items(FieldName.CONFLICTS):
        items.setdefault(item.attributes.get("item", ""), []).append(item)
    publishers = {source.number: source.publisher or source.title for source in record.sources}
    return [
        Differing(
            name,
            tuple(
                (
                    record.text[slice(*value.value_span)],
                    tuple(publishers[n] for n in value.sources if n in publishers),
                    _place(record, value.start, value.end),
                )
                for value in values
            ),
        )
        for name, values in items.items()
        if len(values) > 1
    ]


def _place(document: Document, start: int, end: int) -> Place:
    return Place(document, document.text[start:end], document_path(document.id, Span(start, end)))
