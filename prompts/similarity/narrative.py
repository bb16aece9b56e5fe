"""A pasted text or file → the document that similar cases are looked for by, once it is checked.

Raises InvalidRequest with the fact and the remedy: for a text that is empty, too long, or in a
language that the encoder does not know.
"""

from __future__ import annotations

from casequote.corpus.document import Document, DocumentKind
from casequote.corpus.errors import InvalidRequest
from casequote.corpus.vocabulary import vocabulary
from casequote.embeddings.terms import stop_words, words
from casequote.prompts.similarity.results import Recognised

MOST_CHARACTERS = 20_000
NARRATIVE = "narrative"
"""Id of the document; offsets of its extracts refer to the text that was given."""
LEAST_WORDS = 5
_SAMPLE = 4_000
_ENGLISH = 0.2
"""Share of very common English words from which a text is taken to be English."""
_SURE = 12
"""Words from which the language of a text can be told."""
_LANGUAGES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tl": "Tagalog",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def narrative(text: str, title: str = "The narrative given") -> Document:
    """The document of a narrative."""
    if not text.strip():
        raise InvalidRequest("the narrative is empty; give the text of a report or of a case")
    if len(text) > MOST_CHARACTERS:
        raise InvalidRequest(
            f"the narrative has {len(text):,} characters, and at most {MOST_CHARACTERS:,} are "
            "read; leave out what is not about the facts"
        )
    if language := foreign_language(text):
        raise InvalidRequest(
            f"the narrative seems to be written in {language}, and the encoder knows English "
            "only; give an English translation"
        )
    if len(words(text)) < LEAST_WORDS:
        raise InvalidRequest(
            f"the narrative has fewer than {LEAST_WORDS} words; describe what was done, to whom "
            "and how"
        )
    return Document(id=NARRATIVE, kind=DocumentKind.ARTICLE, title=title, text=text)


def foreign_language(text: str) -> str | None:
    """The name of the language of a text that is not English; None for English or if unsure."""
    sample = text[:_SAMPLE]
    found = words(sample)
    common = stop_words()
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return None
    latin = sum(c.isascii() for c in letters) / len(letters)
    if latin > 0.5 and (
        len(found) < _SURE or sum(word in common for word in found) >= _ENGLISH * len(found)
    ):
        return None
    from py3langid import classify  # loads its model, which English texts need not wait for

    code = str(classify(sample)[0])
    return None if code == "en" else _LANGUAGES.get(code, f"another language ({code})")


def recognised(document: Document) -> tuple[Recognised, ...]:
    """Countries, places, bodies, services and offences named in a text, from left to right."""
    return tuple(
        Recognised(m.kind, m.name, m.start, m.end) for m in vocabulary().mentions(document.text)
    )
