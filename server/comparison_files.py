"""Comparison → text, JSON, Markdown, CSV or Word, each cell with its quotes and their places."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from casequote.prompts.similarity.comparison import NOT_STATED, Cell, CellItem, Comparison
from casequote.server.similar_wire import comparison_out

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins with one of these; documents are data."""


def written(comparison: Comparison, form: str) -> bytes:
    """The comparison as a file of one of the forms: text, json, markdown, csv, docx."""
    return _FORMS[form](comparison)


def _json(comparison: Comparison) -> bytes:
    return (comparison_out(comparison).model_dump_json(indent=2) + "\n").encode()


def _text(comparison: Comparison) -> bytes:
    lines: list[str] = []
    for row in comparison.rows:
        lines.append(row.label)
        for case, cell in zip(comparison.cases, row.cells, strict=True):
            lines.append(f"  {case.title}")
            lines += [f"    {line}" for line in _lines(cell)]
        lines.append("")
    lines += _places(comparison)
    return ("\n".join(lines) + "\n").encode()


def _markdown(comparison: Comparison) -> bytes:
    def cell_of(text: str) -> str:
        escaped = " ".join(text.split()).replace("\\", "\\\\")
        for sign in "|`*_[]<>#":
            escaped = escaped.replace(sign, f"\\{sign}")
        return escaped

    heads = ["", *(cell_of(case.title) for case in comparison.cases)]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for row in comparison.rows:
        cells = ["<br>".join(map(cell_of, _lines(cell))) for cell in row.cells]
        lines.append("| " + " | ".join([f"**{cell_of(row.label)}**", *cells]) + " |")
    lines += ["", *(f"- {cell_of(line)}" for line in _places(comparison))]
    return ("\n".join(lines) + "\n").encode()


def _csv(comparison: Comparison) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(["", *(_harmless(case.title) for case in comparison.cases)])
    for row in comparison.rows:
        cells = ["\n".join(_lines(cell)) for cell in row.cells]
        table.writerow([_harmless(text) for text in (row.label, *cells)])
    return out.getvalue().encode("utf-8-sig")  # without the mark, Excel reads another encoding


def _docx(comparison: Comparison) -> bytes:
    import docx  # slow to import, and seldom needed
    from docx.enum.section import WD_ORIENT

    file = docx.Document()
    page = file.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    file.add_heading("Comparison of cases", level=1)
    table = file.add_table(rows=1, cols=1 + len(comparison.cases), style="Table Grid")
    for place, case in enumerate(comparison.cases, start=1):
        table.rows[0].cells[place].text = _printable(case.title)
    for row in comparison.rows:
        cells = table.add_row().cells
        cells[0].text = row.label
        for place, cell in enumerate(row.cells, start=1):
            cells[place].text = _printable("\n".join(_lines(cell)))
    file.add_heading("Sources", level=2)
    for line in _places(comparison):
        file.add_paragraph(_printable(line))
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


_FORMS: Mapping[str, Callable[[Comparison], bytes]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "csv": _csv,
    "docx": _docx,
}


def _lines(cell: Cell) -> list[str]:
    """The items of a cell with their numbers, then what its sources state differently."""
    if not cell.stated:
        return [NOT_STATED]
    lines = [_line(item) for item in cell.items]
    for conflict in cell.conflicts:
        values = "; ".join(f"“{v.text}” [{v.extract.number}]" for v in conflict.values)
        lines.append(f"sources disagree on {conflict.item}: {values}")
    return lines


def _line(item: CellItem) -> str:
    about = f"{item.about}: " if item.about else ""
    return f"{about}“{item.text}” [{item.extract.number}]"


def _places(comparison: Comparison) -> Iterator[str]:
    """Where each number leads."""
    extracts = {
        item.extract.number: item.extract
        for row in comparison.rows
        for cell in row.cells
        for item in (*cell.items, *(v for c in cell.conflicts for v in c.values))
    }
    for number, extract in sorted(extracts.items()):
        section = f", {extract.section}" if extract.section else ""
        yield (
            f"[{number}] {extract.document.id}{section}, characters {extract.start}–{extract.end}"
        )


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _printable(text: str) -> str:
    """Without the control characters that a Word file cannot hold."""
    return "".join(c for c in text if c in "\n\t" or ord(c) >= 32)
