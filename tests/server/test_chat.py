"""The conversation in a terminal."""

import pytest

from casequote.server.assistant import Assistant
from casequote.server.chat import HELP, Chat, run
from tests.collection import collection_assistant

QUESTION = "Which agencies took part in Operation Strikeback?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return collection_assistant(tmp_path_factory.mktemp("chat") / "library")


def test_an_answer_shows_what_was_understood_and_numbered_citations(assistant: Assistant) -> None:
    shown = Chat(assistant).respond(QUESTION)
    assert shown.startswith("(agencies; operation-strikeback-2014)")
    assert "  [5] record: “Police Scotland”" in shown


def test_a_number_opens_the_citation_in_its_document(assistant: Assistant) -> None:
    chat = Chat(assistant)
    chat.respond(QUESTION)
    opened = chat.respond("[5]")
    assert ">>>Police Scotland<<<" in opened
    assert "operation-strikeback-2014--record, characters" in opened


def test_a_number_without_a_citation_is_said(assistant: Assistant) -> None:
    chat = Chat(assistant)
    assert chat.respond("1") == "The last answer has no citation [1]."
    chat.respond(QUESTION)
    assert chat.respond("99") == "The last answer has no citation [99]."


def test_the_conversation_goes_on_until_a_new_one(assistant: Assistant) -> None:
    chat = Chat(assistant)
    chat.respond(QUESTION)
    assert "still operation-strikeback-2014" in chat.respond("and in Singapore?")
    assert chat.respond("/history") == f"1. {QUESTION}\n2. and in Singapore?"
    assert chat.respond("/new") == "A new conversation."
    assert chat.respond("/history") == "No questions yet."


def test_the_user_can_keep_to_a_case(assistant: Assistant) -> None:
    chat = Chat(assistant)
    assert chat.respond("/case us-v-mijangos") == "Keeping to us-v-mijangos."
    assert "6 years imprisonment" in chat.respond("What was the sentence?")
    assert chat.respond("/case") == "All cases."


@pytest.mark.parametrize("command", ["/help", "/", "/nonsense"])
def test_other_commands_show_what_there_is(assistant: Assistant, command: str) -> None:
    assert Chat(assistant).respond(command) == HELP


def test_an_unknown_case_is_said_and_the_conversation_goes_on(
    assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    run(Chat(assistant), iter(["/case nowhere\n", "\n", "/history\n", "/quit\n", "never read\n"]))
    out, err = capsys.readouterr()
    assert "nowhere" in err
    assert out.strip() == "No questions yet."
