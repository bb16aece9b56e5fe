"""Who reads a page: their language, their theme, and what their forms are signed with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")


@dataclass(frozen=True, slots=True)
class Reader:
    """What a page needs to know of its reader; without any, English as the system looks."""

    language: str = "en"
    theme: Theme = "auto"
    token: str = ""
    """Goes with every form that changes something."""
    here: str = "/"
    """The address of the page, to come back to."""
