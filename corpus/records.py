"""Record file → document, with SHERLOC's sections in SHERLOC's order.

The text is made to be read; every list item and field keeps its own offsets and source numbers.
"""

from __future__ import annotations

from collections.abc import Iterable

from casequote.corpus.document import STATED, Document, DocumentKind, FieldName, Source
from casequote.corpus.schema import ArticleFile, DefendantEntry, RecordFile, VictimsEntry
from casequote.corpus.text_builder import TextBuilder

STATUS_WORDS = {
    "concluded": "Concluded",
    "pending": "Pending",
    "operation": "Law enforcement operation",
    "unknown": "Result not known",
}


def record_document(record: RecordFile) -> Document:
    """The document of a record: `document.id` is `<case>--record`."""
    out = TextBuilder(sources={source.n for source in record.sources})
    out.title(record.title)
    _names_and_types(out, record)
    with out.section("Fact Summary"):
        out.prose(record.fact_summary)
    if record.commentary:
        with out.section("Commentary and Significant Features"):
            out.prose(record.commentary)
    _cross_cutting_issues(out, record)
    _list(out, "Involved Countries", FieldName.COUNTRIES, record.countries)
    _investigation(out, record)
    if record.cooperation:
        with out.section("International Cooperation"):
            _list(out, "Measures", FieldName.COOPERATION, record.cooperation)
    _procedure(out, record)
    _persons(out, record)
    _decision(out, record)
    _conflicts(out, record)
    _sources(out, record)
    return Document(
        id=f"{record.id}--record",
        kind=DocumentKind.RECORD,
        case=record.id,
        link=STATED,
        title=record.title,
        text=out.text,
        sections=tuple(out.sections),
        fields=tuple(out.fields),
        attributions=tuple(out.attributions),
        sources=tuple(
            Source(s.n, s.publisher, s.title, s.url, s.date, s.official) for s in record.sources
        ),
        names=(record.title, *record.aliases),
    )


def article_document(article: ArticleFile) -> Document:
    """The document of an article file; its title is ours and therefore not part of the text."""
    out = TextBuilder()
    out.prose(article.text)
    return Document(
        id=article.id,
        kind=DocumentKind.ARTICLE,
        case=article.case,
        link=STATED if article.case else None,
        title=article.title,
        text=out.text,
        publisher=article.publisher,
        date=article.date,
        url=article.url,
        official=article.official,
    )


def _list(out: TextBuilder, heading: str, name: FieldName, items: Iterable[str]) -> None:
    items = tuple(items)
    if not items:
        return
    with out.section(heading):
        for item in items:
            out.item(name, item)


def _names_and_types(out: TextBuilder, record: RecordFile) -> None:
    _list(out, "Also Known As", FieldName.ALIASES, record.aliases)
    _list(out, "Crime Types", FieldName.CRIME_TYPES, record.crime_types)
    _list(out, "Keywords", FieldName.KEYWORDS, record.keywords)


def _cross_cutting_issues(out: TextBuilder, record: RecordFile) -> None:
    parts = (
        ("Liability", FieldName.LIABILITY, record.liability),
        ("Offending", FieldName.OFFENDING, record.offending),
        ("Modus Operandi", FieldName.MODUS_OPERANDI, record.modus_operandi),
        ("Platforms", FieldName.PLATFORMS, record.platforms),
    )
    if any(items for _, _, items in parts):
        with out.section("Cross-Cutting Issues"):
            for heading, name, items in parts:
                _list(out, heading, name, items)


def _investigation(out: TextBuilder, record: RecordFile) -> None:
    parts = (
        record.agencies,
        record.arrests,
        record.confiscation,
        record.investigative_measures,
        record.amounts,
    )
    if not any(parts):
        return
    with out.section("Investigation Procedure"):
        if record.agencies:
            with out.section("Involved Agencies"):
                for agency in record.agencies:
                    country = agency.country or ""
                    out.item(
                        FieldName.AGENCIES,
                        agency.name,
                        detail=country,
                        sources=agency.sources,
                        attributes={"country": country} if country else None,
                    )
        if record.arrests:
            with out.section("Arrests"):
                arrests = record.arrests
                out.item(FieldName.ARRESTS, arrests.count, label="Count", sources=arrests.sources)
                if arrests.note:
                    out.item(FieldName.ARRESTS, arrests.note, attributes={"part": "note"})
        _list(out, "Confiscation and Seizure", FieldName.CONFISCATION, record.confiscation)
        _list(out, "Investigative Measures", FieldName.MEASURES, record.investigative_measures)
        if record.amounts:
            with out.section("Amounts"):
                for amount in record.amounts:
                    out.item(
                        FieldName.AMOUNTS,
                        amount.value,
                        label=_capitalised(amount.label),
                        sources=amount.sources,
                        attributes={"label": amount.label},
                    )


