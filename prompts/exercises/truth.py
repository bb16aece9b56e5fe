"""Case → what is true for it by any of its documents, so that no distractor is true as well.

Doubt counts as true: bodies above and below a named one, places within places, synonyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casequote.corpus.document import FieldName
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import content_stems, stems
from casequote.prompts.exercises.collection import CaseFile
from casequote.prompts.synonyms import alike
from casequote.prompts.values import figures, find, normal_number
from casequote.prompts.values.normal import normal_duration

_CURRENCIES = {
    "United States of America": re.compile(r"\bUSD\b|\bUS\$|\$"),
}
_INTERNATIONAL = frozenset({"International", "European Union", "African Union"})
_ROLES = frozenset(
    stems("police prosecutor prosecution attorney sheriff customs border tax revenue intelligence")
)
"""Words by which a document may mean a body of a country without naming it."""
_UNNAMED = re.compile(
    r"\b(?:police|authorit(?:y|ies)|investigators?|officers?|prosecut(?:ors?|ion|ions)|agenc(?:y|ies)"
    r"|law[- ]enforcement|detectives?|agents?|services|officials?|units?|forces?|task force)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:[Aa]uthorities|police|services of|forces of)\b")
"""Names in the vocabulary that stand for every body of their country."""
_BESIDE = 30
"""Characters beside a country within which a word for a body may be meant to be of it."""
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d[\d.,]*\d|\d")
SHARED = 0.3
"""Share of the words of a statement from which a case may be said to state it."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What the documents of one case name and state, in normal forms."""

    bodies: frozenset[str]
    countries: frozenset[str]
    crime_types: frozenset[str]
    platforms: frozenset[str]
    dates: frozenset[str]
    numbers: frozenset[str]
    durations: frozenset[str]
    stems: frozenset[str]
    unnamed: frozenset[str]
    """Countries of which some body is meant without its name ("British police")."""
    text: str
    """All texts folded, words separated by single spaces, a space at both ends."""

    def has_body(self, name: str, country: str | None) -> bool:
        """Whether a body, one above it or one below it is named, by any of its names."""
        known = vocabulary()
        above = known.parents(name)
        if name in self.bodies or self.bodies & set(above):
            return True
        if any(name in known.parents(body) for body in self.bodies):
            return True
        if any(self._says(text) for text in (name, *known.other_names(name))):
            return True
        if country in self.unnamed:
            return True
        if country in _INTERNATIONAL or country not in self.countries:
            return False
        return bool(_ROLES & set(stems(name)) & self.stems)

    def has_country(self, name: str) -> bool:
        """Whether a country, a place in it or a territory beside it is named."""
        if name in self.countries:
            return True
        head = name.rsplit(",", maxsplit=1)[-1].strip() if "," in name else name
        if any(head in other.split(", ") for other in self.countries if "," in other):
            return True
        if "," in name and name.rsplit(", ", maxsplit=1)[-1] in self.countries:
            return True
        return any(self._says(text) for text in (name, *vocabulary().other_names(name)))

    def has_crime_type(self, name: str) -> bool:
        return name in self.crime_types or self._says(name)

    def has_platform(self, value: str, text: str) -> bool:
        return value in self.platforms or self._says(value) or self._says(text)

    def has_date(self, iso: str) -> bool:
        """Whether a date is stated, or one within it."""
        return any(date == iso or date.startswith(f"{iso}-") for date in self.dates)

    def has_duration(self, text: str) -> bool:
        """Whether a term is stated, or a number of it is."""
        return normal_duration(text) in self.durations or bool(_numbers(text) & self.numbers)

    def has_number(self, text: str) -> bool:
        """Whether one of the numbers of a text is stated."""
        return bool(_numbers(text) & self.numbers)

    def may_state(self, text: str) -> bool:
        """Whether words of a statement occur so often that the case may state it."""
        told = set(content_stems(text))
        shared = sum(1 for stem in told if alike({stem}) & self.stems)
        return not told or shared > SHARED * len(told)

    def _says(self, phrase: str) -> bool:
        folded = " ".join(_WORD.findall(fold(phrase)))
        return bool(folded) and f" {folded} " in self.text


