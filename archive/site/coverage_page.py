"""The page of an outlet's coverage: a year as a calendar, each day by the share that is archived.

    /coverage/SLUG             the last year of which anything is known
    /coverage/SLUG?year=2025

What each day lacks is said in words where the day is pointed at or focused, and in a table of all days.
"""

from calendar import Calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from datasette import hookimpl

from archive.accounts.coverage import read_certificate, read_span
from archive.database import Archive
from archive.site.asking import Missing, ask, page, tried
from kickcrawl.coverage.certificate import Certificate
from kickcrawl.coverage.histories import Estimated
from kickcrawl.coverage.items import ItemState
from kickcrawl.coverage.rows import DAY_STATES, Row, by_month

LACKING: tuple[ItemState, ...] = ("gone", "rejected", "waiting", "excluded")  # told of a day beside the archived
HALF = 0.5  # of a day's articles: less is shown as worse


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A day of the calendar: its *number* in the month, its *row*, and the names by which site.css paints it."""

    number: int
    row: Row
    like: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the calendar: weeks from Monday on; None where no day of it, or none that is certified, stands."""

    label: str
    weeks: tuple[tuple[Square | None, ...], ...]


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the address of the page with what answers it."""
    return [(r"/coverage/(?P<slug>[^/]+)$", coverage)]


async def coverage(datasette: Any, request: Any) -> Any:
    """Answer with the calendar of a year."""
    slug, asked = request.url_vars["slug"], request.args.get("year", "")
    found = await ask(datasette, lambda archive: read_known(archive, slug))
    if found is None:
        raise Missing("outlet", name=slug)
    outlet, span = found
    years = list(range(span[0].year, span[1].year + 1)) if span else []
    if asked and asked not in map(str, years):
        raise Missing("year", year=asked, name=outlet["name"])
    values: dict[str, Any] = {"outlet": outlet, "years": years, "year": int(asked or max(years, default=0))}
    if span is not None:
        first, last = max(span[0], date(values["year"], 1, 1)), min(span[1], date(values["year"], 12, 31))
        shown = await tried(datasette, lambda archive: read_days(archive, slug, first, last))
        values |= {"is_slow": True} if shown is None else shown
    return await page(datasette, request, "coverage.html", values)


def read_known(archive: Archive, slug: str) -> tuple[dict[str, Any], tuple[date, date] | None] | None:
    """Return the outlet, and the first and the last day of its certificate; None for no outlet."""
    row = archive.row("SELECT slug, name, timezone FROM outlets WHERE slug = :slug", {"slug": slug})
    return (dict(row), read_span(archive, slug)) if row is not None else None


def read_days(archive: Archive, slug: str, first: date, last: date) -> dict[str, Any]:
    """Return the certificate of some days of a year, their calendar and their months."""
    certificate = read_certificate(archive, slug, first, last)
    assert certificate is not None, "days are asked for"
    return {
        "certificate": certificate,
        "total": certificate.total,
        "estimated": certificate.estimate if isinstance(certificate.estimate, Estimated) else None,
        "months": months_of(certificate),
        "rows": [row for row in certificate.days if row.wanted or row.state == "missing"],
        "by_month": by_month(certificate.days),
        "states": DAY_STATES,
        "lacking": LACKING,
    }


def months_of(certificate: Certificate) -> list[Month]:
    """Return the months that the days of *certificate* are in."""
    rows = {row.label: row for row in certificate.days}
    labels = dict.fromkeys(label[:7] for label in rows)
    return [_month(label, rows) for label in labels]


def _month(label: str, rows: Mapping[str, Row]) -> Month:
    year, month = map(int, label.split("-"))
    weeks = Calendar().monthdatescalendar(year, month)
    return Month(
        label=label,
        weeks=tuple(tuple(_square(day, rows) if day.month == month else None for day in week) for week in weeks),
    )


def _square(day: date, rows: Mapping[str, Row]) -> Square | None:
    row = rows.get(day.isoformat())
    if row is None:
        return None
    names: list[str] = [row.state]
    if row.missing:
        names.append("lacking")
    if row.share is not None and row.share < HALF:
        names.append("worse")
    if not row.wanted:
        names.append("quiet")
    return Square(number=day.day, row=row, like=" ".join(names))
