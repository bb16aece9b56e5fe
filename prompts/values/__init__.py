"""Typed values in text: where they stand, and their normal form for comparison."""

from casequote.prompts.values.finders import Found, find
from casequote.prompts.values.normal import figures, normal_date, normal_number

__all__ = ["Found", "figures", "find", "normal_date", "normal_number"]
