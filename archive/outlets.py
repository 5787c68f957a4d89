"""Rows of the table outlets: make one from an outlet file, write it, and read what days mean to each outlet."""

import json
from collections.abc import Collection, Mapping
from datetime import date

from archive.database import Archive
from kickcrawl.days import span_of_days
from kickcrawl.errors import UsageError
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


def read_zones(archive: Archive) -> dict[str, str]:
    """Return the IANA zone of each outlet."""
    return {row["slug"]: row["timezone"] for row in archive.rows("SELECT slug, timezone FROM outlets")}


def spans_of_days(
    archive: Archive, since: date | None, until: date | None, *, utc: bool, outlet: str | None = None
) -> str | None:
    """Return JSON [[slug, begin, end], ...]: what the days *since* to *until* are to each outlet, for json_each().

    Days of its own clock, or of UTC; begin and end are ISO times in UTC, end excluded. With *outlet* of this one alone.
    None where no day is asked for.
    """
    if since is None and until is None:
        return None
    zones = {slug: zone for slug, zone in read_zones(archive).items() if outlet in (None, slug)}
    return json.dumps([[slug, *span_of_days("UTC" if utc else zone, since, until)] for slug, zone in zones.items()])


def check_outlet(archive: Archive, slug: str | None) -> None:
    """Raise UsageError, which lists the archived outlets, if nothing of the outlet *slug* is archived."""
    if slug is not None:
        check_known(slug, read_slugs(archive), str(archive.path))


def read_slugs(archive: Archive) -> list[str]:
    """Return the slugs of the outlets, in their order."""
    return [row["slug"] for row in archive.rows("SELECT slug FROM outlets ORDER BY slug")]


def check_known(slug: str, known: Collection[str], where: str) -> None:
    """Raise UsageError, which says what there is, where *slug* is none of the outlets that are *known* of *where*."""
    if slug not in known:
        there_are = ", ".join(sorted(known)) or "none"
        raise UsageError(f"{where}: there is nothing of an outlet {slug!r}; there are: {there_are}")


_UPSERT = (
    f"INSERT INTO outlets ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{name}' for name in COLUMNS)}) "
    f"ON CONFLICT (slug) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])}"
)
