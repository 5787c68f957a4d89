"""What is said in the browser when something is wrong: one sentence, in the frame of every page."""

import logging
import sqlite3
from typing import Any

from datasette import Response, hookimpl
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from archive.site.pages import page
from kickcrawl.errors import ArchiveError, UsageError


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Say in a sentence what is wrong; takes the place of Datasette's own, which prints a traceback for every 404."""
    status, sentence = in_words(exception, datasette.setting("sql_time_limit_ms"))
    if status == 500:
        logging.getLogger("kickcrawl.serve").error("%s failed", request.path, exc_info=exception)

    async def answer() -> Any:
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": sentence, "status": status}, status=status)
        return await page(datasette, request, "error.html", {"status": status, "error": sentence}, status)

    return answer


@hookimpl
async def forbidden(datasette: Any, request: Any) -> Any:
    """Say that a page is not for visitors, without a word on how it might be."""
    return await page(datasette, request, "error.html", {"status": 403, "error": "This page is closed."}, 403)


def in_words(exception: Exception, limit: int) -> tuple[int, str]:
    """Return the HTTP status for an exception, and what to say; *limit* is the time for a query in milliseconds."""
    if isinstance(exception, UsageError):
        return 404, f"{exception}."
    if isinstance(exception, ArchiveError):
        if "interrupted" in exception.reason:
            return 503, f"The archive took longer than {limit / 1000:g} s to answer; ask for less."
        return 503, f"The archive could not be read: {exception.reason}."
    if isinstance(exception, DatasetteError):
        if exception.message_is_html:  # its only use: a page, script and all, for a query that took too long
            return exception.status, f"The query took longer than {limit / 1000:g} s and was stopped; ask for less."
        # 500 is its default: it is raised for arguments only, such as a column that is not there.
        return 400 if exception.status == 500 else exception.status, str(exception.message)
    if isinstance(exception, sqlite3.ProgrammingError):  # two statements in what a visitor wrote, say
        return 400, f"{exception}"
    if isinstance(exception, MemoryError):
        return 503, "The answer takes more memory than there is for all visitors; ask for less, or later."
    if isinstance(exception, Base400):
        sentence = str(exception.args[0]) if exception.args else ""
        return exception.status, sentence if len(sentence) > 3 else "There is no such page."
    return 500, "Something went wrong here; the terminal that serves this page says what."
