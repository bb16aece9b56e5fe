"""Patterns across the collection as they are sent, for HTTP and `--json` alike."""

from __future__ import annotations

from collections.abc import Sequence

from casequote.prompts.findings import Quote
from casequote.prompts.patterns.facets import Facets
from casequote.prompts.patterns.network import CoOccurrence, Evidence, Network
from casequote.prompts.patterns.timeline import Timeline
from casequote.prompts.similarity.quoting import Numbering
from casequote.server.wire import ExtractOut, Wire, extract_out


class FacetCountOut(Wire):
    """A value, the exact number of cases that state it, and their ids."""

    value: str
    cases: int
    ids: list[str]


class FacetsOut(Wire):
    """Facets over the cases that meet the filters."""

    cases: int
    filters: dict[str, str | int]
    facets: dict[str, list[FacetCountOut]]


class EventOut(Wire):
    """A dated event; `first` and `last` differ where the record gives two dates."""

    date: str
    first: str
    last: str
    precision: str
    qualifier: str | None
    case: str
    text: str
    extract: ExtractOut


class TimelineOut(Wire):
    """Events in order, and how many there are in each year."""

    case: str | None
    filters: dict[str, str | int]
    years: dict[str, int]
    events: list[EventOut]


class EvidenceOut(Wire):
    """Where one case names both."""

    case: str
    extracts: list[ExtractOut]


class NodeOut(Wire):
    """An agency or country."""

    id: str
    kind: str
    name: str
    cases: int


class EdgeOut(Wire):
    """Two nodes that are named for the same cases; some of the cases are quoted."""

    first: str
    second: str
    cases: int
    ids: list[str]
    evidence: list[EvidenceOut]


class NetworkOut(Wire):
    """Who worked together."""

    filters: dict[str, str | int]
    nodes: list[NodeOut]
    edges: list[EdgeOut]
    left_out: int


class BesideOut(Wire):
    """A value named for the same cases."""

    value: str
    cases: int
    of_its_cases: int
    ids: list[str]
    evidence: list[EvidenceOut]


class CoOccurrenceOut(Wire):
    """What is named most often beside a value."""

    kind: str
    value: str
    cases: int
    beside_kind: str
    filters: dict[str, str | int]
    beside: list[BesideOut]


def facets_out(found: Facets, filters: dict[str, str | int]) -> FacetsOut:
    """Facets as they are sent."""
    return FacetsOut(
        cases=found.cases,
        filters=filters,
        facets={
            kind: [FacetCountOut(value=v.value, cases=len(v.cases), ids=list(v.cases)) for v in own]
            for kind, own in found.facets.items()
        },
    )


def timeline_out(found: Timeline, case: str | None, filters: dict[str, str | int]) -> TimelineOut:
    """A timeline as it is sent."""
    numbering = Numbering()
    return TimelineOut(
        case=case,
        filters=filters,
        years=found.years,
        events=[
            EventOut(
                date=event.date,
                first=event.first,
                last=event.last,
                precision=event.precision,
                qualifier=event.qualifier,
                case=event.case,
                text=" ".join(event.quote.text.split()),
                extract=_quoted(event.quote, numbering),
            )
            for event in found.events
        ],
    )


def network_out(found: Network, filters: dict[str, str | int]) -> NetworkOut:
    """A network as it is sent."""
    numbering = Numbering()
    return NetworkOut(
        filters=filters,
        nodes=[NodeOut(id=n.id, kind=n.kind, name=n.name, cases=n.cases) for n in found.nodes],
        edges=[
            EdgeOut(
                first=edge.first,
                second=edge.second,
                cases=len(edge.cases),
                ids=list(edge.cases),
                evidence=_evidence(edge.evidence, numbering),
            )
            for edge in found.edges
        ],
        left_out=found.left_out,
    )


def co_occurrence_out(found: CoOccurrence, filters: dict[str, str | int]) -> CoOccurrenceOut:
    """What is named beside a value, as it is sent."""
    numbering = Numbering()
    return CoOccurrenceOut(
        kind=found.kind,
        value=found.value,
        cases=found.cases,
        beside_kind=found.beside_kind,
        filters=filters,
        beside=[
            BesideOut(
                value=b.value,
                cases=len(b.cases),
                of_its_cases=b.of_its_cases,
                ids=list(b.cases),
                evidence=_evidence(b.evidence, numbering),
            )
            for b in found.beside
        ],
    )


def _evidence(found: Sequence[Evidence], numbering: Numbering) -> list[EvidenceOut]:
    return [
        EvidenceOut(case=e.case, extracts=[_quoted(q, numbering) for q in (e.first, e.second)])
        for e in found
    ]


def _quoted(quote: Quote, numbering: Numbering) -> ExtractOut:
    return extract_out(numbering.extract(quote))
