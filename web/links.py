"""Addresses of the pages: ids, offsets and questions → paths; and which outside ones to link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, urlencode

from casequote.corpus.document import Span

MOST_EARLIER = 10
"""So many earlier questions of a conversation are carried along."""
MOST_CARRIED = 16_000
"""Bytes of earlier questions in an address; servers refuse a request line of 64 KiB."""
EXTRACT_ANCHOR = "extract"

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#\\]", re.IGNORECASE)


def document_path(document_id: str, extract: Span | None = None) -> str:
    """The page of a document, at an extract if there is one."""
    path = f"/documents/{_quoted(document_id)}"
    if extract is None:
        return path
    return f"{path}?start={extract.start}&end={extract.end}#{EXTRACT_ANCHOR}"


def case_path(case_id: str) -> str:
    """The page of a case."""
    return f"/cases/{_quoted(case_id)}"


def question_path(question: str, earlier: Sequence[str] = ()) -> str:
    """The page that answers a question, after the earlier ones of its conversation."""
    return "/?" + urlencode([("q", question), *(("after", text) for text in earlier)])


def carried(questions: Sequence[str]) -> tuple[str, ...]:
    """The latest questions that an address may carry, oldest first."""
    kept: list[str] = []
    left = MOST_CARRIED
    for question in reversed(questions[-MOST_EARLIER:]):
        left -= len(quote(question))
        if left < 0:
            break
        kept.append(question)
    return tuple(reversed(kept))


def web_address(url: str | None) -> str | None:
    """`url` if it leads to a web page; documents may state `javascript:` and the like."""
    return url if url and _WEB_ADDRESS.match(url) else None


def _quoted(identifier: str) -> str:
    """The id as part of a path; slashes stay, unless a browser would take parts as relative."""
    relative = any(part in {"", ".", ".."} for part in identifier.split("/"))
    return quote(identifier, safe="" if relative else "/")
