"""Sessions → handouts as they are read: every word in place, citations written out.

Used by the printable page, Markdown and DOCX alike. Knows no HTTP and no markup.
"""

from __future__ import annotations

from dataclasses import dataclass

from casequote.prompts.exercises.types import Alias, Exercise, Extract, Material, Option, Session
from casequote.prompts.exercises.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class CitationView:
    """An extract and where it stands."""

    number: int
    text: str
    place: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PointView:
    """An expected point with the numbers of its extracts."""

    number: int
    topic: str
    lead: str
    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyView:
    """The answer to one exercise."""

    correct: Option | None
    points: tuple[PointView, ...]
    citations: tuple[CitationView, ...]
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One exercise; `key` is None on the sheet of a trainee."""

    number: int
    kind: str
    topic: str
    note: str
    question: str
    material: tuple[Material, ...]
    options: tuple[Option, ...]
    lines: range
    """Empty lines for an answer by hand."""
    key: KeyView | None


@dataclass(frozen=True, slots=True)
class HandoutView:
    """An exercise sheet or an answer key."""

    language: str
    title: str
    subtitle: str
    remark: str
    words: Wording
    exercises: tuple[ExerciseView, ...]


LINES = 6


def handout_view(session: Session, *, with_key: bool) -> HandoutView:
    """The sheet for trainees, or the key for the trainer."""
    words = wording(session.settings.language)
    difficulty = words.label(f"difficulty_{session.settings.difficulty}")
    settings = words.label("settings", count=str(len(session.exercises)), difficulty=difficulty)
    seed = words.label("seed", seed=str(session.settings.seed))
    remark = f"{words.label('trainer_only')} {words.label('quoted')}" if with_key else ""
    return HandoutView(
        language=session.settings.language,
        title=words.label("key" if with_key else "sheet"),
        subtitle=f"{words.label('session', id=session.id)} · {settings} · {seed}",
        remark=remark,
        words=words,
        exercises=tuple(exercise_view(e, words, with_key=with_key) for e in session.exercises),
    )


def exercise_view(exercise: Exercise, words: Wording, *, with_key: bool) -> ExerciseView:
    """One exercise in the words of its frame."""
    return ExerciseView(
        number=exercise.number,
        kind=words.kind(exercise.kind),
        topic=words.topic(exercise.topic),
        note=exercise.note,
        question=exercise.question,
        material=exercise.material,
        options=exercise.options,
        lines=range(0 if exercise.options or with_key else LINES),
        key=key_view(exercise, words) if with_key else None,
    )


def key_view(exercise: Exercise, words: Wording) -> KeyView:
    """The key of an exercise with its citations."""
    key = exercise.key
    return KeyView(
        correct=next((o for o in exercise.options if o.label == key.correct), None),
        points=tuple(
            PointView(p.number, words.topic(p.topic), p.lead, p.text, p.extracts)
            for p in key.points
        ),
        citations=tuple(citation_view(e, words) for e in key.extracts),
        aliases=key.aliases,
    )


def citation_view(extract: Extract, words: Wording) -> CitationView:
    """Where an extract stands: "publisher, date: title, section; document, characters 10–20"."""
    told_by = extract.publisher or words.label("record")
    when = f", {words.date(extract.date)}" if extract.date else ""
    official = f" ({words.label('official_source_word')})" if extract.official else ""
    parts = [f"{told_by}{when}{official}"]
    parts += [part for part in (extract.title, extract.section) if part]
    if extract.sources:
        parts.append(words.label("listed_sources", publishers="; ".join(extract.sources)))
    place = words.label("characters", start=str(extract.start), end=str(extract.end))
    parts.append(f"{extract.document}, {place}")
    return CitationView(
        extract.number, extract.text, " · ".join(parts), extract.document, extract.start,
        extract.end,
    )  # fmt: skip
