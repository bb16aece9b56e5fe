"""Marked prose → clean prose and attributions: "raided [4][6]." → "raided." with sources 4, 6.

Only numbers of sources that the record names are markers; anything else in brackets, such as the
year of a neutral citation, stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from casequote.corpus.document import Attribution

_MARKER = re.compile(r"[ \n]?\[\d{1,3}(?:, ?\d{1,3})*\]")
_NUMBER = re.compile(r"\d+")
_SENTENCE_GAP = re.compile(r"[.!?][\"'”’)]*\s+(?![a-z])")


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text without markers; attributions are offsets into it."""

    text: str
    attributions: tuple[Attribution, ...]

    @property
    def sources(self) -> tuple[int, ...]:
        """Every source number, in the order of first use."""
        return tuple(dict.fromkeys(n for a in self.attributions for n in a.sources))


def strip_markers(text: str, numbers: Collection[int]) -> CleanText:
    """Takes the markers out of `text`; each one covers the words since the marker before it.

    A marker that follows another at once covers the same words. None reaches back over the end of
    a sentence that had none.
    """
    pieces: list[str] = []
    attributions: list[Attribution] = []
    length = 0
    covered = 0
    position = 0
    for match in _MARKER.finditer(text):
        marked = tuple(dict.fromkeys(int(n) for n in _NUMBER.findall(match.group())))
        if not all(number in numbers for number in marked):
            continue
        piece = text[position : match.start()]
        pieces.append(piece)
        length += len(piece)
        position = match.end()
        start = _start_of_claim("".join(pieces), covered)
        if start < length:
            attributions.append(Attribution(start, length, marked))
            covered = length
        elif attributions and covered == length:
            claim = attributions.pop()
            both = tuple(dict.fromkeys((*claim.sources, *marked)))
            attributions.append(Attribution(claim.start, claim.end, both))
    pieces.append(text[position:])
    return CleanText("".join(pieces), tuple(attributions))


def _start_of_claim(text: str, covered: int) -> int:
    """Where the claim begins that ends with `text`: after the last marker or sentence end."""
    gaps = [m.end() for m in _SENTENCE_GAP.finditer(text, covered) if m.end() < len(text)]
    start = gaps[-1] if gaps else covered
    while start < len(text) and not (text[start].isalnum() or text[start] in "\"'“‘("):
        start += 1
    return start
