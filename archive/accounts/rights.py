"""What an outlet says of rights now, counted from the ledger: observed, not judged, and no permission.

Of its articles how many state what, what its files for robots say, and what was not archived because it says noarchive.
"""

from dataclasses import dataclass, field
from sqlite3 import Row

from archive.database import Archive
from archive.query.reserved import IS_NOT_RESERVED, locations
from archive.rights import has_ledger
from kickcrawl.statement import Statement

MAX_STATEMENTS = 30  # of articles that are told, the most frequent


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatement:
    """What a file for robots says: *where* its address, from when to when it was seen."""

    where: str
    what: str
    first_seen_at: str
    last_seen_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What was observed of an outlet: how often each statement stands on the *pages* of its articles, and of its site.

    *withheld*: how many addresses say noarchive, and are not archived or were so before only. *reserved*: how many of
    its articles `--without-reserved` leaves out; None where that was not counted.
    """

    pages: int
    statements: dict[str, int] = field(default_factory=dict)
    site: tuple[SiteStatement, ...] = ()
    robots_at: str | None = None  # when its robots.txt was fetched last
    shut_out: tuple[str, ...] = ()  # robots that robots.txt allows nothing
    signals: tuple[str, ...] = ()
    withheld: int = 0
    reserved: int | None = None


def observed_rights(archive: Archive, outlet: str, newest: int | None = None) -> Rights:
    """Return what the ledger has of *outlet*: of all its articles, or of its *newest* ones only, which is quick."""
    if not has_ledger(archive):
        return Rights(pages=0)
    values = {"outlet": outlet, "count": MAX_STATEMENTS, "newest": newest}
    site = archive.rows(_SITE, values)
    counted = archive.rows(_OF_ALL if newest is None else _NEWEST, values)
    return Rights(
        pages=archive.count(_PAGES if newest is None else _NEWEST_PAGES, values),
        statements={_told(row): row["articles"] for row in counted},
        site=tuple(
            SiteStatement(
                where=row["subject"],
                what=_told(row),
                first_seen_at=row["first_seen_at"],
                last_seen_at=row["last_seen_at"],
            )
            for row in [row for row in site if row["source"] != "robots.txt"][:MAX_STATEMENTS]
        ),
        robots_at=archive.text(_ROBOTS_AT, values),
        shut_out=_values(site, "disallow", "whom"),
        signals=_values(site, "content-signal", "value"),
        withheld=archive.count(_WITHHELD, values),
        reserved=archive.count(_RESERVED, values | {"locations": locations(archive)}) if newest is None else None,
    )


def _told(row: Row) -> str:
    return str(Statement(source=row["source"], kind=row["kind"], whom=row["whom"], value=row["value"]))


def _values(site: list[Row], kind: str, column: str) -> tuple[str, ...]:
    of_robots = (row for row in site if row["source"] == "robots.txt" and row["kind"] == kind)
    return tuple(dict.fromkeys(row[column] for row in of_robots))


_PAGES = "SELECT count(*) FROM articles WHERE outlet = :outlet"
_NEWEST_PAGES = "SELECT count(*) FROM (SELECT 1 FROM articles WHERE outlet = :outlet LIMIT :newest)"
_COUNTED = "SELECT source, kind, whom, value, count(*) AS articles FROM rights WHERE"  # each holds once of a subject
_FREQUENT = "ended_at IS NULL GROUP BY source, kind, whom, value ORDER BY articles DESC, 1, 2, 4 LIMIT :count"
_OF_ALL = f"{_COUNTED} outlet = :outlet AND scope = 'article' AND {_FREQUENT}"
_NEWEST = f"""
    {_COUNTED} subject IN (SELECT id FROM articles WHERE outlet = :outlet ORDER BY published_at DESC LIMIT :newest)
    AND {_FREQUENT}
"""
_SITE = "SELECT * FROM rights WHERE outlet = :outlet AND scope = 'site' AND ended_at IS NULL ORDER BY id"
_ROBOTS_AT = """
    SELECT c.fetched_at FROM captures c JOIN runs r ON r.id = c.run_id
    WHERE r.outlet = :outlet AND c.status IN (200, 304) AND c.url LIKE '%/robots.txt' ORDER BY c.id DESC LIMIT 1
"""
_WITHHELD = "SELECT count(*) FROM frontier WHERE outlet = :outlet AND state = 'excluded' AND reason = 'noarchive'"
_RESERVED = f"SELECT count(*) FROM articles a WHERE a.outlet = :outlet AND NOT ({IS_NOT_RESERVED})"
