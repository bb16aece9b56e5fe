"""Documents → the description of a case that likeness is computed from.

A case is described by its records, and by its articles only where it has none. An article that
belongs to no case, and a narrative, describe themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce

from casequote.corpus.document import Document, DocumentKind, Field, FieldName, Span
from casequote.corpus.vocabulary import Mention, vocabulary
from casequote.embeddings.likeness.marks import Token, mark_index, tokens_of
from casequote.embeddings.likeness.protection import Protected, protected_names
from casequote.embeddings.likeness.views import FACTS, View, views
from casequote.embeddings.terms import stems, stop_words

METHOD_TEXT, FACTS_TEXT, KEYWORD_TEXT, NAMES = "method", "facts", "keywords", "names"
_FACT_SECTION = "fact summary"
_NAMED_VICTIM = "publicly_named"
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Element:
    """Something that a case states and another may state too, with the characters that state it."""

    view: str
    key: str
    label: str
    document: str
    start: int
    end: int


Elements = Mapping[str, Mapping[str, tuple[Element, ...]]]
"""View → key → where it is stated."""


@dataclass(frozen=True, slots=True)
class Features:
    """What one document contributes to the description of its case."""

    is_record: bool
    protected: Protected

    elements: tuple[Element, ...]
    words: Mapping[str, Mapping[str, int]]
    """Text part → stem → how often."""
    spans: Mapping[str, tuple[Span, ...]]
    """Text part → where it stands."""


@dataclass(frozen=True, slots=True)
class Description:
    """A case as likeness sees it."""

    id: str
    title: str
    is_case: bool
    """False for an article that belongs to no case, and for a narrative."""
    documents: tuple[str, ...]
    elements: Elements
    words: Mapping[str, Mapping[str, int]]
    spans: Mapping[str, tuple[tuple[str, Span], ...]]
    """Text part → the documents and characters that make it."""
    has_record: bool
    protected: Protected
    """The names of victims, which are not quoted."""


def describe(id: str, title: str, is_case: bool, parts: Mapping[str, Features]) -> Description:  # noqa: A002
    """The description that the features of some documents, by document id, add up to.

    Where no way of acting is set apart, the facts stand in for it.
    """
    elements: dict[str, dict[str, list[Element]]] = {}
    words: dict[str, Counter[str]] = {}
    spans: dict[str, list[tuple[str, Span]]] = {}
    for document_id, features in parts.items():
        for element in features.elements:
            elements.setdefault(element.view, {}).setdefault(element.key, []).append(element)
        for part, counts in features.words.items():
            words.setdefault(part, Counter()).update(counts)
        for part, found in features.spans.items():
            spans.setdefault(part, []).extend((document_id, span) for span in found)
    if not words.get(METHOD_TEXT) and FACTS_TEXT in words:
        words[METHOD_TEXT] = words[FACTS_TEXT]
    if not spans.get(METHOD_TEXT) and FACTS_TEXT in spans:
        spans[METHOD_TEXT] = spans[FACTS_TEXT]
    return Description(
        id=id,
        title=title,
        is_case=is_case,
        documents=tuple(parts),
        elements={
            view: {key: tuple(found) for key, found in keys.items()}
            for view, keys in elements.items()
        },
        words=words,
        spans={part: tuple(found) for part, found in spans.items()},
        has_record=any(features.is_record for features in parts.values()),
        protected=reduce(Protected.together, (f.protected for f in parts.values()), Protected()),
    )


def features_of(document: Document) -> Features:
    """What a document says about its case, view by view, with offsets into its text."""
    facts = fact_spans(document)
    is_record = document.kind is DocumentKind.RECORD
    mentioned = [m for span in facts for m in _mentions(document.text, span)]
    tokens = [tokens_of(document.text, *span) for span in facts]
    found: list[Element] = []
    for view in views().views:
        found += _from_fields(document, view)
        if not is_record:
            found += _from_mentions(document, view, mentioned)
    found += _from_marks(document, FACTS, [token for part in tokens for token in part])
    for item in document.fields:
        if item.attributes.get("part") != _NAMED_VICTIM:
            found += _from_marks(document, item.name, tokens_of(document.text, *item.value_span))
    method = [Span(f.start, f.end) for f in document.items(FieldName.MODUS_OPERANDI)]
    keywords = [Span(f.start, f.end) for f in document.items(FieldName.KEYWORDS)]
    return Features(
        is_record=is_record,
        protected=protected_names(document),
        elements=tuple(dict.fromkeys(found)),
        words={
            FACTS_TEXT: _counts(token for part in tokens for token in part),
            METHOD_TEXT: _counts(t for span in method for t in tokens_of(document.text, *span)),
            KEYWORD_TEXT: _counts(t for span in keywords for t in tokens_of(document.text, *span)),
            NAMES: _names(document.text, tokens, mentioned),
        },
        spans={FACTS_TEXT: tuple(facts), METHOD_TEXT: tuple(method)},
    )


def fact_spans(document: Document) -> list[Span]:
    """Where a document tells what happened: its fact summary, or else the whole text."""
    summaries = [
        Span(section.start, section.end)
        for section in document.sections
        if section.path[-1].casefold() == _FACT_SECTION and section.start < section.end
    ]
    return summaries or [Span(0, len(document.text))]


def _from_fields(document: Document, view: View) -> Iterator[Element]:
    for name in view.fields:
        for item in document.items(name):
            for key, label, span in _values(document, item):
                yield Element(view.name, key, label, document.id, span.start, span.end)


def _values(document: Document, item: Field) -> Iterator[tuple[str, str, Span]]:
    """The values of a field item: the services named in a platform's wording, else its own."""
    span = Span(*item.value_span)
    text = document.text[span.start : span.end]
    if item.name is FieldName.PLATFORMS:
        named = [m for m in vocabulary().mentions(text) if m.kind == "platform"]
        if named:
            for mention in named:
                yield mention.name.casefold(), mention.name, span
            return
    yield item.value.casefold(), item.value if item.value != text.casefold() else text, span


