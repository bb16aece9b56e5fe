"""A conversation in a terminal: lines → answers, and numbers → the passage in its document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import click

from casequote.corpus.errors import CaseQuoteError
from casequote.prompts.answer import Answer, Extract
from casequote.prompts.interpretation import Interpretation, Turn
from casequote.server.assistant import Assistant

AROUND = 400
"""Characters shown on each side of an extract that is opened."""
HELP = """\
Type a question. Then:
  2            opens citation [2] in its document
  /case ID     keeps to a case; /case alone lifts that
  /history     the questions so far
  /new         a new conversation
  /quit        ends (as does Ctrl-D)"""


class Chat:
    """One conversation over a library; every line is answered with text."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._turns: list[Turn] = []
        self._cases: tuple[str, ...] = ()
        self._answer: Answer | None = None

    def respond(self, line: str) -> str:
        """The answer to a line: to a question, a citation's number or a command."""
        line = line.strip()
        if line.startswith("/"):
            return self._command(*line[1:].split(maxsplit=1))
        number = line.strip("[] ")
        if number.isdecimal():
            return self._open(int(number))
        return self._ask(line)

    def _ask(self, question: str) -> str:
        answer = self._assistant.ask(question, before=self._turns, cases=self._cases)
        self._turns.append(answer.turn())
        self._answer = answer
        return "\n".join((understood(answer.interpretation), answer.text, *_cited(answer)))

    def _open(self, number: int) -> str:
        extract = next((e for e in _extracts(self._answer) if e.number == number), None)
        if extract is None:
            return f"The last answer has no citation [{number}]."
        return opened(extract)

    def _command(self, name: str = "help", argument: str = "") -> str:
        commands: dict[str, Callable[[str], str]] = {
            "case": self._keep_to,
            "history": self._history,
            "new": self._restart,
        }
        return commands[name](argument) if name in commands else HELP

    def _keep_to(self, case: str) -> str:
        self._cases = self._assistant.checked_cases([case]) if case else ()
        return f"Keeping to {case}." if case else "All cases."

    def _history(self, _: str) -> str:
        asked = [turn.interpretation.question for turn in self._turns]
        return "\n".join(f"{n}. {q}" for n, q in enumerate(asked, start=1)) or "No questions yet."

    def _restart(self, _: str) -> str:
        self._turns, self._answer, self._cases = [], None, ()
        return "A new conversation."


def understood(asked: Interpretation) -> str:
    """What the question was taken to mean, in one line."""
    said = [asked.kind.label]
    if asked.cases:
        said.append(("still " if asked.carried else "") + ", ".join(asked.cases))
    said += [f"{name} {value}" for name, value in asked.filters.stated().items() if asked.across]
    return f"({'; '.join(said)})"


def opened(extract: Extract) -> str:
    """The extract between >>> and <<< with the characters around it in its document."""
    text = extract.document.text
    before = text[max(0, extract.start - AROUND) : extract.start]
    after = text[extract.end : extract.end + AROUND]
    document = extract.document
    head = f"{document.title} ({document.id}, characters {extract.start}–{extract.end})"
    shown = f"{before}>>>{extract.text}<<<{after}"
    return "\n".join(part for part in (head, document.url, "", shown) if part is not None)


def run(chat: Chat, lines: Iterator[str]) -> None:
    """Answers line by line; what a line gets wrong is said, and the conversation goes on."""
    for line in lines:
        if line.strip() in ("/quit", "/exit"):
            return
        if not line.strip():
            continue
        try:
            click.echo(chat.respond(line) + "\n")
        except CaseQuoteError as error:
            click.echo(f"{error}\n", err=True)


def typed_lines() -> Iterator[str]:
    """Lines typed at a prompt, with the history of the session; ends with Ctrl-D."""
    with suppress(ImportError):  # not on Windows
        import readline  # noqa: F401 — gives input() a history
    while True:
        try:
            yield input("? ")
        except EOFError:
            return


def _extracts(answer: Answer | None) -> tuple[Extract, ...]:
    if answer is None:
        return ()
    return answer.refusal.nearest if answer.refusal else answer.extracts


def _cited(answer: Answer) -> Iterator[str]:
    if answer.refusal and answer.refusal.nearest:
        yield "Nearest passages:"
    for extract in _extracts(answer):
        text = " ".join(extract.text.split())
        shown = text if len(text) <= 160 else text[:157] + "…"
        publisher = extract.document.publisher or "record"
        yield f"  [{extract.number}] {publisher}: “{shown}”"
