"""Record and article files in YAML → the document of each, or where and how the file is wrong."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from casequote.corpus.errors import InvalidDocument
from casequote.corpus.readers.complaints import complaint, keys_at
from casequote.corpus.readers.decode import clean
from casequote.corpus.readers.reading import Reading
from casequote.corpus.readers.yaml_tree import Tree, parse_yaml
from casequote.corpus.records import article_document, record_document
from casequote.corpus.schema import ArticleFile, RecordFile

ModelT = TypeVar("ModelT", bound=BaseModel)
_MOST_SHOWN = 10
_KEY = re.compile(r"^([a-z_]+):(?:\s|$)", re.MULTILINE)
_RECORD_KEYS = frozenset(RecordFile.model_fields) - frozenset(ArticleFile.model_fields)
_ARTICLE_KEYS = frozenset(ArticleFile.model_fields) - frozenset(RecordFile.model_fields)


def read_yaml(text: str, name: str) -> Reading:
    """The record or article of a file. Raises InvalidDocument or UnreadableFile."""
    tree = parse_yaml(text, name)
    if not isinstance(tree.value, dict):
        raise InvalidDocument(
            f"{name}, line {tree.line_of(())}: a record or article is a mapping of keys; begin it "
            "with `id:`"
        )
    if _is_article(tree.value):
        return Reading((article_document(_validated(ArticleFile, tree, name)),))
    return Reading((record_document(_validated(RecordFile, tree, name)),))


def has_file_keys(text: str) -> bool:
    """Whether a text has the keys of a record or article file at the start of lines."""
    keys = set(_KEY.findall(text))
    return "id" in keys and bool(keys & {"title", "kind"}) and bool(keys & {"text", "fact_summary"})


def _is_article(values: dict[str, Any]) -> bool:
    """Whether more keys are only an article's than only a record's."""
    return len(_ARTICLE_KEYS & values.keys()) > len(_RECORD_KEYS & values.keys())


def _validated(model: type[ModelT], tree: Tree, name: str) -> ModelT:
    """The model of the values; scalars are still texts, so numbers and truth values are read."""
    try:
        return model.model_validate(_stated(tree.value), strict=False)
    except ValidationError as error:
        found = error.errors(include_url=False)
        lines = []
        for detail in found[:_MOST_SHOWN]:
            place = detail["loc"]
            known = keys_at(model, place[:-1]) if detail["type"] == "extra_forbidden" else ()
            lines.append(f"{name}, line {tree.line_of(place)}: {complaint(detail, known)}")
        if len(found) > _MOST_SHOWN:
            lines.append(f"{name}: and {len(found) - _MOST_SHOWN} more such errors")
        raise InvalidDocument("\n".join(lines)) from error


def _stated(value: Any) -> Any:
    """The values without keys that are left empty, their texts without control characters."""
    if isinstance(value, dict):
        return {key: _stated(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_stated(inner) for inner in value]
    return clean(value) if isinstance(value, str) else value