def truth_of(case: CaseFile) -> Truth:
    """Everything that the documents of a case name and state."""
    known = vocabulary()
    texts = [text for d in case.documents for text in (d.text, d.title)]
    mentions = [m for text in texts for m in known.mentions(text)]
    fields = [f for d in case.records for f in d.fields]
    bodies = {m.name for m in mentions if m.kind == "body"}
    bodies |= {f.value for f in fields if f.name is FieldName.AGENCIES}
    above = {parent for body in bodies for parent in known.parents(body)}
    homes = {b.country for b in known.bodies if b.name in bodies}
    places = {m.name for m in mentions if m.kind in ("country", "demonym", "city")}
    listed = {
        f.value for f in fields if f.name in (FieldName.COUNTRIES, FieldName.JURISDICTIONS)
    } | {f.attributes.get("country", "") for f in fields}
    money = {c for c, sign in _CURRENCIES.items() if any(sign.search(text) for text in texts)}
    platforms = {m.name for m in mentions if m.kind == "platform"}
    platforms |= {f.value for f in fields if f.name is FieldName.PLATFORMS}
    crime_types = {m.name for m in mentions if m.kind == "crime_type"}
    dates = {v.normal.split("/")[0] for text in texts for v in find("date", text)}
    dates |= {f.attributes["date"] for f in fields if "date" in f.attributes}
    return Truth(
        bodies=frozenset(bodies | above),
        countries=frozenset(places | listed | homes | money),
        crime_types=frozenset(crime_types | case.crime_types),
        platforms=frozenset(platforms),
        dates=frozenset(part for date in dates for part in _parts(date)),
        numbers=frozenset(n for text in texts for n in _numbers(text)),
        durations=frozenset(v.normal for text in texts for v in find("duration", text)),
        stems=frozenset(stem for text in texts for stem in stems(text)),
        unnamed=frozenset({c for text in texts for c in _unnamed(text)} | _unknown(case)),
        text=" ".join(("", *(w for text in texts for w in _WORD.findall(fold(text))), "")),
    )


def _unnamed(text: str) -> Iterable[str]:
    """Countries beside a word for a body, in the same sentence, and homes of "German police"."""
    homes = {body.name: body.country for body in vocabulary().bodies}
    for mention in vocabulary().mentions(text):
        written = text[mention.start : mention.end]
        if mention.kind == "body":
            is_own_name = fold(written) == fold(mention.name)
            if _VAGUE.search(written) or (not is_own_name and _UNNAMED.search(written)):
                yield homes.get(mention.name, "")
        if mention.kind not in ("country", "demonym", "city"):
            continue
        before = re.split(r"[.;\n]", text[max(0, mention.start - _BESIDE) : mention.start])[-1]
        after = re.split(r"[.;\n]", text[mention.end : mention.end + _BESIDE])[0]
        if _UNNAMED.search(f"{before} | {after}"):
            yield mention.name


def _unknown(case: CaseFile) -> set[str]:
    """Countries of bodies that the vocabulary does not have: they may stand for any other."""
    known = {body.name for body in vocabulary().bodies}
    return {
        item.field.attributes.get("country", "")
        for item in case.items(FieldName.AGENCIES)
        if item.field.value not in known or _VAGUE.search(item.text)
    }


def _numbers(text: str) -> frozenset[str]:
    """Numbers in normal form, also those before "million" or within a longer expression."""
    bare = {n for m in _DIGITS.finditer(text) if (n := normal_number(m.group()))}
    return figures(text) | {v.normal for v in find("count", text)} | bare


def _parts(date: str) -> Iterable[str]:
    bare = date.rsplit(" ", maxsplit=1)[-1]
    return (part for part in bare.split("/") if part)
