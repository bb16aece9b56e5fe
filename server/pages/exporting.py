"""Report → the response with its file."""

from __future__ import annotations

from fastapi.responses import Response

from casequote.server.pages.errors import page_of
from casequote.web.exports import EXPORTS
from casequote.web.reader import Reader
from casequote.web.report import Report


def exported(report: Report, form: str, name: str, reader: Reader) -> Response:
    """The file of a report in a format, or a page that says that there is no such format."""
    export = EXPORTS.get(form)
    if export is None:
        return page_of("no_page", 404, reader)
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)[:80]
    return Response(
        export.write(report),
        media_type=export.media_type,
        headers={"Content-Disposition": f'attachment; filename="{safe}.{export.ending}"'},
    )
