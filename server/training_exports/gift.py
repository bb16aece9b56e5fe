"""A session → GIFT, Moodle's text format; expected points are the general feedback of an essay.

Format: https://docs.moodle.org/en/GIFT_format.
"""

from __future__ import annotations

import re

from casequote.prompts.exercises.types import Exercise, Session
from casequote.prompts.exercises.wording import Wording, wording
from casequote.server.training_exports.texts import escaped, key_html, name_of, question_html

_CONTROL = re.compile(r"([\\~=#{}:])")


def gift_bank(session: Session) -> bytes:
    """The question bank as UTF-8; a blank line between questions, none within."""
    words = wording(session.settings.language)
    head = f"$CATEGORY: $course$/top/CaseQuote {session.id}"
    return "\n\n".join([head, *(_question(e, words) for e in session.exercises), ""]).encode()


def _question(exercise: Exercise, words: Wording) -> str:
    title = escaped_gift(name_of(exercise, words))
    asked = f"::{title}::[html]{escaped_gift(question_html(exercise))}"
    feedback = f"####{escaped_gift(key_html(exercise, words))}"
    if not exercise.options:
        return f"{asked} {{{feedback}}}"
    lines = [
        f"{'=' if o.label == exercise.key.correct else '~'}{escaped_gift(escaped(o.text))}"
        for o in exercise.options
    ]
    return "\n".join([f"{asked} {{", *lines, feedback, "}"])


def escaped_gift(text: str) -> str:
    """Text on one line, with a backslash before each control character."""
    return _CONTROL.sub(r"\\\1", " ".join(text.split()))
