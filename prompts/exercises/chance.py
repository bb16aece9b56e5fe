"""Choosing by seed: the same words give the same choice on every machine."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def chooser(*parts: object) -> random.Random:
    """A generator of choices that depends on the parts alone."""
    return random.Random("\x1f".join(map(str, parts)))  # noqa: S311 — choices, no secrets


def shuffled(items: Iterable[T], *parts: object) -> list[T]:
    """The items in an order that depends on the parts alone."""
    order = list(items)
    chooser(*parts).shuffle(order)
    return order
