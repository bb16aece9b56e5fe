"""Items and sentences → the numbered extracts, points and options of an exercise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from casequote.corpus.document import Document
from casequote.embeddings.terms import content_stems
from casequote.prompts.exercises import care
from casequote.prompts.exercises.chance import shuffled
from casequote.prompts.exercises.collection import CaseFile, Collection, Item
from casequote.prompts.exercises.types import (
    Alias,
    Exercise,
    ExerciseKind,
    Extract,
    Key,
    Material,
    Option,
    Point,
    PointStyle,
    Settings,
)
from casequote.prompts.exercises.wording import Wording

LABELS = "ABCDEFGH"
MOST_POINTS = {"easy": 3, "medium": 5, "hard": 8}
MOST_OPTIONS = {"easy": 3, "medium": 4, "hard": 5}


_OPENS_WITHIN = re.compile(
    r"(?:he|she|it|they|his|her|its|their|this|these|that|both|one)\b", re.IGNORECASE
)
TELLING = 3


@dataclass(frozen=True, slots=True)
class Making:
    """What every maker of exercises is given."""

    collection: Collection
    settings: Settings
    words: Wording

    @property
    def most_points(self) -> int:
        """Points that an answer is measured by."""
        return MOST_POINTS[self.settings.difficulty]

    @property
    def distractors(self) -> int:
        """Wrong options beside the right one."""
        return MOST_OPTIONS[self.settings.difficulty] - 1


@dataclass(slots=True)
class KeyBuilder:
    """Collects the extracts of a key; equal spans are one extract."""

    case: CaseFile
    extracts: list[Extract] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    def quote(self, document: Document, start: int, end: int, case: str = "") -> int:
        """The number of the extract over a span."""
        for known in self.extracts:
            if (known.document, known.start, known.end) == (document.id, start, end):
                return known.number
        section = document.section_at(start)
        sources = {source.number: source.publisher for source in document.sources}
        listed = (sources.get(number) for number in document.sources_of(start, end))
        publishers = tuple(dict.fromkeys(name for name in listed if name))
        shown = tuple(p for p in publishers if care.is_fit(p, self.case.names))
        self.extracts.append(
            Extract(
                number=len(self.extracts) + 1,
                text=document.text[start:end],
                document=document.id,
                case=case or self.case.id,
                title=document.title if care.is_fit(document.title, self.case.names) else "",
                section=section.label if section else "",
                start=start,
                end=end,
                publisher=document.publisher,
                date=document.date,
                official=document.official,
                sources=shown,
            )
        )
        return len(self.extracts)

    def quote_item(self, item: Item, case: str = "") -> int:
        """The number of the extract over an item."""
        return self.quote(item.document, item.field.start, item.field.end, case)

    def point(
        self,
        topic: str,
        text: str,
        style: PointStyle,
        extracts: Sequence[int],
        lead: str = "",
        accept: Sequence[str] = (),
    ) -> None:
        """Adds something that a good answer says."""
        number = len(self.points) + 1
        self.points.append(Point(number, topic, text, style, tuple(extracts), lead, tuple(accept)))

    def key(
        self,
        correct: str | None = None,
        aliases: Sequence[Alias] = (),
        cases: Sequence[str] = (),
    ) -> Key:
        """What was collected."""
        return Key(
            correct,
            tuple(self.points),
            tuple(self.extracts),
            tuple(aliases),
            tuple(cases) or (self.case.id,),
        )


def exercise(
    making: Making,
    case: CaseFile,
    kind: ExerciseKind,
    topic: str,
    question: str,
    key: Key,
    *,
    material: Sequence[Material] = (),
    options: Sequence[Option] = (),
) -> Exercise:
    """An exercise without its number, with the notes that its texts need."""
    texts = [
        question,
        *(m.text for m in material),
        *(o.text for o in options),
        *(e.text for e in key.extracts),
    ]
    types = {
        t
        for c in key.cases
        if c in making.collection.cases
        for t in making.collection.case(c).crime_types
    } or case.crime_types
    notes = [making.words.note(name) for name in care.note_for(types, texts)]
    return Exercise(
        number=0,
        kind=kind,
        topic=topic,
        question=question,
        material=tuple(material),
        options=tuple(options),
        note=" ".join(notes),
        key=key,
    )


def is_telling(text: str) -> bool:
    """Whether a text can be understood alone: it has words enough and opens with no pronoun."""
    told = [stem for stem in content_stems(text) if not any(c.isdigit() for c in stem)]
    return len(told) >= TELLING and not _OPENS_WITHIN.match(text)


def options_of(right: str, wrong: Sequence[str], *parts: object) -> tuple[tuple[Option, ...], str]:
    """Options in an order by chance, and the label of the right one."""
    order = shuffled([right, *wrong], "options", *parts)
    options = tuple(Option(LABELS[n], text) for n, text in enumerate(order))
    return options, LABELS[order.index(right)]
