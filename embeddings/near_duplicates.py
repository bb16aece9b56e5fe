"""Documents → groups that repeat one text, so that none counts as a witness for another.

Candidates come from MinHash over rows of words (Broder 1997; datasketch), and each pair of them is
then compared exactly. Two reports of one event in words of their own are no near-duplicates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from casequote.corpus.document import Document
from casequote.embeddings.terms import words

ROW = 4
"""Words in a row that are compared as one."""
LEAST_SHARED = 0.7
"""Share of the shorter text's rows that the longer one must repeat."""
_CANDIDATES = 0.35
"""Jaccard likeness from which MinHash should propose a pair: a text in one of twice its size."""
_FEW = 64
"""Documents among which every pair is compared outright, which is faster than sketching them."""
_PERMUTATIONS = 128
_SEED = 1


def near_duplicates(documents: Iterable[Document]) -> tuple[tuple[str, ...], ...]:
    """Groups of two or more ids, each in the order given, of documents that repeat one text.

    Repeating is carried on: a text like two others puts all three into one group. Documents with
    fewer than four words are alone, and an id that is given twice counts once.
    """
    rows = {d.id: found for d in documents if (found := word_rows(d.text))}
    leader = {document_id: document_id for document_id in rows}

    def first_of(document_id: str) -> str:
        while leader[document_id] != document_id:
            document_id = leader[document_id]
        return document_id

    order = {document_id: place for place, document_id in enumerate(rows)}
    for one, other in _candidates(rows):
        if repeats(rows[one], rows[other]):
            first, second = sorted((first_of(one), first_of(other)), key=order.__getitem__)
            leader[second] = first
    groups: dict[str, list[str]] = {}
    for document_id in rows:
        groups.setdefault(first_of(document_id), []).append(document_id)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def representatives(documents: Sequence[Document]) -> dict[str, str]:
    """Document id → the first document of its group; one that repeats no other is its own."""
    found = {d.id: d.id for d in documents}
    for group in near_duplicates(documents):
        found |= dict.fromkeys(group, group[0])
    return found


@lru_cache(maxsize=4_096)
def word_rows(text: str) -> frozenset[tuple[str, ...]]:
    """Every row of four words of a text, folded; empty for a shorter text."""
    found = words(text)
    return frozenset(zip(*(found[place:] for place in range(ROW)), strict=False))


def repeats(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether the longer of two texts repeats most of the shorter one; False for empty ones."""
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= LEAST_SHARED * shorter


def _candidates(
    rows: Mapping[str, frozenset[tuple[str, ...]]],
) -> Iterable[tuple[str, str]]:
    """Pairs of ids whose sketches are alike, each once, in a fixed order."""
    if len(rows) <= _FEW:
        yield from combinations(rows, 2)
        return
    from datasketch import MinHash, MinHashLSH  # slow to import, and seldom needed

    index = MinHashLSH(threshold=_CANDIDATES, num_perm=_PERMUTATIONS)
    for document_id, found in rows.items():
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update_batch([" ".join(row).encode() for row in found])
        for other in sorted(index.query(sketch)):
            yield str(other), document_id
        index.insert(document_id, sketch)
