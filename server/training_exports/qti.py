"""A session → a QTI 2.1 content package: one item for each exercise, and a test over them.

Format: IMS Question and Test Interoperability 2.1 (2012). The key is a rubric for scorers, so that
delivery engines do not show it to candidates.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from casequote.prompts.exercises.types import Exercise, Session
from casequote.prompts.exercises.wording import Wording, wording
from casequote.server.training_exports.texts import name_of, plain
from casequote.web.training_view import key_view

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_MATCH_CORRECT = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def qti_package(session: Session) -> bytes:
    """The zip archive; equal sessions make equal bytes."""
    words = wording(session.settings.language)
    files = {f"items/{_name(e)}.xml": item(e, words) for e in session.exercises}
    files["test.xml"] = _test(session, words)
    files = {"imsmanifest.xml": _manifest(session), **files}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EARLIEST), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def item(exercise: Exercise, words: Wording) -> bytes:
    """One `assessmentItem`."""
    root = _root(QTI, "assessmentItem")
    root.set("identifier", _name(exercise))
    root.set("title", plain(name_of(exercise, words)))
    root.set("adaptive", "false")
    root.set("timeDependent", "false")
    base = "identifier" if exercise.options else "string"
    declared = _add(
        root, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType=base
    )
    if exercise.options:
        correct = _add(declared, "correctResponse")
        _add(correct, "value").text = exercise.key.correct
    _add(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    body = _add(root, "itemBody")
    if exercise.note:
        _add(_add(body, "p"), "em").text = plain(exercise.note)
    for material in exercise.material:
        _add(_add(body, "p"), "strong").text = plain(material.label)
        _add(body, "p").text = plain(material.text)
    _rubric(body, exercise, words)
    if exercise.options:
        interaction = _add(
            body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1"
        )
        _add(interaction, "prompt").text = plain(exercise.question)
        for option in exercise.options:
            _add(interaction, "simpleChoice", identifier=option.label).text = plain(option.text)
        _add(root, "responseProcessing", template=_MATCH_CORRECT)
    else:
        interaction = _add(
            body, "extendedTextInteraction", responseIdentifier="RESPONSE", expectedLines="15"
        )
        _add(interaction, "prompt").text = plain(exercise.question)
    return _written(root)


def _rubric(body: Any, exercise: Exercise, words: Wording) -> None:
    key = key_view(exercise, words)
    rubric = _add(body, "rubricBlock", view="scorer tutor")
    if key.correct:
        _add(rubric, "p").text = f"{words.label('correct')}: {key.correct.label}"
    if key.points:
        _add(rubric, "p").text = words.label("points")
        listed = _add(rubric, "ol")
        for point in key.points:
            lead = f"{point.topic} – {point.lead}" if point.lead else point.topic
            numbers = " ".join(f"[{n}]" for n in point.citations)
            _add(listed, "li").text = plain(f"{lead}: {point.text} {numbers}")
    _add(rubric, "p").text = words.label("extracts")
    listed = _add(rubric, "ul")
    for citation in key.citations:
        text = f"[{citation.number}] “{citation.text}” – {citation.place}"
        _add(listed, "li").text = plain(text)
    for alias in key.aliases:
        _add(rubric, "p").text = plain(f"{alias.shown}: {alias.original}")


def _test(session: Session, words: Wording) -> bytes:
    title = words.label("session", id=session.id)
    root = _root(QTI, "assessmentTest")
    root.set("identifier", f"session-{session.id}")
    root.set("title", title)
    part = _add(
        root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual"
    )
    section = _add(part, "assessmentSection", identifier="section", title=title, visible="true")
    for exercise in session.exercises:
        name = _name(exercise)
        _add(section, "assessmentItemRef", identifier=name, href=f"items/{name}.xml")
    return _written(root)


def _manifest(session: Session) -> bytes:
    root = _root(PACKAGE, "manifest")
    root.set("identifier", f"package-{session.id}")
    metadata = _add(root, "metadata")
    _add(metadata, "schema").text = "IMS Content"
    _add(metadata, "schemaversion").text = "1.1"
    _add(root, "organizations")
    resources = _add(root, "resources")
    names = [_name(e) for e in session.exercises]
    test = _resource(resources, "test", "imsqti_test_xmlv2p1", "test.xml")
    for name in names:
        _add(test, "dependency", identifierref=f"resource-{name}")
    for name in names:
        _resource(resources, f"resource-{name}", "imsqti_item_xmlv2p1", f"items/{name}.xml")
    return _written(root)


def _resource(parent: Any, identifier: str, kind: str, href: str) -> Any:
    resource = _add(parent, "resource", identifier=identifier, type=kind, href=href)
    _add(resource, "file", href=href)
    return resource


def _name(exercise: Exercise) -> str:
    return f"exercise-{exercise.number:03}"


def _root(namespace: str, tag: str) -> Any:
    return etree.Element(f"{{{namespace}}}{tag}", nsmap={None: namespace})


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    namespace = etree.QName(parent).namespace
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", **attributes)


def _written(root: Any) -> bytes:
    packed: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return packed
