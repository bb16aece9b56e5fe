"""One question with several parts → the parts, each a question; and their answers → one answer.

"Who was arrested, when and where?" asks three things of one event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casequote.prompts.answer import MARKER, Answer, Conflict, Extract, Value, unmarked
from casequote.prompts.kinds import kind_of_noun

_WH = (
    r"(?:(?:of|for|by|in|on|to|from) (?:what|which|whom)|who|whom|when|where|why|how many|how much|"
    r"how|by whom|what|which)"
)
_ASKING = re.compile(rf"^(?:and |but )?(?P<wh>{_WH})\b", re.IGNORECASE)
_BARE = re.compile(
    r"(?:,\s*|\s+)(?:and\s+|or\s+)?(?P<wh>when|where|why|how|by whom)(?=\s*(?:,|\?|$|and\b))",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?P<first>when|where|why|how|who|by whom),? and (?P<second>when|where|why|how|by whom) "
    r"(?P<clause>(?:was|were|did|is|are|has|had|do|does)\b.+)$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf",?\s+(?:and|but)\s+(?={_WH}\b\s+\w+\s+\w+)|\?\s+(?={_WH}\b)"
    r"|,\s+(?=(?:what|how many|how much|when|where|why)\s+(?!and\b)\w+\s+\w+)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^(?:(?:name|list|give|tell|show)(?: me)? )?(?:the )?"
    r"(?P<nouns>[\w -]+(?:, [\w -]+)*,? and (?:the )?[\w-]+(?: [\w-]+)?) "
    r"(?P<of>of|in|for|against) (?P<case>[^?]+?)[?.]?$",
    re.IGNORECASE,
)
_KINDS = {"when": "when", "where": "where", "why": "why", "how": "how", "by whom": "who"}
MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A question of its own, and how it stands in the whole one."""

    question: str
    label: str
    kind: str | None = None
    """The kind that its question word alone asks for."""


def parts(question: str) -> tuple[Part, ...]:
    """The questions within a question, in order; the question itself when it has but one."""
    text = " ".join(question.split())
    if m := _LEADING.match(text):
        asking = (m.group("first"), m.group("second"))
        return tuple(_part(f"{wh} {m.group('clause')}") for wh in asking)
    if listed := _listed(text):
        return listed
    whole = [part.strip(" ,?") for part in _WHOLE.split(text) if part.strip(" ,?")]
    if len(whole) > 1 and all(_ASKING.match(part) for part in whole):
        return tuple(part for one in whole for part in _bare_parts(one))[:MOST_PARTS]
    found = _bare_parts(text)
    return found[:MOST_PARTS] if len(found) > 1 else (Part(question, question),)


def _listed(text: str) -> tuple[Part, ...]:
    """One part for each noun, if all are nouns of kinds: "charges, plea and verdict of X"."""
    m = _LISTED.match(text)
    if not m:
        return ()
    nouns = [re.sub(r"^the ", "", n.strip()) for n in re.split(r",| and ", m.group("nouns"))]
    nouns = [noun for noun in nouns if noun]
    if len(nouns) < 2 or not all(kind_of_noun(noun) for noun in nouns):
        return ()
    rest = f"{m.group('of')} {m.group('case')}"
    return tuple(_part(f"{noun} {rest}") for noun in nouns[:MOST_PARTS])


def _part(question: str, label: str | None = None, kind: str | None = None) -> Part:
    text = question[:1].upper() + question[1:].rstrip("?") + "?"
    return Part(text, label or text, kind)


def _bare_parts(text: str) -> tuple[Part, ...]:
    """The first with its clause, the others with the same: "who was arrested, when and where"."""
    bare = list(_BARE.finditer(text))
    asking = _ASKING.match(text)
    if not bare or not asking:
        return (_part(text),)
    first = f"{text[: bare[0].start()].strip(' ,?')} {text[bare[-1].end() :].strip(' ,?')}".strip()
    clause = first[asking.end() :].strip()
    if not clause:
        return (_part(text),)
    others = ((m.group("wh").capitalize(), clause) for m in bare)
    return (
        _part(first),
        *(_part(f"{wh} {clause}", f"{wh}?", _KINDS[wh.casefold()]) for wh, clause in others),
    )


def combine(question: str, asked: Sequence[Part], answers: Sequence[Answer]) -> Answer:
    """One answer to all parts of a question, with the interpretation of the first one answered.

    Extracts are numbered through, and what is refused is said; all is refused only when every part
    is.
    """
    answered = [answer for answer in answers if answer.refusal is None]
    first = (answered or answers)[0]
    asked_for = replace(first.interpretation, question=question)
    if not answered:
        return replace(first, interpretation=asked_for)
    extracts: dict[tuple[str, int, int], Extract] = {}
    texts, values, conflicts = [], [], []
    for part, answer in zip(asked, answers, strict=True):
        numbers = {old.number: _number(old, extracts) for old in answer.extracts}
        texts.append(f"{unmarked(part.label)}\n{_renumbered(answer.text, numbers)}")
        values += [_cited(value, numbers) for value in answer.values]
        conflicts += [
            Conflict(c.item, tuple(_cited(value, numbers) for value in c.values))
            for c in answer.conflicts
        ]
    return Answer(
        interpretation=asked_for,
        text="\n\n".join(texts),
        values=tuple(dict.fromkeys(values)),
        extracts=tuple(extracts.values()),
        conflicts=tuple(dict.fromkeys(conflicts)),
        cases=tuple(dict.fromkeys(case for answer in answered for case in answer.cases)),
    )


def _number(extract: Extract, extracts: dict[tuple[str, int, int], Extract]) -> int:
    key = (extract.document.id, extract.start, extract.end)
    if key not in extracts:
        extracts[key] = replace(extract, number=len(extracts) + 1)
    return extracts[key].number


def _renumbered(text: str, numbers: dict[int, int]) -> str:
    return MARKER.sub(lambda m: f"[{numbers.get(int(m.group(1)), m.group(1))}]", text)


def _cited(value: Value, numbers: dict[int, int]) -> Value:
    return replace(value, citations=tuple(numbers[n] for n in value.citations))
