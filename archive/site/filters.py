"""What Datasette's list of articles can be narrowed by, besides its own filters: words, and a month.

_search=harga beras  as the search asks: the same query language, the same articles (_find: as they are written only)
_search_title=beras  all these words as they are written, in the headline; _search_text: in the text
_month=2025-07       published in that month, by the outlet's own clock; a facet counts the months
_facet_names=tags    counts the names in a JSON list
"""

import re
from datetime import date, timedelta
from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.filters import FilterArguments, through_filters, where_filters
from datasette.utils import escape_sqlite, path_with_added_args, path_with_removed_args

from archive.query.choice import Choice
from archive.query.condition import condition
from archive.site.asking import ask

# Datasette's other two filters, for its own search is blocked: see app.py.
__all__ = ["through_filters", "where_filters"]
# The offset that the outlet wrote; where it wrote none, the month is UTC's.
MONTH = "strftime('%Y-%m', published_at, printf('%d minutes', coalesce(published_offset, 0)))"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_COLUMNS = ("title", "text")  # of the full-text index


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
        clauses.append(f"key IN (SELECT a.key FROM articles a WHERE {asked.sql})")
        told.append(f"the words “{words}” are in it")
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


class Count(Facet):
    """Counts articles by something; a value leads to the list narrowed by it, and chosen, back again."""

    def counted(self, column: str) -> str:
        """Return the SELECT of (value, count) pairs, the first ones to be shown first."""
        raise NotImplementedError

    def argument(self, column: str) -> str:
        """Return what narrows the list in an address."""
        raise NotImplementedError

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the counts of each facet that was asked for, and the names of those that took too long."""
        found: list[dict[str, Any]] = []
        too_slow: list[str] = []
        for config in self.get_configs():
            column = config["config"].get("column") or config["config"]["simple"]
            name = "month" if self.type == "month" else column
            try:
                rows = await self.ds.execute(
                    self.database,
                    f"{self.counted(column)} LIMIT {self.get_facet_size() + 1}",
                    self.params,
                    truncate=False,
                    custom_time_limit=self.ds.setting("facet_time_limit_ms"),
                )
            except QueryInterrupted:
                too_slow.append(name)
                continue
            toggle = path_with_removed_args(self.request, {f"_facet_{self.type}": column})
            about = {"name": name, "type": self.type, "hideable": config["source"] != "metadata", "toggle_url": toggle}
            size = self.get_facet_size()
            values = [self._value(self.argument(column), row["value"], row["count"]) for row in rows.rows[:size]]
            found.append(about | {"results": values, "truncated": len(rows.rows) > size})
        return found, too_slow

    def _value(self, argument: str, value: str, count: int) -> dict[str, Any]:
        selected = (argument, value) in self.get_querystring_pairs()
        toggle = path_with_removed_args if selected else path_with_added_args
        url = self.ds.urls.path(toggle(self.request, {argument: value}))
        return {"value": value, "label": value, "count": count, "selected": selected, "toggle_url": url}


class MonthFacet(Count):
    """Articles by the month of a time column, newest month first."""

    type = "month"

    def counted(self, column: str) -> str:
        return (
            f"SELECT {MONTH} AS value, count(*) AS count FROM ({self.sql}) WHERE published_at IS NOT NULL "
            "GROUP BY value ORDER BY value DESC"
        )

    def argument(self, column: str) -> str:
        return "_month"


class NamesFacet(Count):
    """Articles by the names in a JSON list, the commonest first.

    Datasette's own facet_array compares whole rows, text and all, to count none twice; it needs 16 s for the tags of
    100,000 articles, this one half a second.
    """

    type = "names"

    def counted(self, column: str) -> str:
        return (
            "SELECT value, count(*) AS count FROM ("
            f"SELECT DISTINCT a.key, j.value AS value FROM ({self.sql}) a, json_each(a.{escape_sqlite(column)}) j) "
            "GROUP BY value ORDER BY count DESC, value"
        )

    def argument(self, column: str) -> str:
        return f"{column}__arraycontains"


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """Make the facets known to Datasette."""
    return [MonthFacet, NamesFacet]
