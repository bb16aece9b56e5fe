"""Typed values in text: where they stand, and their normal form for comparison."""

from casequote.prompts.values.finders import Found, find
from casequote.prompts.values.normal import normal_date, normal_number

__all__ = ["Found", "find", "normal_date", "normal_number"]
