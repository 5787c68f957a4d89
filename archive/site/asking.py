"""Ask the archive within Datasette's limits, and answer with one of our pages, or that there is none."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from datasette import NotFound, Response
from datasette.utils.asgi import BadRequest

from archive.database import Archive
from archive.site.limits import work_limit
from archive.site.words import ENGLISH, Words
from kickcrawl.errors import ArchiveError

DATABASE = "archive"  # what the archive is called in Datasette's addresses, whatever its file is called
T = TypeVar("T")


class Told(Exception):
    """What cannot be answered; the sentence that says why is one of the table of words, filled in."""

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values = values
        super().__init__(self.told(ENGLISH))

    def told(self, words: Words) -> str:
        """Return the sentence in a language."""
        return str(words["error"][self.sentence].format(**self.values).unescape())


class Missing(Told, NotFound):
    """There is no such page."""


class Refused(Told, BadRequest):
    """What was asked for is written so that it means nothing."""


class Unreached(Refused):
    """What was asked for may be there, and cannot be reached now."""

    status = 503


async def ask(datasette: Any, question: Callable[[Archive], T]) -> T:
    """Return the answer to a question that is asked of the archive, within the limit of work for a query.

    Where a WARC file is missing that can be brought (datasette.bring), it is, and the question is asked again.
    """
    brought: set[Path] = set()
    while True:
        try:
            return await _ask(datasette, question)
        except ArchiveError as error:
            file, bring = Path(error.path), getattr(datasette, "bring", None)
            if bring is None or file in brought or not file.name.endswith(".warc.gz") or file.exists():
                raise
            brought.add(file)
            await asyncio.to_thread(bring, file)


async def _ask(datasette: Any, question: Callable[[Archive], T]) -> T:
    database = datasette.get_database(DATABASE)

    def answer(connection: Any) -> T:
        with work_limit(connection, datasette.setting("sql_time_limit_ms")):
            return question(Archive(Path(database.path), connection))

    found: T = await database.execute_fn(answer)
    return found


async def tried(datasette: Any, question: Callable[[Archive], T]) -> T | None:
    """Return the answer to a question, or None where it takes longer than a query may."""
    try:
        return await ask(datasette, question)
    except ArchiveError as error:
        if "interrupted" not in error.reason:
            raise
        return None


async def page(datasette: Any, request: Any, template: str, values: dict[str, Any], status: int = 200) -> Any:
    """Return one of our templates, filled in, as an answer."""
    html = await datasette.render_template(template, {**values, "database": DATABASE}, request=request)
    return Response.html(html, status=status)
