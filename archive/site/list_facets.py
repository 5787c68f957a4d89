"""What the articles of Datasette's list are counted by: outlets, sections, their months, and the names in their lists.

_facet=outlet        Datasette's own way to ask; the rest is ours:
_facet_names=tags    counts the names in a JSON list
_facet_month=published_at   counts the months

All of them are counted at once (list_counts.py). Of a choice of more than MAX_RANKED articles names and months are
those of the newest; then the answer says how many were counted ("counted").
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.facets import ArrayFacet, ColumnFacet, DateFacet, Facet
from datasette.utils import path_with_added_args, path_with_removed_args

from archive.site.list_counts import FACETS, Counting, counting, without_paging

Counted = tuple[dict[str, list[Any]], Counting] | None  # rows by facet; None: it took too long
_TASK = "list_counts of kickcrawl"  # of a request: its facets wait for one count
_KINDS = "SELECT DISTINCT kind FROM articles_counts"


async def counts_of(facet: Facet) -> Counted:
    """Return the counts of the list that a facet is of; those of one request are counted once."""
    scope = facet.request.scope
    if _TASK not in scope:
        scope[_TASK] = asyncio.ensure_future(_count(facet))
    found: Counted = await scope[_TASK]
    return found


async def _count(facet: Facet) -> Counted:
    database = facet.ds.get_database(facet.database)
    is_kept = await database.table_exists("articles_counts")  # an older archive has none
    kept = [row["kind"] for row in await database.execute(_KINDS)] if is_kept else []
    named = facet.request.args.getlist("_facet_names")  # what the metadata name, an address may name again
    facets = [name for name in FACETS if name != "sections" or name in named]
    end = f"from {facet.sql.partition(' from ')[2]}"  # without the columns: the texts would be copied
    end = without_paging(end) if facet.request.args.get("_next") else end
    asked = counting(end, facets, kept, facet.row_count, facet.get_facet_size())
    try:
        rows = await facet.ds.execute(facet.database, asked.sql, facet.params, truncate=False)
    except QueryInterrupted:
        return None
    found: dict[str, list[Any]] = {name: [] for name in FACETS}
    for row in rows.rows:
        found[row["facet"]].append(row)
    return found, asked


class Count(Facet):
    """Counts articles by something; a value leads to the list narrowed by it, and chosen, back again."""

    def named(self, column: str) -> str:
        """Return what the facet of a column is called."""
        return column

    def argument(self, column: str) -> str:
        """Return what narrows the list in an address."""
        raise NotImplementedError

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the counts of each facet that was asked for, and the names of those that took too long."""
        found: list[dict[str, Any]] = []
        for config in self.get_configs():
            column = config["config"].get("column") or config["config"]["simple"]
            name = self.named(column)
            if self.table != "articles" or name not in FACETS:
                continue  # a name that somebody wrote into the address
            if (counts := await counts_of(self)) is None:
                return [], [
                    self.named(one["config"].get("column") or one["config"]["simple"]) for one in self.get_configs()
                ]
            rows, newest = counts[0][name], counts[1].counted.get(name)
            asked_by = {f"_facet_{self.type}" if self.type != "column" else "_facet": column}
            toggle = self.ds.urls.path(path_with_removed_args(self.request, asked_by))
            about = {"name": name, "type": self.type, "hideable": config["source"] != "metadata", "toggle_url": toggle}
            about |= {"counted": newest} if newest else {}
            size = self.get_facet_size()
            found.append(about | {"results": await self._values(column, rows[:size]), "truncated": len(rows) > size})
        return found, []

    async def _values(self, column: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
        labels = await self.ds.expand_foreign_keys(self.database, self.table, column, [row["value"] for row in rows])
        pairs, argument = self.get_querystring_pairs(), self.argument(column)
        values = []
        for row in rows:
            value = row["value"]
            selected = (argument, str(value)) in pairs
            toggle = path_with_removed_args if selected else path_with_added_args
            url = self.ds.urls.path(toggle(self.request, {argument: value}))
            label = labels.get((column, value), value)
            values.append(
                {"value": value, "label": label, "count": row["count"], "selected": selected, "toggle_url": url}
            )
        return values


class MonthFacet(Count):
    """Articles by the month of their publication, newest month first."""

    type = "month"

    def named(self, column: str) -> str:
        return "month"

    def argument(self, column: str) -> str:
        return "_month"


class NamesFacet(Count):
    """Articles by the names in a JSON list, the commonest first."""

    type = "names"

    def argument(self, column: str) -> str:
        return f"{column}__arraycontains"


class ColumnCount(Count):
    """Articles by outlet and by section, the commonest first."""

    type = "column"

    def argument(self, column: str) -> str:
        return column


class OtherColumns(ColumnFacet):
    """Datasette's own way, for all other columns and tables."""

    def get_configs(self) -> list[dict[str, Any]]:
        """Return what is asked for, but for outlet and section of articles."""
        configs: list[dict[str, Any]] = super().get_configs()
        if self.table != "articles":
            return configs
        return [one for one in configs if (one["config"].get("column") or one["config"]["simple"]) not in FACETS]


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """Make the facets known to Datasette, in the place of its own."""
    return [ColumnCount, OtherColumns, DateFacet, ArrayFacet, MonthFacet, NamesFacet]
