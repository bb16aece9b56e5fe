"""What question banks show: key and material of an exercise as HTML, and safe XML text."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from casequote.prompts.exercises.types import Exercise
from casequote.prompts.exercises.wording import Wording
from casequote.web.training_view import key_view

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def name_of(exercise: Exercise, words: Wording) -> str:
    """A short name for lists of questions."""
    return f"{exercise.number:02} {words.kind(exercise.kind)}: {words.topic(exercise.topic)}"


def question_html(exercise: Exercise) -> str:
    """Note, question and material."""
    parts = []
    if exercise.note:
        parts.append(Markup("<p><em>{}</em></p>").format(exercise.note))
    parts.append(Markup("<p>{}</p>").format(exercise.question))
    for material in exercise.material:
        row = Markup("<p><strong>{}</strong></p><p>{}</p>")
        parts.append(row.format(material.label, material.text))
    return plain("".join(map(str, parts)))


def key_html(exercise: Exercise, words: Wording) -> str:
    """Right answer, points and extracts with their places."""
    key = key_view(exercise, words)
    parts = []
    if key.correct:
        line = Markup("<p><strong>{}: {}.</strong> {}</p>")
        parts.append(line.format(words.label("correct"), key.correct.label, key.correct.text))
    if key.points:
        items = Markup("").join(
            Markup("<li>{}: {} {}</li>").format(
                f"{p.topic} – {p.lead}" if p.lead else p.topic,
                p.text,
                " ".join(f"[{n}]" for n in p.citations),
            )
            for p in key.points
        )
        parts.append(Markup("<p>{}</p><ol>{}</ol>").format(words.label("points"), items))
    quoted = Markup("").join(
        Markup("<li>[{}] “{}” – {}</li>").format(c.number, c.text, c.place) for c in key.citations
    )
    parts.append(Markup("<p>{}</p><ul>{}</ul>").format(words.label("extracts"), quoted))
    if key.aliases:
        pairs = "; ".join(f"{a.shown}: {a.original}" for a in key.aliases)
        parts.append(Markup("<p>{}: {}</p>").format(words.label("aliases"), pairs))
    return plain("".join(map(str, parts)))


def escaped(text: str) -> str:
    """Text as HTML."""
    return plain(str(escape(text)))
