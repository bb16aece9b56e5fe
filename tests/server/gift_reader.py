"""Reads GIFT back as https://docs.moodle.org/en/GIFT_format describes it."""

import html
import re
from dataclasses import dataclass

_QUESTION = re.compile(
    r"::(?P<title>(?:\\.|[^:\\])*)::\[html\](?P<text>(?:\\.|[^\\{])*)\{(?P<body>(?:\\.|[^\\}])*)\}",
    re.DOTALL,
)
_ANSWER = re.compile(r"([=~])((?:\\.|[^\\=~#])*)")


@dataclass(frozen=True)
class Question:
    title: str
    text: str
    right: list[str]
    wrong: list[str]
    feedback: str


def read_gift(text: str) -> list[Question]:
    questions = []
    for block in re.split(r"\n\s*\n", text.strip()):
        if block.startswith("$CATEGORY:"):
            continue
        match = _QUESTION.fullmatch(block.strip())
        assert match, block[:200]
        answers, _, feedback = match["body"].partition("####")
        found = [(sign, plain(said)) for sign, said in _ANSWER.findall(answers)]
        questions.append(
            Question(
                plain(match["title"]),
                plain(match["text"]),
                [said for sign, said in found if sign == "="],
                [said for sign, said in found if sign == "~"],
                plain(feedback),
            )
        )
    return questions


def plain(text: str) -> str:
    bare = re.sub(r"\\(.)", r"\1", text)
    return html.unescape(re.sub(r"<[^>]+>", " ", bare)).strip()
