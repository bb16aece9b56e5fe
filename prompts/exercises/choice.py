"""Knowledge checks: one right option of a case, the others of the same type from other cases.

No distractor is true for the case by any of its documents (`truth`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from casequote.corpus.document import FieldName
from casequote.corpus.normal import fold
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import content_stems
from casequote.prompts.exercises.building import KeyBuilder, Making, exercise, is_telling, options_of
from casequote.prompts.exercises.chance import shuffled
from casequote.prompts.exercises.collection import CaseFile, Item
from casequote.prompts.exercises.truth import Truth, truth_of
from casequote.prompts.exercises.types import Exercise, ExerciseKind
from casequote.prompts.values import find, normal_number
from casequote.prompts.values.normal import normal_duration

_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_PLAIN_COUNT = re.compile(r"(?:about |some |at least |over |more than )?\d[\d,]*")
_SUM = re.compile(r"[A-Z]{3} [\d.,]+(?: (?:million|billion))?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CAPITAL = re.compile(r"(?<!^)(?<![.(“\"] )\b[A-Z][\w’'-]+")
_KEPT_CAPITALS = frozenset({"European", "Europol", "Eurojust", "Internet", "Bitcoin", "Order"})
_NEAR_YEARS = 3
_COMMON = 24
"""Distractors of medium difficulty are among so many of the most common ones."""
_UNSPECIFIC = re.compile(r"\b(?:authorities|team|special|several|various|other)\b", re.IGNORECASE)
Chooser = Callable[[Making, CaseFile, Truth], Iterator[Exercise]]


def make_choices(making: Making, case: CaseFile) -> list[Exercise]:
    """Every knowledge check of a case, by topic."""
    truth = _truth(case)
    return [made for choose in _CHOOSERS for made in choose(making, case, truth)]


@lru_cache(maxsize=512)
def _truth(case: CaseFile) -> Truth:
    return truth_of(case)


def _made(
    making: Making,
    case: CaseFile,
    topic: str,
    item: Item,
    right: str,
    wrong: Sequence[str],
    **words: str,
) -> Iterator[Exercise]:
    """The exercise, when there are enough distractors."""
    if len(wrong) < making.distractors:
        return
    in_words = topic in ("investigative_measures", "cooperation", "outcome", "sentence")
    kept = _fitting(right, wrong, making) if in_words else list(wrong[: making.distractors])
    options, correct = options_of(right, kept, making.settings.seed, case.id, topic, right)
    key = KeyBuilder(case)
    key.quote_item(item)
    question = making.words.question(f"choice_{topic}", case=case.title, **words)
    yield exercise(
        making, case, ExerciseKind.CHOICE, topic, question, key.key(correct), options=options
    )


def _fitting(right: str, wrong: Sequence[str], making: Making) -> list[str]:
    """So many as wanted, those nearest in length, so that length does not tell the right one."""
    pool = list(wrong[: making.distractors * 3])
    pool.sort(key=lambda text: abs(len(text) - len(right)))
    return pool[: making.distractors]


def _by_difficulty(making: Making, case: CaseFile, name: FieldName, values: list[str]) -> list[str]:
    """Common distractors first where it is to be hard, rare ones where it is to be easy."""
    common = making.collection.common(name)
    order = shuffled(values, making.settings.seed, case.id, name)
    if making.settings.difficulty == "easy":
        return sorted(order, key=lambda value: common[value])
    best = sorted(order, key=lambda value: -common[value])
    if making.settings.difficulty == "hard":
        return best
    return shuffled(best[:_COMMON], making.settings.seed, case.id, name) + best[_COMMON:]


def _asked(making: Making, case: CaseFile, name: FieldName) -> list[Item]:
    items = [i for i in case.fit_items(name)]
    return shuffled(items, making.settings.seed, case.id, "asked", name)


def _agencies(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    known = {b.name: b.country for b in vocabulary().bodies}
    shared = set(making.collection.common(FieldName.AGENCIES))
    home = {i.field.attributes.get("country", "") for i in case.items(FieldName.AGENCIES)}
    free = [
        b
        for b in sorted(shared & set(known))
        if not _UNSPECIFIC.search(b) and _is_mention(b) and not truth.has_body(b, known[b])
    ]
    ordered = _by_difficulty(making, case, FieldName.AGENCIES, free)
    near = [b for b in ordered if known[b] in home | truth.countries | {"International", "European Union"}]
    far = [b for b in ordered if b not in near]
    wrong = near[: max(1, making.distractors - 1)] + far
    asked = _asked(making, case, FieldName.AGENCIES)
    for item in [i for i in asked if fold(i.text) not in fold(case.title)][:2]:
        yield from _made(making, case, "agencies", item, item.text, wrong)


def _countries(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    values = sorted(making.collection.common(FieldName.COUNTRIES))
    free = [c for c in values if vocabulary().country(c) and not truth.has_country(c)]
    wrong = _by_difficulty(making, case, FieldName.COUNTRIES, free)
    items = _asked(making, case, FieldName.COUNTRIES)
    told = [i for i in items if not _told_by_title(i.text, case)]
    for item in told[:1]:
        yield from _made(making, case, "countries", item, item.text, wrong)


def _is_mention(text: str) -> bool:
    """Whether a name is one by itself, not a kind of body or service."""
    found = vocabulary().mentions(text)
    capital = text[:1].isupper() or any(c.isupper() for c in text)
    return capital and len(found) == 1 and found[0].end - found[0].start == len(text)


def _told_by_title(country: str, case: CaseFile) -> bool:
    named = {m.name for m in vocabulary().mentions(case.title)}
    return country in named or any(w in case.title for w in country.split() if len(w) > 5)


def _crime_types(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    values = sorted(making.collection.common(FieldName.CRIME_TYPES))
    free = [v for v in values if not truth.has_crime_type(v)]
    wrong = _by_difficulty(making, case, FieldName.CRIME_TYPES, free)
    for item in _asked(making, case, FieldName.CRIME_TYPES)[:1]:
        yield from _made(making, case, "crime_types", item, item.text, wrong)


def _platforms(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    known = {p.name for p in vocabulary().platforms}
    pool = {
        item.field.value: item.text
        for _, item in making.collection.fit_items(FieldName.PLATFORMS)
        if item.field.value in known and _is_mention(item.text)
    }
    free = [v for v, text in sorted(pool.items()) if not truth.has_platform(v, text)]
    ordered = _by_difficulty(making, case, FieldName.PLATFORMS, free)
    wrong = list(dict.fromkeys(pool[v] for v in ordered))
    items = [
        i
        for i in _asked(making, case, FieldName.PLATFORMS)
        if i.field.value in known and _is_mention(i.text)
    ]
    for item in [i for i in items if fold(i.text) not in fold(case.title)][:1]:
        yield from _made(making, case, "platforms", item, item.text, wrong)


def _dates(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    disputed = _disputed(case, "date year month time day start end begin dates signing")
    asked = 0
    for item in _asked(making, case, FieldName.DATES):
        iso = item.field.attributes.get("date", "")
        event = item.text
        if not _DAY.fullmatch(iso) or not is_telling(event) or _YEAR.search(event):
            continue
        if disputed or asked == 2:
            continue
        others = {
            other
            for _, found in making.collection.fit_items(FieldName.DATES)
            if len(other := found.field.attributes.get("date", "")) == len(iso)
            and _DAY.fullmatch(other)
            and abs(int(other[:4]) - int(iso[:4])) <= _NEAR_YEARS
            and not truth.has_date(other)
        }
        order = shuffled(sorted(others), making.settings.seed, case.id, iso, event)
        months = {d[:7]: d for d in order if d[:7] != iso[:7]}
        wrong = [making.words.date(d) for d in months.values()]
        if making.settings.difficulty == "hard":
            wrong.sort(key=lambda d: d[-4:] != iso[:4])
        asked += 1
        yield from _made(
            making, case, "dates", item, making.words.date(iso), wrong, event=event
        )


def _sentences(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    if _disputed(case, "sentence term terms years imprisonment wording"):
        return
    for item in _asked(making, case, FieldName.SENTENCE)[:1]:
        person = item.field.attributes.get("defendant", "")
        if not person[:1].isupper() or not _is_plain_sentence(item.text):
            continue
        pool = [
            found.text
            for _, found in making.collection.fit_items(FieldName.SENTENCE)
            if _is_plain_sentence(found.text)
            and not truth.has_duration(found.text)
            and not _names_something(found.text)
        ]
        wrong = list(dict.fromkeys(shuffled(pool, making.settings.seed, case.id, "sentence")))
        yield from _made(making, case, "sentence", item, item.text, wrong, defendant=person)


def _is_plain_sentence(text: str) -> bool:
    return normal_duration(text) is not None and len(text) <= 90 and "(" not in text


def _arrests(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    if _disputed(case, "arrest arrests arrested people persons"):
        return
    for item in _asked(making, case, FieldName.ARRESTS)[:1]:
        if not _PLAIN_COUNT.fullmatch(item.text):
            continue
        size = float(normal_number(item.text) or 0)
        pool = {
            found.text
            for _, found in making.collection.fit_items(FieldName.ARRESTS)
            if _PLAIN_COUNT.fullmatch(found.text) and not truth.has_number(found.text)
        }
        order = shuffled(sorted(pool), making.settings.seed, case.id, "arrests")
        order.sort(key=lambda text: abs(float(normal_number(text) or 0) - size))
        yield from _made(making, case, "arrests", item, item.text, order)


def _amounts(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
    for item in _asked(making, case, FieldName.AMOUNTS):
        label = item.field.attributes.get("label", "")
        if not _SUM.fullmatch(item.text) or _disputed(case, label) or _disputed(case, "sum loss value amount"):
            continue
        size = float(normal_number(item.text[4:]) or 0)
        pool = {
            found.text
            for _, found in making.collection.fit_items(FieldName.AMOUNTS)
            if _SUM.fullmatch(found.text)
            and found.text[:3] == item.text[:3]
            and not truth.has_number(found.text)
        }
        order = shuffled(sorted(pool), making.settings.seed, case.id, "amounts")
        order.sort(key=lambda text: _factor(float(normal_number(text[4:]) or 0), size))
        yield from _made(making, case, "amounts", item, item.text, order, label=label)
        return


def _factor(number: float, size: float) -> float:
    if not number or not size:
        return float("inf")
    return max(number, size) / min(number, size)


def _statements(
    name: FieldName, figure_needed: bool, topic: str
) -> Chooser:
    """Statements in words: measures, cooperation, outcome."""

    def choose(making: Making, case: CaseFile, truth: Truth) -> Iterator[Exercise]:
        asked = [i for i in _asked(making, case, name) if _tells(i.text, case)][:1]
        for item in asked:
            pool = [
                found.text
                for _, found in making.collection.fit_items(name)
                if not _names_something(found.text)
                and is_telling(found.text)
                and not _same_kind(found.text, item.text)
                and (
                    bool(find("duration", found.text)) and not truth.has_number(found.text)
                    if figure_needed
                    else not truth.may_state(found.text)
                )
            ]
            wrong = list(dict.fromkeys(shuffled(pool, making.settings.seed, case.id, topic)))
            yield from _made(making, case, topic, item, item.text, wrong)

    return choose


def _tells(text: str, case: CaseFile) -> bool:
    """Whether a statement would not be told by a name that it holds alone."""
    named = any(fold(name) in fold(text) for name in case.called)
    return not named and len(text) <= 170 and is_telling(text)


def _same_kind(one: str, other: str) -> bool:
    a, b = set(content_stems(one)), set(content_stems(other))
    return bool(a & b) and len(a & b) >= 0.5 * min(len(a), len(b))


def _names_something(text: str) -> bool:
    """Whether a statement names a place, body or person, which would tell that it is foreign."""
    mentions = vocabulary().mentions(text)
    if any(m.kind in ("country", "demonym", "city", "body", "platform") for m in mentions):
        return True
    return any(m.group() not in _KEPT_CAPITALS for m in _CAPITAL.finditer(text))


def _disputed(case: CaseFile, words: str) -> bool:
    """Whether sources differ about something with one of the words."""
    wanted = set(content_stems(words)) | set(words.split())
    return any(
        wanted & (set(content_stems(item)) | set(item.casefold().split()))
        for field in case.items(FieldName.CONFLICTS)
        if (item := field.field.attributes.get("item", ""))
    )


_CHOOSERS: tuple[Chooser, ...] = (
    _agencies,
    _countries,
    _crime_types,
    _dates,
    _platforms,
    _sentences,
    _arrests,
    _amounts,
    _statements(FieldName.MEASURES, False, "investigative_measures"),
    _statements(FieldName.COOPERATION, False, "cooperation"),
    _statements(FieldName.OUTCOME, True, "outcome"),
)
