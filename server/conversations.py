"""Conversations that the server remembers: id → the turns so far, the latest ones only."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from casequote.prompts.interpretation import Turn

MOST_TURNS = 20


class Conversations:
    """A bounded memory of conversations, safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._turns: OrderedDict[str, tuple[Turn, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def turns(self, conversation_id: str) -> Sequence[Turn]:
        """The turns of a conversation, oldest first; none for an unknown id."""
        with self._lock:
            return self._turns.get(conversation_id, ())

    def add(self, conversation_id: str, turn: Turn) -> None:
        """Remembers a turn; the conversation unused for longest is forgotten."""
        with self._lock:
            turns = self._turns.pop(conversation_id, ())
            self._turns[conversation_id] = (*turns, turn)[-MOST_TURNS:]
            while len(self._turns) > self._most:
                self._turns.popitem(last=False)
