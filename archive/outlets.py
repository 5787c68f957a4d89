"""Rows of the table outlets: make one from an outlet file, and write it."""

from collections.abc import Mapping

from archive.database import Archive
from kickcrawl.outlet import Outlet

# Columns of the table, each an attribute of Outlet.
COLUMNS = ("slug", "name", "publisher", "region", "place", "language", "timezone", "platform", "home")
OutletRow = Mapping[str, str | None]  # a row of the table, by column


def outlet_row(outlet: Outlet) -> OutletRow:
    """Return *outlet* as a row of the table outlets."""
    return {column: getattr(outlet, column) for column in COLUMNS}


def write_outlet(archive: Archive, row: OutletRow) -> None:
    """Insert the row of an outlet, or replace the one that is there."""
    archive.write(_UPSERT, row)


_UPSERT = (
    f"INSERT INTO outlets ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)}) "
    f"ON CONFLICT (slug) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])}"
)