def _procedure(out: TextBuilder, record: RecordFile) -> None:
    with out.section("Procedural Information"):
        if record.legal_system:
            out.item(FieldName.LEGAL_SYSTEM, record.legal_system, label="Legal system")
        out.item(
            FieldName.STATUS,
            STATUS_WORDS[record.status],
            label="Latest status",
            value=record.status,
        )
        if record.period != "unknown":
            out.item(FieldName.PERIOD, record.period, label="Period of the events")
        for country in record.jurisdictions:
            out.item(FieldName.JURISDICTIONS, country, label="Jurisdiction")
        for number in record.case_numbers:
            out.item(FieldName.CASE_NUMBERS, number, label="Case number")
        _list(out, "Courts", FieldName.COURTS, record.courts)
        if record.dates:
            with out.section("Timeline"):
                for entry in record.dates:
                    out.item(
                        FieldName.DATES,
                        entry.event,
                        label=entry.date,
                        sources=entry.sources,
                        attributes={"date": entry.date},
                    )


def _persons(out: TextBuilder, record: RecordFile) -> None:
    if record.victims:
        _victims(out, record.victims)
    if record.defendants:
        with out.section("Defendants"):
            for defendant in record.defendants:
                _defendant(out, defendant)
            _accused(out, record)
    else:
        _accused(out, record)


def _accused(out: TextBuilder, record: RecordFile) -> None:
    """Persons who were not convicted stand under "Defendants" only beside some who were."""
    if record.accused:
        with out.section("Persons Accused or Arrested"):
            out.item(FieldName.ACCUSED, record.accused)


def _defendant(out: TextBuilder, defendant: DefendantEntry) -> None:
    about = {"defendant": defendant.name}
    sources = defendant.sources
    with out.section(defendant.name):
        out.item(
            FieldName.DEFENDANTS,
            defendant.name,
            label="Defendant",
            sources=sources,
            attributes=about,
        )
        lines = (
            (FieldName.DEFENDANTS, "Nationality", defendant.nationality, "nationality"),
            (FieldName.DEFENDANTS, "Role", defendant.role, "role"),
            *((FieldName.CHARGES, "Charge", charge, "") for charge in defendant.charges),
            (FieldName.PLEA, "Plea", defendant.plea, ""),
            (FieldName.VERDICT, "Verdict", defendant.verdict, ""),
            (FieldName.SENTENCE, "Sentence", defendant.sentence, ""),
        )
        for name, label, text, part in lines:
            if text:
                attributes = about | ({"part": part} if part else {})
                out.item(name, text, label=label, sources=sources, attributes=attributes)


def _victims(out: TextBuilder, victims: VictimsEntry) -> None:
    with out.section("Victims"):
        lines = [("Count", "count", victims.count), ("Age", "age", victims.age_range)]
        lines += [("Country", "country", country) for country in victims.countries]
        lines += [("Note", "note", victims.note)]
        for label, part, text in lines:
            if text:
                out.item(FieldName.VICTIMS, text, label=label, attributes={"part": part})
        if named := victims.publicly_named:
            out.item(
                FieldName.VICTIMS,
                f"{named.name}, {named.note}",
                label="Publicly named",
                sources=named.sources,
                attributes={"part": "publicly_named"},
            )


def _decision(out: TextBuilder, record: RecordFile) -> None:
    _list(out, "Legal Provisions", FieldName.PROVISIONS, record.legal_provisions)
    if record.outcome:
        with out.section("Outcome"):
            out.prose(record.outcome, FieldName.OUTCOME)


def _conflicts(out: TextBuilder, record: RecordFile) -> None:
    if not record.conflicts:
        return
    with out.section("Disagreements Between Sources"):
        for conflict in record.conflicts:
            for stated in conflict.values:
                out.item(
                    FieldName.CONFLICTS,
                    stated.value,
                    label=_capitalised(conflict.item),
                    sources=stated.sources,
                    attributes={"item": conflict.item},
                )


def _sources(out: TextBuilder, record: RecordFile) -> None:
    if not record.sources:
        return
    with out.section("Sources"):
        for source in record.sources:
            when = f", {source.date}" if source.date else ""
            out.item(
                FieldName.SOURCES,
                f"{source.publisher}: {source.title}{when}",
                sources=(source.n,),
                attributes={"url": source.url or "", "number": str(source.n)},
            )


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]
