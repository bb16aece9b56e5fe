"""Work that tells of its steps → server-sent events, sent as they come."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from queue import SimpleQueue

from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event

from casequote.corpus.errors import CaseQuoteError

log = logging.getLogger(__name__)

Send = Callable[[str, str], None]
"""Called with the name of an event and its HTML."""
FAILED = "failed"
"""The event after which the page is to be loaded in full, with its error."""


def streamed(work: Callable[[Send], None], workers: Executor) -> StreamingResponse:
    """The events of `work`, which runs in one thread from its beginning to its end."""
    queue: SimpleQueue[bytes | None] = SimpleQueue()

    def send(event: str, html: str) -> None:
        queue.put(format_sse_event(event=event, data_str=html))

    def run() -> None:
        try:
            work(send)
        except CaseQuoteError as error:
            log.info("an answer was not streamed: %s", error)
            send(FAILED, "")
        except BaseException:
            log.exception("an answer could not be streamed")
            send(FAILED, "")
            raise
        finally:
            queue.put(None)

    workers.submit(run)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(iter(queue.get, None), media_type="text/event-stream", headers=headers)
