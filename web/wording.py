"""What codes are called on the pages: fields, filters, outcomes. English; `locale/` translates it.

Templates show them through gettext: `_(wording.fields[name])`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from casequote.prompts.kinds import kinds


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for codes, by what they are codes of."""

    fields: dict[str, str] = field(
        default_factory=lambda: {
            "aliases": "Other names",
            "crime_types": "Crime types",
            "keywords": "Keywords",
            "period": "Period of the events",
            "status": "Status",
            "legal_system": "Legal system",
            "jurisdictions": "Jurisdictions",
            "courts": "Courts",
            "case_numbers": "Case numbers",
            "dates": "Dates",
            "liability": "Liability",
            "offending": "Offending",
            "modus_operandi": "Modus operandi",
            "platforms": "Platforms",
            "amounts": "Sums of money",
            "countries": "Countries",
            "agencies": "Agencies",
            "confiscation": "Seizures and confiscations",
            "investigative_measures": "Investigative measures",
            "arrests": "Arrests",
            "cooperation": "International cooperation",
            "victims": "Victims",
            "defendants": "Defendants",
            "charges": "Charges",
            "verdict": "Verdict",
            "sentence": "Sentences",
            "legal_provisions": "Legal provisions",
            "outcome": "Outcome",
            "conflicts": "Disagreements",
        }
    )
    filters: dict[str, str] = field(
        default_factory=lambda: {
            "country": "Country",
            "agency": "Agency",
            "crime_type": "Crime type",
            "keyword": "Keyword",
            "platform": "Platform",
            "court": "Court",
            "year_from": "From year",
            "year_to": "To year",
        }
    )
    themes: dict[str, str] = field(
        default_factory=lambda: {"auto": "System", "light": "Light", "dark": "Dark"}
    )
    outcomes: dict[str, str] = field(
        default_factory=lambda: {
            "added": "Added",
            "changed": "Replaced",
            "unchanged": "Unchanged",
            "failed": "Not read",
        }
    )
    sorts: dict[str, str] = field(
        default_factory=lambda: {
            "relevance": "Relevance",
            "title": "Title",
            "newest": "Latest events",
            "oldest": "Earliest events",
            "documents": "Most documents",
        }
    )
    exports: dict[str, str] = field(
        default_factory=lambda: {
            "docx": "Word (DOCX)",
            "md": "Markdown",
            "csv": "Table (CSV)",
            "json": "JSON",
            "ris": "RIS",
            "bib": "BibTeX",
            "csl": "CSL-JSON",
        }
    )
    copies: dict[str, str] = field(
        default_factory=lambda: {
            "txt": "plain text",
            "md": "Markdown",
            "footnotes": "with footnotes",
        }
    )
    questions: dict[str, str] = field(
        default_factory=lambda: {
            "agencies": "Which agencies took part in {}?",
            "confiscation": "What was seized in {}?",
            "sentence": "What sentences were imposed in {}?",
            "platforms": "Which platforms were used in {}?",
            "countries": "Which cases involve {}?",
            "arrests": "How many people were arrested in {}?",
            "cooperation": "How did countries cooperate in {}?",
            "conflicts": "Where do the sources disagree in {}?",
        }
    )
    """Questions that the assistant understands; they are asked in English."""

    def messages(self) -> Iterator[str]:
        """Everything of this that is shown translated, and the labels of kinds of question."""
        for group in fields(self):
            if group.name != "questions":
                yield from getattr(self, group.name).values()
        yield from (kind.label for kind in kinds().values())


wording = Wording()
