"""Questions with expectations → measures of the answers, by kind and in all.

The rules are those of the contract; nothing here changes how questions are answered.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from casequote.corpus.errors import UnreadableFile
from casequote.prompts.answer import Answer, Extract, Value
from casequote.server.assistant import Assistant

QuestionKind = Literal["list", "fact", "passage", "conflict", "across", "followup", "unanswerable"]


class Question(BaseModel):
    """One line of a questions file."""

    model_config = ConfigDict(extra="forbid")

    id: str
    kind: QuestionKind
    question: str
    after: str | None = None
    cases: list[str] | None = None
    expect: list[list[str]]
    forbid: list[str] = []
    sources: list[str] = []


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its answer and whether it is right."""

    question: Question
    answer: Answer
    right: bool
    milliseconds: float

    @property
    def refused(self) -> bool:
        return self.answer.refusal is not None


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts over some questions."""

    questions: int
    right: int
    wrong: int
    refused: int

    @property
    def share(self) -> float:
        """Share of questions answered right; 0 without questions."""
        return self.right / self.questions if self.questions else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a questions file says about the answers."""

    judged: tuple[Judged, ...]
    texts: Mapping[str, str]
    """Document id → the text that the library has stored."""

    def by_kind(self) -> dict[str, Measures]:
        """Measures of each kind that occurs, in the order of the contract."""
        kinds = QuestionKind.__args__  # type: ignore[attr-defined]
        found = {k: [j for j in self.judged if j.question.kind == k] for k in kinds}
        return {kind: _measures(judged) for kind, judged in found.items() if judged}

    def report(self) -> dict[str, object]:
        """Everything that is measured, ready for JSON."""
        times = sorted(j.milliseconds for j in self.judged)
        extracts = [e for j in self.judged for e in _all_extracts(j.answer)]
        values = [(v, j.answer) for j in self.judged for v in j.answer.all_values()]
        quoted = [sum(len(e.text) for e in j.answer.extracts) for j in self.judged if not j.refused]
        return {
            "all": _as_dict(_measures(self.judged)),
            "kinds": {kind: _as_dict(m) for kind, m in self.by_kind().items()},
            "refusal": self._refusal(),
            "extracts": len(extracts),
            "offsets_hold": _share([self._stored(e) for e in extracts]),
            "values": len(values),
            "values_supported": _share([_is_supported(v, answer) for v, answer in values]),
            "median_characters_quoted": statistics.median(quoted) if quoted else 0,
            "latency_ms": {"median": _quantile(times, 0.5), "p95": _quantile(times, 0.95)},
            "wrong": [j.question.id for j in self.judged if not j.right],
        }

    def _stored(self, extract: Extract) -> bool:
        """Whether the library's own copy of the document has the extract at its offsets."""
        text = self.texts[extract.document.id]
        return text[extract.start : extract.end] == extract.text

    def _refusal(self) -> dict[str, float]:
        refused = [j for j in self.judged if j.refused]
        unanswerable = [j for j in self.judged if j.question.kind == "unanswerable"]
        both = sum(j.question.kind == "unanswerable" for j in refused)
        return {
            "precision": both / len(refused) if refused else 1.0,
            "recall": both / len(unanswerable) if unanswerable else 1.0,
        }


def read_questions(path: Path) -> list[Question]:
    """The questions of a JSON Lines file. Raises UnreadableFile with the line at fault."""
    questions = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path}: cannot be read ({error}); give a JSON Lines file") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            questions.append(Question.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            reason = str(error).splitlines()[0]
            raise UnreadableFile(
                f"{path}, line {number}: is not a question ({reason}); "
                "see docs for the format of questions files"
            ) from error
    return questions


def evaluate(
    assistant: Assistant,
    questions: Sequence[Question],
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Asks every question and judges the answers."""
    judged = []
    for done, question in enumerate(questions):
        if progress:
            progress(done, len(questions))
        started = time.perf_counter()
        before = [question.after] if question.after else []
        answer = assistant.converse([*before, question.question], cases=question.cases or ())
        elapsed = (time.perf_counter() - started) * 1000
        judged.append(Judged(question, answer, is_right(question, answer, assistant), elapsed))
    if progress:
        progress(len(questions), len(questions))
    quoted = {e.document.id for j in judged for e in _all_extracts(j.answer)}
    texts = {document: assistant.library.document(document).text for document in quoted}
    return Evaluation(tuple(judged), texts)


def is_right(question: Question, answer: Answer, assistant: Assistant) -> bool:
    """Whether an answer meets the expectations of its question, by the contract's rule."""
    if question.kind == "unanswerable":
        return answer.refusal is not None
    if answer.refusal is not None:
        return False
    values = [_folded(value.text) for value in answer.all_values()]
    said = values + [_folded(extract.text) for extract in answer.extracts]
    if question.kind == "across":
        cited = dict.fromkeys(e.document.case for e in answer.extracts if e.document.case)
        titles = {case.id: case.title for case in assistant.library.cases()}
        said += [_folded(titles[case]) for case in cited]
    if any(_occurs(forbidden, values) for forbidden in question.forbid):
        return False
    return all(any(_occurs(expected, said) for expected in group) for group in question.expect)


def _occurs(expected: str, texts: Iterable[str]) -> bool:
    alternatives = [_folded(part) for part in expected.split("|")]
    return any(alternative in text for text in texts for alternative in alternatives)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_supported(value: Value, answer: Answer) -> bool:
    """Whether an extract that the value cites states it."""
    return any(value.text in e.text for e in answer.extracts if e.number in value.citations)


def _share(held: Sequence[bool]) -> float:
    return sum(held) / len(held) if held else 1.0


def _all_extracts(answer: Answer) -> tuple[Extract, ...]:
    return (*answer.extracts, *(answer.refusal.nearest if answer.refusal else ()))


def _measures(judged: Sequence[Judged]) -> Measures:
    right = sum(j.right for j in judged)
    refused = sum(j.refused for j in judged)
    return Measures(len(judged), right, len(judged) - right, refused)


def _as_dict(measures: Measures) -> dict[str, float]:
    return {
        "questions": measures.questions,
        "right": measures.right,
        "wrong": measures.wrong,
        "refused": measures.refused,
        "share": round(measures.share, 4),
    }


def _quantile(times: Sequence[float], share: float) -> float:
    if not times:
        return 0.0
    return round(times[min(len(times) - 1, int(share * len(times)))], 2)
