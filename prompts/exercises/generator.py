"""Settings → a session: exercises of the kinds asked for, over the cases, by the seed.

Equal settings over an equal library make the same session, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from pydantic import TypeAdapter

from casequote.corpus.errors import InvalidRequest
from casequote.prompts.exercises import care
from casequote.prompts.exercises.building import Making
from casequote.prompts.exercises.chance import shuffled
from casequote.prompts.exercises.choice import make_choices
from casequote.prompts.exercises.collection import CaseFile, Collection
from casequote.prompts.exercises.conflict import make_conflicts
from casequote.prompts.exercises.facts_exercises import (
    make_classifications,
    make_cooperation_drills,
    make_scenarios,
)
from casequote.prompts.exercises.open_question import make_open_questions
from casequote.prompts.exercises.similar import SimilarCases
from casequote.prompts.exercises.spot import make_spots
from casequote.prompts.exercises.types import Exercise, ExerciseKind, Session, Settings
from casequote.prompts.exercises.wording import wording

MOST_EXERCISES = 200
SESSION = TypeAdapter(Session)
"""Reads and writes sessions as JSON."""
_Maker = Callable[[Making, CaseFile], list[Exercise]]


class Generator:
    """Makes sessions from one collection, with the likeness that scenarios use."""

    def __init__(self, collection: Collection, likeness: SimilarCases) -> None:
        self.collection = collection
        self._makers: dict[ExerciseKind, _Maker] = {
            ExerciseKind.CHOICE: make_choices,
            ExerciseKind.OPEN: make_open_questions,
            ExerciseKind.SPOT: make_spots,
            ExerciseKind.CLASSIFY: make_classifications,
            ExerciseKind.CONFLICT: make_conflicts,
            ExerciseKind.SCENARIO: lambda making, case: make_scenarios(making, case, likeness),
            ExerciseKind.COOPERATION: make_cooperation_drills,
        }

    def session(self, settings: Settings) -> Session:
        """The session of some settings.

        Raises InvalidRequest when the settings are not possible, or when the cases do not give so
        many exercises, and NotInLibrary for an unknown case.
        """
        checked(settings)
        made: list[Exercise] = []
        for found in self._in_turn(settings):
            made.append(replace(found, number=len(made) + 1))
            if len(made) == settings.count:
                break
        if not made:
            raise InvalidRequest(
                f"no exercise of the kinds {', '.join(settings.kinds)} can be made from the "
                f"{len(settings.cases)} cases chosen: they state too little, or in the library "
                "too few cases have other values for wrong options; choose more cases or kinds"
            )
        if len(made) < settings.count:
            raise InvalidRequest(
                f"only {len(made)} can be made from the cases and kinds chosen, {settings.count} "
                "were asked for; lower the count, or choose more cases or kinds"
            )
        whole = Session("", settings, tuple(made))
        digest = hashlib.sha256(SESSION.dump_json(whole)).hexdigest()
        return replace(whole, id=digest[:16])

    def of_case(self, case_id: str, kind: ExerciseKind, settings: Settings) -> list[Exercise]:
        """Every exercise of one kind that a case gives, each fit to be shown."""
        making = Making(self.collection, settings, wording(settings.language))
        case = self.collection.case(case_id)
        return [e for e in self._makers[kind](making, case) if self._is_sound(e)]

    def _in_turn(self, settings: Settings) -> Iterator[Exercise]:
        """One exercise of each case and kind in turn, then the next of each."""
        cases = shuffled(sorted(set(settings.cases)), settings.seed, "cases")
        kinds = shuffled(sorted(set(settings.kinds)), settings.seed, "kinds")
        waiting: dict[tuple[str, ExerciseKind], list[Exercise]] = {}
        width = len(kinds)
        # Diagonally through the table of cases and kinds, so that neither is repeated early.
        places = [
            (cases[step % len(cases)], kinds[(step + step // len(cases)) % width])
            for step in range(len(cases) * width)
        ]
        places = list(dict.fromkeys(places)) + [
            (c, k) for c in cases for k in kinds if (c, k) not in set(places)
        ]
        while places:
            left = []
            for place in places:
                if place not in waiting:
                    found = self.of_case(*place, settings)
                    waiting[place] = shuffled(found, settings.seed, *place)
                if waiting[place]:
                    yield waiting[place].pop(0)
                if waiting[place]:
                    left.append(place)
            places = left

    def _is_sound(self, made: Exercise) -> bool:
        """The last gate: exact extracts, nothing that must not be shown, one right option."""
        case = self.collection.case(made.key.cases[0])
        texts = self.collection.texts
        exact = all(texts[e.document][e.start : e.end] == e.text for e in made.key.extracts)
        shown = [
            made.question,
            *(part for m in made.material for part in (m.label, m.text)),
            *(o.text for o in made.options),
            *(e.text for e in made.key.extracts),
            *(p.text for p in made.key.points),
            *(a.original for a in made.key.aliases),
        ]
        labels = [o.label for o in made.options]
        distinct = len({o.text.casefold() for o in made.options}) == len(made.options)
        return (
            exact
            and all(care.is_fit(text, case.names) for text in shown)
            and distinct
            and (made.key.correct in labels if labels else bool(made.key.points))
        )


def checked(settings: Settings) -> None:
    """Raises InvalidRequest for settings that are not possible."""
    if not 1 <= settings.count <= MOST_EXERCISES:
        raise InvalidRequest(
            f"count is {settings.count}; choose between 1 and {MOST_EXERCISES} exercises"
        )
    if not settings.kinds:
        known = ", ".join(ExerciseKind)
        raise InvalidRequest(f"no kind of exercise is chosen; choose among {known}")
    if not settings.cases:
        raise InvalidRequest(
            "no case is left after the filters; widen them, or choose cases by id "
            "(`casequote cases` lists them)"
        )
