"""The view `revisions` as Datasette is to show it: as a table, with the keys, references and pages of rows of its own.

A text is kept once, with the article (archive/schema.sql), so that revisions are a view over a table of which
visitors need know nothing. Datasette knows of a view neither keys nor references: it would page it by counting rows
off, and have no page for a row. Archives of before version 20 have a table `revisions`, and are shown as they are.
"""

from typing import Any

from datasette.database import Database

VIEW, TABLE = "revisions", "revisions_kept"


class RevisionsDatabase(Database):
    """The archive as Datasette asks it for its tables; what it says of TABLE is told of VIEW."""

    async def table_exists(self, table: str) -> bool:
        """Tell whether there is such a table."""
        return bool(await super().table_exists(await self._behind(table)))

    async def table_names(self) -> list[str]:
        """Return the names of all tables."""
        return [_shown(name) for name in await super().table_names()]

    async def view_names(self) -> list[str]:
        """Return the names of all views."""
        is_table = await self.table_exists(VIEW)
        return [name for name in await super().view_names() if not (is_table and name == VIEW)]

    async def primary_keys(self, table: str) -> list[str]:
        """Return the columns of the table's key."""
        keys: list[str] = await super().primary_keys(await self._behind(table))
        return keys

    async def foreign_keys_for_table(self, table: str) -> list[dict[str, str]]:
        """Return what the table refers to."""
        keys: list[dict[str, str]] = await super().foreign_keys_for_table(await self._behind(table))
        return keys

    async def get_all_foreign_keys(self) -> dict[str, Any]:
        """Return by table what it refers to, and what refers to it."""
        found = await super().get_all_foreign_keys()
        return {
            _shown(table): {
                way: [one | {"other_table": _shown(one["other_table"])} for one in keys] for way, keys in ways.items()
            }
            for table, ways in found.items()
        }

    async def get_table_definition(self, table: str, type_: str = "table") -> str | None:
        """Return the SQL that made a table, and its indexes; of VIEW also what it is made of. None: there is none."""
        behind = await self._behind(table)
        if behind == table:
            return await self._definition(table, type_)
        if type_ == "view":
            return None
        return f"{await self._definition(VIEW, 'view')}\n{await self._definition(behind, type_)}"

    async def _definition(self, table: str, type_: str) -> str | None:
        found: str | None = await super().get_table_definition(table, type_)
        return found

    async def _behind(self, table: str) -> str:
        """Return the table that says what Datasette asks of *table*."""
        return TABLE if table == VIEW and await super().table_exists(TABLE) else table


def _shown(table: str) -> str:
    return VIEW if table == TABLE else table
