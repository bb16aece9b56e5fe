"""Question (and the turns before it) → interpretation: kind, cases, filters, what remains.

Nothing is searched here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casequote.corpus.errors import InvalidRequest
from casequote.embeddings.terms import content_stems
from casequote.prompts import details
from casequote.prompts.catalogue import Catalogue
from casequote.prompts.conversation import carry, referred
from casequote.prompts.filters import Filters, find_filters
from casequote.prompts.interpretation import Interpretation, Turn
from casequote.prompts.kinds import Kind, kinds, match_kind
from casequote.prompts.measures import find_comparison
from casequote.prompts.naming import Named, find_names
from casequote.prompts.phrases import matches, phrases, without

LONGEST = 2_000
"""Only so many characters of a question are read."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a user says that a question means; an empty part leaves it to the words."""

    cases: tuple[str, ...] = ()
    filters: Filters | None = None
    kind: str | None = None
    everywhere: bool = False
    """Whether no case is meant, whatever the words name."""


NOTHING = Given()


def interpret(
    question: str,
    catalogue: Catalogue,
    *,
    before: Sequence[Turn] = (),
    given: Given = NOTHING,
) -> Interpretation:
    """What the question means; what the user has given overrules its words.

    Raises InvalidRequest for a kind that does not exist.
    """
    said = phrases()
    previous = before[-1] if before else None
    reference = referred(" ".join(question.split())[:LONGEST], previous)
    text = reference.text
    named = find_names(text, catalogue)
    match = match_kind(text)
    stated = find_filters(text, catalogue)
    meant = given.cases or reference.cases or named.cases
    comparison = None if meant else find_comparison(text)
    across = not meant and (comparison is not None or matches(said.across, text))
    across = across and not matches(said.not_across, text)
    if reference.cases and previous:
        on = reference
    else:
        on = carry(text, match.kind if match else None, named, stated.filters, across, previous)
    across = (across and not on.cases) or on.across
    kind = on.kind or (match.kind if match else kinds()["passage"])
    if given.kind:
        kind = _kind(given.kind)
    topic = _topic(text, kind, named)
    said_names = {stem for name in named.texts for stem in content_stems(name)}
    return Interpretation(
        question=question,
        kind=kind,
        cases=() if given.everywhere else meant or on.cases,
        carried=bool(on.cases) and not (given.cases or given.everywhere),
        across=across,
        counting=across and matches(said.how_many_cases, text),
        yes_no=matches(said.yes_no, text),
        named_by=named.texts,
        filters=given.filters or on.filters or stated.filters,
        left=details.left_words(text, stated.stems, comparison),
        comparison=comparison if across else None,
        precision=details.precision(text),
        query=on.query or text,
        topic=topic,
        cues=tuple(stem for stem in content_stems(text) if stem in kind.words),
        anchors=frozenset(stem for stem in topic if stem not in said_names),
        head=details.head(text),
        focus=details.counted(text),
        restricted=details.restriction(text, match, carried=on.kind is not None),
        figures=details.asked_figures(text, named),
        publisher=details.publisher(text, catalogue),
        content=tuple(content_stems(text)),
        unknown=named.unknown,
        near=named.near,
        refusal=said.refusal(text),
    )


def _kind(name: str) -> Kind:
    if name not in kinds():
        raise InvalidRequest(f"kind: there is no kind {name!r}; use one of {', '.join(kinds())}")
    return kinds()[name]


def _topic(text: str, kind: Kind, named: Named) -> tuple[str, ...]:
    said = phrases()
    content = content_stems(without(said.besides, text), without=said.empty_words)
    stems = (named.spelled.get(stem, stem) for stem in content)
    return tuple(dict.fromkeys(stem for stem in stems if stem not in kind.words))
