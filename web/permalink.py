"""Answer → a short mark of what it rests on; a mark and today's answer → what has changed since.

The mark stands in the address itself, so that nothing is stored and anyone can check it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casequote.corpus.document import Document
from casequote.prompts.answer import Answer

MOST_DOCUMENTS = 40
"""So many documents are marked one by one."""
_MARK = re.compile(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{12})((?:\.[0-9a-f]{8}){0,40})")


@dataclass(frozen=True, slots=True)
class Verification:
    """How an answer compares with the one that a permalink was made for."""

    state: Literal["same", "documents", "answer", "unreadable"]
    """`documents`: the answer is the same, though documents that it cites have changed."""
    made: date | None = None
    changed: tuple[Document, ...] = ()
    """Documents that are cited now and were not, or not with this text."""
    gone: int = 0
    """Documents that were cited with a text that none of those cited now has."""


def mark_of(answer: Answer, today: date) -> str:
    """The mark of an answer: day, hash of what it says, hash of the text of each document."""
    return ".".join([today.isoformat(), _hash_of_answer(answer), *_hashes(answer)])


def verified(mark: str, answer: Answer) -> Verification:
    """What has changed since the mark was made."""
    match = _MARK.fullmatch(mark)
    if not match:
        return Verification("unreadable")
    try:
        made = date.fromisoformat(match.group(1))
    except ValueError:
        return Verification("unreadable")
    before = set(match.group(3).split(".")[1:])
    now = _hashes(answer)
    changed = tuple(document for mark, document in now.items() if mark not in before)
    gone = len(before - set(now))
    if match.group(2) != _hash_of_answer(answer):
        return Verification("answer", made, changed, gone)
    return Verification("documents" if changed or gone else "same", made, changed, gone)


def _hash_of_answer(answer: Answer) -> str:
    said = [answer.refusal.message if answer.refusal else answer.text]
    said += [f"{value.about}:{value.text}" for value in answer.all_values()]
    said += [f"{e.document.id}:{e.text}" for e in answer.extracts]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:12]


def _hashes(answer: Answer) -> dict[str, Document]:
    """Hash → document, of those that are cited."""
    extracts = answer.refusal.nearest if answer.refusal else answer.extracts
    cited = {extract.document.id: extract.document for extract in extracts}
    return {
        hashlib.sha256(f"{i}\x1f{cited[i].text}".encode()).hexdigest()[:8]: cited[i]
        for i in sorted(cited)[:MOST_DOCUMENTS]
    }
