"""JSON Lines, one article a line → the article of each; a bad line is a problem of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from casequote.corpus.document import STATED, Document, DocumentKind
from casequote.corpus.errors import InvalidDocument
from casequote.corpus.readers.article_text import date_in, title_in
from casequote.corpus.readers.complaints import complaint, suggestion
from casequote.corpus.readers.decode import clean
from casequote.corpus.readers.reading import Problem, Reading
from casequote.corpus.schema import ArticleIdentifier, Identifier, PartialDate

_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d.*")
_SAMPLE_LINES = 20


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty; write the text of the article")
    return value


def _day(value: object) -> object:
    """The day of a time stamp."""
    stamp = _STAMP.fullmatch(value.strip()) if isinstance(value, str) else None
    return stamp[1] if stamp else value


class ArticleLine(BaseModel):
    """A line of the file; null and empty texts are the same as a key that is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)
    id: ArticleIdentifier
    text: Annotated[str, AfterValidator(_not_blank)]
    title: str | None = None
    date: Annotated[PartialDate, BeforeValidator(_day)] | None = None
    url: str | None = None
    publisher: str | None = None
    case: Identifier | None = None
    official: bool = False


KEYS = tuple(ArticleLine.model_fields)


def read_jsonl(text: str, name: str) -> Reading:
    """The articles of a file. Raises InvalidDocument when it has no line that could be one."""
    documents: dict[str, Document] = {}
    problems: list[tuple[int, str]] = []
    unknown: dict[str, list[int]] = {}
    for number, line in _lines(text):
        try:
            values = _values(line)
            document = _document(values)
        except ValueError as error:
            problems.append((number, str(error)))
            continue
        for key in values.keys() - set(KEYS):
            unknown.setdefault(key, []).append(number)
        if document.id in documents:
            problems.append((number, f"the id {document.id!r} stands above; give each its own"))
        else:
            documents[document.id] = document
    if not documents and not problems:
        raise InvalidDocument(f"{name}: there is no line in it; write one article a line")
    problems += [(numbers[0], _unknown(key, numbers)) for key, numbers in unknown.items()]
    return Reading(
        tuple(documents.values()),
        tuple(Problem(f"{name}, line {n}", message) for n, message in sorted(problems)),
    )


def looks_like_jsonl(text: str) -> bool:
    """Whether the first lines are JSON objects, most of them at least."""
    numbered = zip(range(_SAMPLE_LINES), _lines(text), strict=False)
    lines = [line.strip() for _, (_, line) in numbered]
    objects = sum(line.startswith("{") and line.endswith("}") and '"' in line for line in lines)
    return bool(lines) and 2 * objects > len(lines)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, counted from 1."""
    for number, match in enumerate(re.finditer(r"[^\n]*\n|[^\n]+\Z", text), 1):
        if match.group().strip():
            yield number, match.group()


def _values(line: str) -> dict[str, Any]:
    try:
        values = json.loads(line.strip())
    except json.JSONDecodeError as error:
        raise ValueError(
            f"this is not JSON ({error.msg}, column {error.colno}); write one object on one line"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ValueError("this is no JSON that can be read; write one plain object") from error
    if not isinstance(values, dict):
        raise ValueError(  # noqa: TRY004  # the line is wrong, not a caller's argument
            'this is no JSON object; write {"id": "…", "text": "…"}'
        )
    kept = {key: clean(v) if isinstance(v, str) else v for key, v in values.items()}
    return {key: value for key, value in kept.items() if key == "text" or value not in (None, "")}


def _document(values: dict[str, Any]) -> Document:
    """The document of a line. Raises ValueError with what is wrong."""
    try:
        line = ArticleLine.model_validate(values)
    except ValidationError as error:
        said = [complaint(detail) for detail in error.errors(include_url=False)]
        misspelt = values.keys() - set(KEYS)
        said += [f"unknown key `{key}`; {suggestion(key, KEYS)}" for key in sorted(misspelt)]
        raise ValueError("; ".join(said)) from error
    return Document(
        id=line.id,
        kind=DocumentKind.ARTICLE,
        case=line.case,
        link=STATED if line.case else None,
        title=" ".join((line.title or "").split()) or title_in(line.text),
        text=line.text,
        publisher=line.publisher,
        date=line.date or date_in(line.text),
        url=line.url,
        official=line.official,
    )


def _unknown(key: str, numbers: list[int]) -> str:
    others = f" here and on {len(numbers) - 1:,} other lines" if len(numbers) > 1 else ""
    return f"unknown key `{key}`{others}, which was left out; {suggestion(key, KEYS)}"
