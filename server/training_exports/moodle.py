"""A session → Moodle XML: `multichoice` and, for expected points, `essay` with notes for graders.

Format: https://docs.moodle.org/en/Moodle_XML_format.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from casequote.prompts.exercises.types import Exercise, Session
from casequote.prompts.exercises.wording import Wording, wording
from casequote.server.training_exports.texts import escaped, key_html, name_of, question_html


def moodle_bank(session: Session) -> bytes:
    """The question bank, in a category of its own."""
    words = wording(session.settings.language)
    quiz = etree.Element("quiz")
    category = etree.SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/top/CaseQuote {session.id}", None)
    for exercise in session.exercises:
        _question(quiz, exercise, words)
    packed: bytes = etree.tostring(quiz, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return packed


def _question(quiz: Any, exercise: Exercise, words: Wording) -> None:
    kind = "multichoice" if exercise.options else "essay"
    question = etree.SubElement(quiz, "question", type=kind)
    _text(question, "name", name_of(exercise, words), None)
    _text(question, "questiontext", question_html(exercise))
    grade = 1 if exercise.options else len(exercise.key.points)
    if exercise.options:
        _text(question, "generalfeedback", key_html(exercise, words))
    else:
        _text(question, "generalfeedback", "")
    etree.SubElement(question, "defaultgrade").text = str(grade)
    etree.SubElement(question, "penalty").text = "0"
    etree.SubElement(question, "hidden").text = "0"
    if exercise.options:
        etree.SubElement(question, "single").text = "true"
        etree.SubElement(question, "shuffleanswers").text = "true"
        etree.SubElement(question, "answernumbering").text = "ABCD"
        for option in exercise.options:
            fraction = "100" if option.label == exercise.key.correct else "0"
            answer = _text(question, "answer", escaped(option.text))
            answer.set("fraction", fraction)
    else:
        etree.SubElement(question, "responseformat").text = "editor"
        etree.SubElement(question, "responserequired").text = "1"
        etree.SubElement(question, "responsefieldlines").text = "15"
        etree.SubElement(question, "attachments").text = "0"
        _text(question, "graderinfo", key_html(exercise, words))
        _text(question, "responsetemplate", "")


def _text(parent: Any, tag: str, text: str, form: str | None = "html") -> Any:
    element = etree.SubElement(parent, tag)
    if form:
        element.set("format", form)
    etree.SubElement(element, "text").text = text
    return element
