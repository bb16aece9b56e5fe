"""What answers said when they were last looked at, word for word.

`pytest tests/prompts/test_golden.py --regenerate` writes them anew: read the difference before you
commit it. The encoder is the fake one, so this holds wording, values and citations, not ranking.
"""

import json
from pathlib import Path

import pytest

from casequote.server.assistant import Assistant
from casequote.server.wire import answer_out

FILE = Path(__file__).with_name("golden_answers.json")
QUESTIONS = [
    "Which agencies took part in Operation Strikeback?",
    "What was seized in Operation Strikeback?",
    "How many users did AlphaBay have?",
    "What sentence did Samson Ogoshi get?",
    "Was Europol involved in Operation Strikeback?",
    "Which cases involve the Philippines?",
    "Which cases have sentences above 15 years?",
    "What are the longest prison sentences?",
    "Which cases are similar to Operation Strikeback?",
    "Which agencies took part in Operation Strikeback, and when?",
    "Which court sentenced the defendants in Operation Strikeback?",
    "How many people were arrested in Operation Waterfall?",
    "Can you recommend a good lawyer?",
    "What sentence did Sergey Medvedev receive?",
    "What nationality is Infraud leader Sergey Medvedev?",
    "Did Coban plead guilty?",
]


def _said(assistant: Assistant, question: str) -> dict[str, object]:
    out = answer_out(assistant.ask(question), answer_id="", conversation_id="", elapsed_ms=0.0)
    answer = json.loads(out.model_dump_json())
    cited = [f"{e['document']}:{e['start']}-{e['end']} {e['text']}" for e in answer["extracts"]]
    return {
        "question": question,
        "status": answer["status"],
        "answer": answer["answer"].splitlines(),
        "values": [f"{v['text']} {v['citations']}" for v in answer["values"]],
        "conflicts": answer["conflicts"],
        "extracts": cited,
        "refusal": answer["refusal"] and answer["refusal"]["message"],
    }


def test_answers_say_what_they_said(assistant: Assistant, request: pytest.FixtureRequest) -> None:
    said = [_said(assistant, question) for question in QUESTIONS]
    if request.config.getoption("--regenerate"):
        FILE.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert said == json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_one_answer(assistant: Assistant, question: str) -> None:
    once, again = (
        answer_out(assistant.ask(question), answer_id="", conversation_id="", elapsed_ms=0.0)
        for _ in range(2)
    )
    assert once.model_dump_json() == again.model_dump_json()
