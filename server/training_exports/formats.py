"""A session and the name of a format → the bytes of a file, with its name and media type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from casequote.corpus.errors import InvalidRequest
from casequote.prompts.exercises.types import Session
from casequote.server.training_exports.documents import docx_handout, html_handout, md_handout
from casequote.server.training_exports.gift import gift_bank
from casequote.server.training_exports.moodle import moodle_bank
from casequote.server.training_exports.qti import qti_package
from casequote.web.training_view import handout_view

Part = Literal["sheet", "key"]
PARTS: tuple[Part, ...] = ("sheet", "key")


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was made from a session."""

    content: bytes
    media_type: str
    file_name: str


@dataclass(frozen=True, slots=True)
class _Format:
    ending: str
    media_type: str
    make: Callable[[Session, bool], bytes]
    in_parts: bool
    """Whether sheet and key are separate files; a question bank holds both."""


FORMATS: dict[str, _Format] = {
    "html": _Format(
        "html",
        "text/html; charset=utf-8",
        lambda s, key: html_handout(handout_view(s, with_key=key)),
        True,
    ),
    "docx": _Format(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda s, key: docx_handout(handout_view(s, with_key=key)),
        True,
    ),
    "markdown": _Format(
        "md",
        "text/markdown; charset=utf-8",
        lambda s, key: md_handout(handout_view(s, with_key=key)),
        True,
    ),
    "moodle": _Format("xml", "application/xml", lambda s, _: moodle_bank(s), False),
    "gift": _Format("gift", "text/plain; charset=utf-8", lambda s, _: gift_bank(s), False),
    "qti": _Format("zip", "application/zip", lambda s, _: qti_package(s), False),
}


def export_session(session: Session, format_name: str, part: str = "sheet") -> Exported:
    """The file of a session. Raises InvalidRequest for an unknown format or part."""
    chosen = FORMATS.get(format_name)
    if chosen is None:
        raise InvalidRequest(f"format is {format_name!r}; choose among {', '.join(FORMATS)}")
    if part not in PARTS:
        raise InvalidRequest(f"part is {part!r}; choose {' or '.join(PARTS)}")
    stem = f"casequote-{session.id}-{part if chosen.in_parts else format_name}"
    content = chosen.make(session, part == "key")
    return Exported(content, chosen.media_type, f"{stem}.{chosen.ending}")
