"""What Datasette's list of articles can be narrowed by, besides its own filters: words, and a month.

_search=harga beras  as the search asks: the same query language, the same articles (_find: as they are written only)
_search_title=beras  all these words as they are written, in the headline; _search_text: in the text
_month=2025-07       published in that month, by the outlet's own clock
tags__arraycontains=Pilkada   Datasette's own, found without reading every list as JSON
"""

import json
import re
from datetime import date, timedelta
from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.filters import FilterArguments, Filters, through_filters, where_filters

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.condition import condition
from archive.query.sets import MAX_LOOKED_UP
from archive.site.asking import ask
from kickcrawl.errors import ArchiveError

# Datasette's other two filters, for its own search is blocked: see app.py.
__all__ = ["through_filters", "where_filters"]
# The offset that the outlet wrote; where it wrote none, the month is UTC's.
MONTH = "strftime('%Y-%m', published_at, printf('%d minutes', coalesce(published_offset, 0)))"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_COLUMNS = ("title", "text")  # of the full-text index
_LISTS = ("authors", "tags")  # of names whose articles are counted (articles_counts)


@hookimpl
async def filters_from_request(request: Any, table: str, datasette: Any) -> Any:
    """Narrow the list of articles by ``_search`` and ``_month`` of the address."""
    if table != "articles":
        return None
    clauses: list[str] = []
    values: dict[str, object] = {}
    told: list[str] = []
    words = request.args.get("_search") or request.args.get("_find") or ""
    if words:
        choice = Choice(words=words, exact=not request.args.get("_search"))
        asked = await ask(datasette, lambda archive: condition(archive, choice))
        values = {name: value for name, value in asked.values.items() if value is not None}
        # Of words alone; Datasette gives the table no other name.
        clauses.append(asked.sql.replace("a.key", "articles.key"))
        told.append(f"the words “{words}” are in it")
    for column in _LISTS:
        for name in request.args.getlist(f"{column}__arraycontains"):
            keys = await ask(datasette, partial(keys_of_name, column=column, name=name))
            if keys is not None:
                clauses.append(f"key IN (SELECT value FROM json_each(:keys_{len(values)}))")
                values[f"keys_{len(values)}"] = keys
    for column in _COLUMNS:
        if found := request.args.get(f"_search_{column}"):
            clauses.append(f"key IN (SELECT rowid FROM articles_fts WHERE {column} MATCH escape_fts(:in_{column}))")
            values[f"in_{column}"] = found
            told.append(f"the words “{found}” are in its {column}")
    if month := request.args.get("_month"):
        clause, bounds = in_month(month)
        clauses.append(clause)
        values |= bounds
        told.append(f"it was published in {month}")
    context = {"search": words, "month": month or "", "supports_search": True}
    return FilterArguments(clauses, values, told, extra_context=context)


def keys_of_name(archive: Archive, column: str, name: str) -> str | None:
    """Return the keys of the articles that have a name in a list, as JSON; None where they are too many to list.

    The page asks for its articles seven times, each time in the order of their time: to find the few of a rare name so,
    all articles would be read.
    """
    given = {"kind": column, "name": name}
    try:
        found = archive.count(_NAMED, given)
    except ArchiveError:
        return None  # an archive of an earlier version, which keeps no counts
    if found > MAX_LOOKED_UP:
        return None
    rows = archive.rows(_KEYS.format(column=column), given) if found else []
    return json.dumps([row["key"] for row in rows])


def in_month(month: str) -> tuple[str, dict[str, object]]:
    """Return the SQL condition for a month ("2025-07") with its values; a condition that nothing meets for nonsense.

    The range, a day wider on both sides, lets SQLite use the index on published_at.
    """
    if not _MONTH.fullmatch(month) or not "1000" < month < "9000":
        return "0", {}
    first = date.fromisoformat(f"{month}-01")
    bounds: dict[str, object] = {
        "month": month,
        "after": f"{first - timedelta(days=1)}",
        "before": f"{first + timedelta(days=33)}",
    }
    return f"(published_at BETWEEN :after AND :before AND {MONTH} = :month)", bounds


_NAMED = "SELECT sum(articles) FROM main.articles_counts WHERE kind = :kind AND name = :name"
_KEYS = """
    SELECT key FROM articles WHERE instr({column}, json_quote(:name)) > 0
    AND :name IN (SELECT value FROM json_each({column}))
"""


def search_lists_as_text() -> None:
    """Let Datasette's filter "array contains" find a name in a list's text, where it stands as json_quote() gives it.

    A list is read as JSON only if a name in it has quotation marks: a million of them took two seconds, and the filter
    is asked seven times for one page.
    """
    lists = next(known for known in Filters._filters if known.key == "arraycontains")
    lists.sql_template = (
        "(instr({t}.{c}, json_quote(:{p})) > 0 AND (instr({t}.{c}, '\\\"') = 0"
        " OR :{p} IN (SELECT value FROM json_each({t}.{c}))))"
    )
