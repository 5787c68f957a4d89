"""The search: a page with facets and a chart over time, or the same articles as JSON, CSV or Atom."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from datasette import Response, hookimpl

from archive.database import Archive
from archive.query.beginnings import condition_of_list
from archive.query.choice import Choice
from archive.query.condition import Condition
from archive.query.hits import Found, Hit, find, find_met
from archive.query.relevance import look_up
from archive.site.asked import MAX_HITS, ORDERS, Asked, Order, read_asked
from archive.site.asking import ask, page, tried
from archive.site.base import own_base_of
from archive.site.chart import draw
from archive.site.facets import Counts, read_counts, within
from archive.site.feed import atom
from archive.site.marks import MARKS

FIELDS = Hit.__slots__
MAX_HEADER = 1_000  # characters of the words in a header line: servers and clients refuse heads of some 8,000


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Return the addresses of the search with what answers them."""
    return [(r"/search(?:\.(?P<format>json|csv|atom))?$", results)]


async def results(datasette: Any, request: Any) -> Any:
    """Answer a search as a page, or as JSON, CSV or Atom; any words are answered, at worst by nothing found.

    Where nothing is asked for, that is every article, the newest first.
    """
    asked = read_asked({name: request.args.get(name) for name in request.args})
    file = request.url_vars["format"]
    if file:
        return await as_file(datasette, request, asked, file)
    values = await read_page(datasette, asked)
    return await page(datasette, request, "search.html", values)


async def as_file(datasette: Any, request: Any, asked: Asked, file: str) -> Any:
    """Answer with the articles as data.

    The header X-Total-Count says how many there are in all, and X-Ranked-Newest how many of them, the newest, were
    weighed, where those are not all; X-Not-Ranked-By has the words, percent-encoded, that too many articles have, as
    many as MAX_HEADER has room for, and X-Not-Ranked-By-Count how many they are. X-Sought-In-Newest says in how many
    articles, the newest, the words were sought, where not in all: the total is of these.
    """
    order: Order = "newest" if file == "atom" else asked.in_order  # feed readers are told of what is new
    found = await find_asked(datasette, asked, order, ("[", "]"))
    return data_of(own_base_of(datasette, request), asked, found, file)


def data_of(site: str, asked: Asked, found: Found, file: str) -> Any:
    """Return what was *found* as JSON, CSV or Atom, of the site at the address *site*."""
    headers = {"X-Total-Count": str(found.total)}
    if found.ranked is not None:
        headers["X-Ranked-Newest"] = str(found.ranked)
    if found.too_common:
        headers["X-Not-Ranked-By"] = ", ".join(fitting([*map(quote, found.too_common)], MAX_HEADER))
        headers["X-Not-Ranked-By-Count"] = str(len(found.too_common))
    if found.sought is not None:
        headers["X-Sought-In-Newest"] = str(found.sought)
    if file == "json":
        return Response.json([asdict(hit) for hit in found.hits], headers=headers)
    if file == "csv":
        return Response(as_csv(found.hits), content_type="text/csv; charset=utf-8", headers=headers)
    feed = atom(site, asked.choice.words or "", asked.address(), found.hits)
    return Response(feed, content_type="application/atom+xml", headers=headers)


def fitting(words: Sequence[str], most: int) -> list[str]:
    """Return the first of *words* that have, joined by a comma and a blank, at most *most* characters.

    >>> fitting(["dan", "dari", "di"], 9)
    ['dan', 'dari']
    """
    lengths = accumulate(len(word) + len(", ") for word in words)
    return [word for word, length in zip(words, lengths, strict=True) if length <= most + len(", ")]


async def find_asked(datasette: Any, asked: Asked, order: Order, marks: tuple[str, str]) -> Found:
    """Return the first articles, and how many there are in all."""
    choice, limit = asked.choice, asked.limit
    return await ask(datasette, lambda archive: find(archive, choice, order=order, limit=limit, marks=marks))


async def read_page(datasette: Any, asked: Asked) -> dict[str, Any]:
    """Return what the page says."""
    outlets = await ask(
        datasette, lambda archive: archive.rows("SELECT slug, name, language, timezone FROM outlets ORDER BY name")
    )
    said = {"asked": asked, "choice": asked.choice, "orders": ORDERS, "outlets": {row["slug"]: row for row in outlets}}
    order = asked.in_order
    met = await ask(datasette, lambda archive: met_by(archive, asked))
    found = await ask(datasette, lambda archive: find_met(archive, met, order=order, limit=asked.limit, marks=MARKS))
    has_more = found.total > len(found.hits)
    more = min(asked.limit * 4, MAX_HITS) if has_more and asked.limit < MAX_HITS else None
    said |= {"hits": found.hits, "total": found.total, "ranked": found.ranked}
    said |= {"order": "newest" if found.is_unranked else order, "is_unranked": found.is_unranked}
    said |= {"too_common": found.too_common, "sought": found.sought}
    said |= {"has_more": has_more, "more": more}
    if asked.is_empty:  # the menu leads here: counts of the whole archive are the front page's, and take seconds
        return said
    return said | await counts_of(datasette, asked, met)


def met_by(archive: Archive, asked: Asked) -> Condition:
    """Return the condition of what is asked for, looked up once for all that the page says; not where all is asked."""
    found = condition_of_list(archive, asked.choice, asked.in_order)
    return found if asked.is_empty else look_up(archive, found)


async def counts_of(datasette: Any, asked: Asked, met: Condition) -> dict[str, Any]:
    """Return the facets and the chart, unless they take too long to count."""
    choice = asked.choice
    return counted(datasette, asked, await tried(datasette, lambda archive: read_counts(archive, choice, met)))


def counted(datasette: Any, asked: Asked, counts: Counts | None) -> dict[str, Any]:
    """Return what the page says of counts; None: they take too long."""
    if counts is None:
        return {"facets": {}, "chart": None, "links": {}, "counted_newest": None, "is_slow": True}
    search_at = datasette.urls.path("/search")
    spans = {label: within(asked.choice, label) for label, _ in counts.over_time}
    return {
        "facets": {name: _linked(asked, search_at, name, values) for name, values in counts.facets.items() if values},
        "chart": draw(counts.over_time),
        "links": {label: f"{search_at}?{_spanned(asked, span)}" for label, span in spans.items()},
        "counted_newest": counts.counted,
        "is_slow": False,
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