def _from_mentions(
    document: Document, view: View, mentioned: Sequence[Mention]
) -> Iterator[Element]:
    for mention in mentioned:
        if mention.kind in view.mentions:
            yield Element(
                view.name,
                mention.name.casefold(),
                mention.name,
                document.id,
                mention.start,
                mention.end,
            )


def _from_marks(
    document: Document, part: FieldName | str, tokens: Sequence[Token]
) -> Iterator[Element]:
    reading = {view.name for view in views().views if part in view.marks}
    if not reading:
        return
    for hit in mark_index().find(tokens):
        if hit.mark.view in reading:
            mark = hit.mark
            yield Element(mark.view, mark.name, mark.label, document.id, hit.start, hit.end)


def _mentions(text: str, span: Span) -> Iterator[Mention]:
    for mention in vocabulary().mentions(text[span.start : span.end]):
        yield Mention(
            mention.kind, mention.name, mention.start + span.start, mention.end + span.start
        )


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(stem for word in stop_words() for stem in stems(word))


def _counts(tokens: Iterable[Token]) -> Counter[str]:
    common = _common_stems()
    return Counter(t.stem for t in tokens if t.stem not in common and not t.stem.isdecimal())


def _names(
    text: str, parts: Sequence[Sequence[Token]], mentioned: Sequence[Mention]
) -> Counter[str]:
    """Words with a capital inside a sentence that are no country, body or service."""
    known = {at for m in mentioned for at in range(m.start, m.end)}
    common = stop_words()
    return Counter(
        word.casefold()
        for tokens in parts
        for token in tokens
        if not token.begins
        and token.end - token.start >= _SHORTEST_NAME
        and token.start not in known
        and (word := text[token.start : token.end])[0].isupper()
        and word.isalpha()
        and word.casefold() not in common
    )
