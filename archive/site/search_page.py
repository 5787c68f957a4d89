"""The search: a page with facets and a chart over time, or the same articles as JSON, CSV or Atom."""

import csv
import io
from dataclasses import asdict
from typing import Any

from datasette import Response, hookimpl

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.choose import count
from archive.query.hits import Hit, search
from archive.site.asked import MAX_HITS, ORDERS, Asked, read_asked
from archive.site.asking import ask, page
from archive.site.base import base_of
from archive.site.chart import draw
from archive.site.facets import over_time, read_facets, within
from archive.site.feed import atom
from archive.site.marks import MARKS
from kickcrawl.errors import ArchiveError

FIELDS = Hit.__slots__


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Return the addresses of the search with what answers them."""
    return [(r"/search(?:\.(?P<format>json|csv|atom))?$", results)]


async def results(datasette: Any, request: Any) -> Any:
    """Answer a search as a page, or as JSON, CSV or Atom; any words are answered, at worst by nothing found."""
    asked = read_asked({name: request.args.get(name) for name in request.args})
    file = request.url_vars["format"]
    if file:
        return await as_file(datasette, request, asked, file)
    values = await read_page(datasette, asked)
    return await page(datasette, request, "search.html", values)


async def as_file(datasette: Any, request: Any, asked: Asked, file: str) -> Any:
    """Answer with the articles as data; how many there are in all is said in the header X-Total-Count."""
    order = "newest" if file == "atom" else asked.in_order  # feed readers are told of what is new

    def find(archive: Archive) -> tuple[list[Hit], int]:
        if asked.is_empty:
            return [], 0
        return search(archive, asked.choice, order=order, limit=asked.limit), count(archive, asked.choice)

    hits, total = await ask(datasette, find)
    headers = {"X-Total-Count": str(total)}
    if file == "json":
        return Response.json([asdict(hit) for hit in hits], headers=headers)
    if file == "csv":
        return Response(as_csv(hits), content_type="text/csv; charset=utf-8", headers=headers)
    feed = atom(base_of(datasette, request), asked.choice.words or "", asked.address(), hits)
    return Response(feed, content_type="application/atom+xml", headers=headers)


async def read_page(datasette: Any, asked: Asked) -> dict[str, Any]:
    """Return what the page says."""
    outlets = await ask(
        datasette, lambda archive: archive.rows("SELECT slug, name, language, timezone FROM outlets ORDER BY name")
    )
    said = {"asked": asked, "choice": asked.choice, "orders": ORDERS, "outlets": {row["slug"]: row for row in outlets}}
    if asked.is_empty:
        return said

    def find(archive: Archive) -> tuple[list[Hit], int]:
        hits = search(archive, asked.choice, order=asked.in_order, limit=asked.limit, marks=MARKS)
        return hits, count(archive, asked.choice)

    hits, total = await ask(datasette, find)
    more = min(asked.limit * 4, MAX_HITS) if total > len(hits) and asked.limit < MAX_HITS else None
    return said | {"hits": hits, "total": total, "more": more} | await read_counts(datasette, asked)


async def read_counts(datasette: Any, asked: Asked) -> dict[str, Any]:
    """Return the facets and the chart; without them where counting takes too long."""
    choice = asked.choice
    try:
        facets = await ask(datasette, lambda archive: read_facets(archive, choice))
        counts = await ask(datasette, lambda archive: over_time(archive, choice))
    except ArchiveError as error:
        if "interrupted" not in error.reason:
            raise
        return {"is_slow": True}
    search_at = datasette.urls.path("/search")
    return {
        "facets": {name: _linked(asked, search_at, name, values) for name, values in facets.items()},
        "chart": draw(counts),
        "links": {label: f"{search_at}?{_spanned(asked, within(choice, label))}" for label, _ in counts},
    }


def _linked(asked: Asked, search_at: str, facet: str, values: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return a facet's values with the address that a click on them leads to: narrowed, or if chosen, no longer so."""
    chosen = (getattr(asked.choice, facet) or "").casefold()
    return [
        {"value": value, "count": count, "is_chosen": value.casefold() == chosen}
        | {"url": f"{search_at}?{asked.address(**{facet: None if value.casefold() == chosen else value})}"}
        for value, count in values
    ]


def _spanned(asked: Asked, choice: Choice) -> str:
    return asked.address(since=choice.since, until=choice.until)


def as_csv(hits: list[Hit]) -> str:
    """Return hits as CSV with a line of names first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS)
    writer.writeheader()
    writer.writerows(asdict(hit) for hit in hits)
    return out.getvalue()
