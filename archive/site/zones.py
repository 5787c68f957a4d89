"""The outlets' time zones, for tables whose every cell may need one: read at most once a minute."""

import time
from typing import Any
from weakref import WeakKeyDictionary

MAX_AGE = 60  # seconds
_known: WeakKeyDictionary[Any, tuple[float, dict[str, str]]] = WeakKeyDictionary()  # by the database that is served


async def zones_of(database: Any) -> dict[str, str]:
    """Return the time zone of each outlet, by its slug."""
    read_at, zones = _known.get(database, (0.0, {}))
    if not read_at or time.monotonic() - read_at > MAX_AGE:
        rows = await database.execute("SELECT slug, timezone FROM outlets")
        zones = {row["slug"]: row["timezone"] for row in rows.rows}
        _known[database] = time.monotonic(), zones
    return zones


def zone_of(zones: dict[str, str], outlet: str | None) -> str | None:
    """Return the zone of an outlet, else that of all of them if it is one; None: only UTC is right.

    >>> zone_of({"warta": "Asia/Makassar"}, None)
    'Asia/Makassar'
    """
    shared = set(zones.values())
    return zones.get(outlet or "") or (next(iter(shared)) if len(shared) == 1 else None)
