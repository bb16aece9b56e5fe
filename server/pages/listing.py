"""The collection as its pages list it, made again when the library changes."""

from __future__ import annotations

from casequote.corpus.library import Library
from casequote.web.collection_view import Collection, collection


class Listing:
    """What the library holds, at its latest change."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._made: tuple[int, Collection] | None = None

    def current(self) -> Collection:
        """The collection as it is now."""
        change = self._library.change
        if self._made is None or self._made[0] != change:
            self._made = (change, collection(self._library))
        return self._made[1]
