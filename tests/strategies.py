"""Hypothesis strategies: texts as documents have them, and whole documents with spans."""

from hypothesis import strategies as st

from casequote.corpus.document import (
    Attribution,
    Document,
    DocumentKind,
    Field,
    FieldName,
    Link,
    Section,
    Source,
    Span,
)

WORDS = ("raid", "The", "R. v. Smith", "No. 5", "é", "警察", "🙂", "U.S.", "said", "15.000", "“No”")
BREAKS = (" ", "  ", "\n", "\n\n", "\n \n", ". ", "! ", "; ", "\t", "\u00a0", "\r\n", "\u2028")
BULLETS = ("\n• ", "\n- ", "\n1. ", "\n(2) ", "• ")

prose = st.lists(
    st.one_of(st.sampled_from((*WORDS, *BREAKS, *BULLETS)), st.text(max_size=6)), max_size=40
).map("".join)
"""Text that is likely to have sentences, items and blank lines, with any Unicode between."""

texts = st.one_of(st.text(max_size=80), prose)

numbers = st.lists(st.integers(1, 99), max_size=3).map(tuple)


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    """A span of a text of that length."""
    first, last = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
    return Span(first, last)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document: spans anywhere in its text, every attribute with or without a value."""
    text = draw(texts)
    word = st.text(max_size=8)
    maybe = st.none() | word

    def some(part: st.SearchStrategy[Span]) -> list[Span]:
        return draw(st.lists(part, max_size=4))

    inside = spans(len(text))
    fields = []
    for span in some(inside):
        stated = draw(st.none() | spans(span.end - span.start))
        fields.append(
            Field(
                draw(st.sampled_from(FieldName)),
                span.start,
                span.end,
                draw(word),
                stated and Span(span.start + stated.start, span.start + stated.end),
                draw(numbers),
                draw(st.dictionaries(word, word, max_size=2)),
            )
        )
    return Document(
        id=draw(st.text(min_size=1, max_size=20)),
        kind=draw(st.sampled_from(DocumentKind)),
        title=draw(word),
        text=text,
        case=draw(maybe),
        link=draw(st.none() | st.builds(Link, st.floats(0, 1), word)),
        sections=tuple(
            Section(
                tuple(draw(st.lists(word, max_size=3))), s.start, s.end, draw(st.none() | inside)
            )
            for s in some(inside)
        ),
        fields=tuple(fields),
        attributions=tuple(Attribution(s.start, s.end, draw(numbers)) for s in some(inside)),
        sources=tuple(
            Source(number, draw(word), draw(word), draw(maybe), draw(maybe), draw(st.booleans()))
            for number in sorted(draw(st.sets(st.integers(1, 99), max_size=3)))
        ),
        publisher=draw(maybe),
        date=draw(maybe),
        url=draw(maybe),
        official=draw(st.booleans()),
        names=tuple(draw(st.lists(word, max_size=2))),
    )
