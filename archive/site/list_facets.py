"""What the articles of Datasette's list are counted by: their months, and the names in their lists.

_facet_names=tags    counts the names in a JSON list
_facet_month=published_at   counts the months

Of the whole list, or of an outlet, the counts are kept (articles_counts). Of another choice all articles are counted,
or of more than MAX_RANKED the newest; then the answer says how many were ("counted").
"""

from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.facets import Facet
from datasette.utils import escape_sqlite, path_with_added_args, path_with_removed_args

from archive.query.relevance import MAX_RANKED
from archive.site.filters import MONTH

_BY_OUTLET = '"outlet" = :p0'  # as Datasette narrows the list to an outlet


class Count(Facet):
    """Counts articles by something; a value leads to the list narrowed by it, and chosen, back again."""

    order: str  # which values are shown first

    def kind(self, column: str) -> str | None:
        """Return what the counts are kept under, None if they are not."""
        raise NotImplementedError

    def counted(self, column: str, rows: str) -> str:
        """Return the SELECT of (value, count) pairs that counts *rows*."""
        raise NotImplementedError

    def argument(self, column: str) -> str:
        """Return what narrows the list in an address."""
        raise NotImplementedError

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the counts of each facet that was asked for, and the names of those that took too long."""
        found: list[dict[str, Any]] = []
        too_slow: list[str] = []
        is_kept = await self.ds.get_database(self.database).table_exists("articles_counts")  # an older archive has none
        for config in self.get_configs():
            column = config["config"].get("column") or config["config"]["simple"]
            name = "month" if self.type == "month" else column
            sql, newest = self._query(column, is_kept)
            try:
                rows = await self.ds.execute(
                    self.database,
                    f"{sql} ORDER BY {self.order} LIMIT {self.get_facet_size() + 1}",
                    self.params,
                    truncate=False,
                    custom_time_limit=self.ds.setting("facet_time_limit_ms"),
                )
            except QueryInterrupted:
                too_slow.append(name)
                continue
            toggle = path_with_removed_args(self.request, {f"_facet_{self.type}": column})
            about = {"name": name, "type": self.type, "hideable": config["source"] != "metadata", "toggle_url": toggle}
            about |= {"counted": newest} if newest else {}
            size = self.get_facet_size()
            values = [self._value(self.argument(column), row["value"], row["count"]) for row in rows.rows[:size]]
            found.append(about | {"results": values, "truncated": len(rows.rows) > size})
        return found, too_slow

    def _query(self, column: str, is_kept: bool) -> tuple[str, int | None]:
        """Return what counts, and of how many articles, the newest, where those may not be all."""
        where, kind = self.sql.partition(" where ")[2].strip(), self.kind(column)
        if is_kept and kind is not None and where in ("", _BY_OUTLET):
            kept = "SELECT name AS value, sum(articles) AS count FROM articles_counts"
            of_outlet = " AND outlet = :p0" if where else ""
            return f"{kept} WHERE kind = '{kind}' AND name <> ''{of_outlet} GROUP BY name", None
        if self.row_count is not None and self.row_count <= MAX_RANKED:
            return self.counted(column, self.sql), None
        needed = ", ".join(dict.fromkeys(("key", escape_sqlite(column), "published_at", "published_offset")))
        rest = self.sql.partition(" from ")[2]  # without the texts, which would be copied
        newest = f"SELECT {needed} FROM {rest} ORDER BY published_at DESC LIMIT {MAX_RANKED}"
        return self.counted(column, newest), MAX_RANKED

    def _value(self, argument: str, value: str, count: int) -> dict[str, Any]:
        selected = (argument, value) in self.get_querystring_pairs()
        toggle = path_with_removed_args if selected else path_with_added_args
        url = self.ds.urls.path(toggle(self.request, {argument: value}))
        return {"value": value, "label": value, "count": count, "selected": selected, "toggle_url": url}


class MonthFacet(Count):
    """Articles by the month of a time column, newest month first."""

    type = "month"
    order = "value DESC"

    def kind(self, column: str) -> str | None:
        return "month"

    def counted(self, column: str, rows: str) -> str:
        return f"SELECT {MONTH} AS value, count(*) AS count FROM ({rows}) WHERE published_at IS NOT NULL GROUP BY value"

    def argument(self, column: str) -> str:
        return "_month"


class NamesFacet(Count):
    """Articles by the names in a JSON list, the commonest first.

    Datasette's own facet_array compares whole rows, text and all, to count none twice; it needs 16 s for the tags of
    100,000 articles, this one half a second.
    """

    type = "names"
    order = "count DESC, value"

    def kind(self, column: str) -> str | None:
        return column if column in ("authors", "tags") else None

    def counted(self, column: str, rows: str) -> str:
        return (
            "SELECT value, count(*) AS count FROM ("
            f"SELECT DISTINCT a.key, j.value AS value FROM ({rows}) a, json_each(a.{escape_sqlite(column)}) j) "
            "GROUP BY value"
        )

    def argument(self, column: str) -> str:
        return f"{column}__arraycontains"


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """Make the facets known to Datasette."""
    return [MonthFacet, NamesFacet]
