"""Values that say only that something is not known (`data/not_stated.yaml`)."""

from __future__ import annotations

import re
from functools import cache

from casequote.prompts.kinds import data


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p, re.IGNORECASE) for p in data("not_stated.yaml")["match"])


def says_nothing(value: str) -> bool:
    """Whether a value only says that the sources do not tell."""
    return any(pattern.search(value) for pattern in _patterns())
