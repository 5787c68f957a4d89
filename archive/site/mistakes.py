"""What is said in the browser when something is wrong: one sentence, in the frame of every page."""

import logging
import sqlite3
from typing import Any

from datasette import Response, hookimpl
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

from archive.site.asking import Missing, Refused, page
from archive.site.visitor import visitor_of
from archive.site.words import ENGLISH, Words
from kickcrawl.errors import ArchiveError, UsageError


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Say in a sentence what is wrong; takes the place of Datasette's own, which prints a traceback for every 404."""
    is_data = request.path.endswith(".json")
    words = ENGLISH if is_data else visitor_of(request).words
    status, sentence, is_translated = in_words(exception, datasette.setting("sql_time_limit_ms"), words)
    if status == 500:
        logging.getLogger("kickcrawl.serve").error("%s failed", request.path, exc_info=exception)

    async def answer() -> Any:
        if is_data:
            return Response.json({"ok": False, "error": sentence, "status": status}, status=status)
        said = {"status": status, "error": sentence, "is_translated": is_translated}
        return await page(datasette, request, "error.html", said, status)

    return answer


@hookimpl
async def forbidden(datasette: Any, request: Any) -> Any:
    """Say that a page is not for visitors, without a word on how it might be."""
    sentence = visitor_of(request).words["error"]["closed"]
    said = {"status": 403, "error": sentence, "is_translated": True}
    return await page(datasette, request, "error.html", said, 403)


def in_words(exception: Exception, limit: int, words: Words = ENGLISH) -> tuple[int, str, bool]:
    """Return the HTTP status for an exception, what to say, and whether it is in the language of *words*.

    *limit* is the time for a query in milliseconds. What others say of the exception is told as it is, in English.
    """
    ours = words["error"]
    seconds = f"{limit / 1000:g}"
    if isinstance(exception, (Missing, Refused)):
        return exception.status, exception.told(words), True
    if isinstance(exception, UsageError):
        return 404, f"{exception}.", False
    if isinstance(exception, ArchiveError):
        if "interrupted" in exception.reason:
            return 503, ours["slow"].format(seconds=seconds), True
        return 503, f"The archive could not be read: {exception.reason}.", False
    if isinstance(exception, DatasetteError):
        if exception.message_is_html:  # its only use: a page, script and all, for a query that took too long
            return exception.status, ours["slow_query"].format(seconds=seconds), True
        # 500 is its default: it is raised for arguments only, such as a column that is not there.
        return 400 if exception.status == 500 else exception.status, str(exception.message), False
    if isinstance(exception, sqlite3.ProgrammingError):  # two statements in what a visitor wrote, say
        return 400, f"{exception}", False
    if isinstance(exception, MemoryError):
        return 503, ours["memory"], True
    if isinstance(exception, Base400):
        sentence = str(exception.args[0]) if exception.args else ""
        return (exception.status, sentence, False) if len(sentence) > 3 else (exception.status, ours["page"], True)
    return 500, ours["unknown"], True
