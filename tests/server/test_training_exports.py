"""Handouts and question banks, read back by parsers that are not ours."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from moodle_xml_parser.parser import parse_bytes

from casequote.corpus.errors import InvalidRequest
from casequote.prompts.exercises.types import Exercise, ExerciseKind, Session
from casequote.server.training import Request, Training
from casequote.server.training_exports import FORMATS, export_session
from casequote.server.training_exports.documents import escaped_markdown
from casequote.server.training_exports.gift import escaped_gift
from casequote.server.training_store import TrainingStore
from tests.collection import collection_library
from tests.server.gift_reader import plain, read_gift

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
SCHEMAS = Path(__file__).parent / "data/qti/qti_2p1_schemas.zip"


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Training:
    folder = tmp_path_factory.mktemp("exports")
    library = collection_library(folder / "library")
    return Training(library, TrainingStore(folder / "training.sqlite"))


@pytest.fixture(scope="module", params=["en", "fr"])
def session(request: pytest.FixtureRequest, training: Training) -> Session:
    session = training.create(Request(seed=5, count=40, language=request.param))
    assert {e.kind for e in session.exercises} == set(ExerciseKind)
    return session


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schemas")
    with zipfile.ZipFile(SCHEMAS) as archive:
        archive.extractall(folder)
    return folder


def right_text(exercise: Exercise) -> str:
    return next(o.text for o in exercise.options if o.label == exercise.key.correct)


def folded(text: str) -> str:
    return " ".join(text.split())


def test_qti_items_and_test_are_valid_by_the_schema(session: Session, schemas: Path) -> None:
    schema = etree.XMLSchema(etree.parse(schemas / "qtiv2p1" / "imsqti_v2p1.xsd"))
    package = zipfile.ZipFile(io.BytesIO(export_session(session, "qti").content))
    names = [n for n in package.namelist() if n != "imsmanifest.xml"]
    assert len(names) == len(session.exercises) + 1
    for name in names:
        schema.assertValid(etree.fromstring(package.read(name)))


def test_the_schema_refuses_an_item_that_is_not_valid(schemas: Path) -> None:
    schema = etree.XMLSchema(etree.parse(schemas / "qtiv2p1" / "imsqti_v2p1.xsd"))
    assert not schema.validate(etree.fromstring(f'<assessmentItem xmlns="{QTI[1:-1]}"/>'))


def test_the_qti_manifest_is_valid_and_lists_every_file(session: Session, schemas: Path) -> None:
    schema = etree.XMLSchema(etree.parse(schemas / "imscp_v1p1.xsd"))
    package = zipfile.ZipFile(io.BytesIO(export_session(session, "qti").content))
    manifest = etree.fromstring(package.read("imsmanifest.xml"))
    schema.assertValid(manifest)
    listed = {file.get("href") for file in manifest.iter("{*}file")}
    assert listed == set(package.namelist()) - {"imsmanifest.xml"}


def test_qti_tells_the_right_option_and_the_key_to_scorers_only(session: Session) -> None:
    package = zipfile.ZipFile(io.BytesIO(export_session(session, "qti").content))
    for exercise in session.exercises:
        item = etree.fromstring(package.read(f"items/exercise-{exercise.number:03}.xml"))
        values = [v.text for v in item.iter(f"{QTI}value")]
        assert values == ([exercise.key.correct] if exercise.options else [])
        [rubric] = item.iter(f"{QTI}rubricBlock")
        assert rubric.get("view") == "scorer tutor"
        assert all(e.text in "".join(rubric.itertext()) for e in exercise.key.extracts)


def test_moodle_reads_its_multiple_choice_questions(session: Session) -> None:
    found = parse_bytes(export_session(session, "moodle").content)["multichoice"]
    asked = [e for e in session.exercises if e.options]
    assert len(found) == len(asked)
    for question, exercise in zip(found, asked, strict=True):
        right = [plain(o.answer) for o in question.options if o.score_fraction == 100]
        assert [folded(text) for text in right] == [folded(right_text(exercise))]
        assert len(question.options) == len(exercise.options)


def test_moodle_essays_hold_the_points_for_graders(session: Session) -> None:
    quiz = etree.fromstring(export_session(session, "moodle").content)
    essays = quiz.findall("question[@type='essay']")
    asked = [e for e in session.exercises if not e.options]
    for essay, exercise in zip(essays, asked, strict=True):
        notes = plain(essay.findtext("graderinfo/text"))
        assert all(folded(p.text) in folded(notes) for p in exercise.key.points)
        assert essay.findtext("defaultgrade") == str(len(exercise.key.points))


def test_gift_reads_back(session: Session) -> None:
    found = read_gift(export_session(session, "gift").content.decode())
    assert len(found) == len(session.exercises)
    for question, exercise in zip(found, session.exercises, strict=True):
        assert folded(exercise.question) in folded(question.text)
        texts = {folded(o.text) for o in exercise.options}
        assert {folded(t) for t in question.right + question.wrong} == texts
        if exercise.options:
            assert [folded(t) for t in question.right] == [folded(right_text(exercise))]
        assert all(folded(e.text) in folded(question.feedback) for e in exercise.key.extracts)


def test_gift_is_read_by_gift_pegjs(session: Session, tmp_path: Path) -> None:
    """With `npm install gift-pegjs` somewhere that node finds; the reader above checks always."""
    node = shutil.which("node")
    script = (
        "const g=require('gift-pegjs'), f=require('fs');"
        "console.log(JSON.stringify(g.parse(f.readFileSync(process.argv[1],'utf8'))))"
    )
    if (
        node is None
        or subprocess.run(
            [node, "-e", "require.resolve('gift-pegjs')"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("node with gift-pegjs is not installed (NODE_PATH names its folder)")
    file = tmp_path / "bank.gift"
    file.write_bytes(export_session(session, "gift").content)
    done = subprocess.run([node, "-e", script, file], capture_output=True, text=True, check=True)
    kinds = [question["type"] for question in json.loads(done.stdout)]
    assert kinds == ["Category", *("MC" if e.options else "Essay" for e in session.exercises)]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_gift_escapes_every_control_character(text: str) -> None:
    escaped = escaped_gift(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[~=#{}:]", escaped)
    assert re.sub(r"\\(.)", r"\1", escaped) == " ".join(text.split())


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"])))
def test_nothing_of_a_document_is_markup_in_markdown(text: str) -> None:
    tokens = MarkdownIt().parse(f"x {escaped_markdown(text)} x")
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    inline = tokens[1].children or []
    assert {t.type for t in inline} <= {"text", "text_special"}


@pytest.mark.parametrize("form", ["html", "markdown", "docx"])
def test_the_sheet_tells_no_answer_and_the_key_tells_all(session: Session, form: str) -> None:
    sheet = read(export_session(session, form, "sheet").content, form)
    key = read(export_session(session, form, "key").content, form)
    for exercise in session.exercises:
        assert folded(exercise.question) in sheet
        for extract in exercise.key.extracts:
            assert folded(extract.text) in key
            assert f"{extract.start}–{extract.end}" in key
            assert f"{extract.document}, " not in sheet
        for point in exercise.key.points:
            assert folded(point.text) in key


def read(content: bytes, form: str) -> str:
    if form == "docx":
        return folded("\n".join(p.text for p in docx.Document(io.BytesIO(content)).paragraphs))
    text = content.decode()
    if form == "markdown":
        text = MarkdownIt().render(text)
    return folded(plain(text.replace("\\", "\\\\")))


def test_the_page_has_no_script_and_no_style_of_its_own(session: Session) -> None:
    page = export_session(session, "html", "key").content.decode()
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page)


def test_what_documents_say_is_escaped_in_the_page(training: Training) -> None:
    session = training.create(Request(seed=1, count=1))
    [made] = session.exercises
    evil = Exercise(
        made.number, made.kind, made.topic, "<script>alert(1)</script>", (), (), "", made.key
    )
    page = export_session(Session(session.id, session.settings, (evil,)), "html").content
    assert b"<script>" not in page
    assert b"&lt;script&gt;" in page


@pytest.mark.parametrize("form", list(FORMATS))
def test_equal_sessions_make_equal_files(session: Session, form: str) -> None:
    assert export_session(session, form, "key") == export_session(session, form, "key")


def test_unknown_formats_and_parts_are_refused(session: Session) -> None:
    with pytest.raises(InvalidRequest, match="choose among html, docx"):
        export_session(session, "pdf")
    with pytest.raises(InvalidRequest, match="sheet or key"):
        export_session(session, "html", "solutions")
