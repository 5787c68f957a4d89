"""Our own pages beside Datasette's: front, search, article, outlet, run.

    /   /search?q=WORDS   /search.json .csv .atom   /article/ID   /article/ID.json   /outlet/SLUG   /run/NUMBER

All reading is done on Datasette's own threads and connections (read-only, with its time limit).
"""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

from datasette import NotFound, Response, hookimpl
from datasette.utils import sqlite_timelimit

from archive.database import Archive
from archive.query.choice import Choice
from archive.query.choose import Order
from archive.query.hits import Hit, search
from archive.site.article_page import read_article, read_state
from archive.site.feed import atom
from archive.site.marks import MARKS
from archive.site.queries import read_front, read_outlet, read_run
from archive.tombstones import find_tombstone
from kickcrawl.errors import UsageError

DATABASE = "archive"  # what the archive is called in Datasette's addresses, whatever its file is called
DEFAULT_HITS = 50  # on a page of results
MAX_HITS = 1000  # on one page, for who asks for more
MAX_QUERY = 1000  # characters; the rest is cut off
FIELDS = Hit.__slots__
T = TypeVar("T")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the addresses of our pages with what answers them."""
    return [
        (r"/$", front),
        (r"/search(?:\.(?P<format>json|csv|atom))?$", results),
        (r"/article/(?P<id>[0-9a-f]{4,64})(?:\.(?P<format>json))?$", article),
        (r"/outlet/(?P<slug>[^/]+)$", outlet),
        (r"/run/(?P<id>\d{1,18})$", run),
        # Datasette's pages for its own developers; some tell paths of this machine.
        (r"/-/(?:patterns|messages|allow-debug|permissions|threads|databases|logout|auth-token)(?:\.json)?$", closed),
    ]


async def front(datasette: Any, request: Any) -> Any:
    """Answer with the front page: what is in the archive."""
    return await page(datasette, request, "front.html", await ask(datasette, read_front))


async def results(datasette: Any, request: Any) -> Any:
    """Answer a search as a page, or as JSON, CSV or Atom; any string is answered, at worst by nothing found."""
    query = request.args.get("q", "")[:MAX_QUERY]
    slug = request.args.get("outlet") or None
    exact = bool(request.args.get("exact"))
    limit = limit_of(request.args.get("limit"))
    file = request.url_vars["format"]
    choice = Choice(words=query, outlet=slug, exact=exact)

    def find(archive: Archive) -> list[Hit]:
        marks = ("[", "]") if file else MARKS
        order: Order = "newest" if file == "atom" else "relevance"  # readers of a feed are told of what is new
        return search(archive, choice, order=order, limit=limit + 1, marks=marks)

    hits = await ask(datasette, find)
    shown = hits[:limit]
    if file == "json":
        return Response.json([as_dict(hit) for hit in shown])
    if file == "csv":
        return Response(as_csv(shown), content_type="text/csv; charset=utf-8")
    if file == "atom":
        site = datasette.absolute_url(request, "/").rstrip("/")
        return Response(atom(site, query, request.query_string, shown), content_type="application/atom+xml")
    outlets = await ask(
        datasette, lambda archive: archive.rows("SELECT slug, name, language, timezone FROM outlets ORDER BY name")
    )
    more = min(limit * 4, MAX_HITS) if len(hits) > limit and limit < MAX_HITS else None
    asked = {"q": query} | ({"outlet": slug} if slug else {}) | ({"exact": "1"} if exact else {})
    found = {"query": query, "chosen": slug, "exact": exact, "hits": shown, "more": more, "outlets": outlets}
    found |= {"query_string": urlencode(asked), "names": {row["slug"]: row for row in outlets}}
    return await page(datasette, request, "search.html", found)


async def article(datasette: Any, request: Any) -> Any:
    """Answer with an article under its full id; a shorter one that names one article leads there.

    ?revision=2 and ?on=2025-07-14 ask for it as it stood.
    """
    name, revision, on = request.url_vars["id"], request.args.get("revision"), request.args.get("on")
    try:
        if request.url_vars["format"]:
            state = await ask(datasette, lambda archive: read_state(archive, name, revision, on))
            return Response.json(state) if state is not None else await no_article(datasette, name)
        found = await ask(datasette, lambda archive: read_article(archive, name, revision, on))
    except UsageError as error:
        return missing(f"{error}.")
    if found is None:
        return await no_article(datasette, name)
    if found["article"]["id"] != name:
        asked = f"?{request.query_string}" if request.query_string else ""
        return Response.redirect(datasette.urls.path(f"/article/{found['article']['id']}{asked}"))
    return await page(datasette, request, "article.html", found)


async def no_article(datasette: Any, name: str) -> Any:
    """Answer that there is no such article, or when and why it was taken down."""
    buried = await ask(datasette, lambda archive: find_tombstone(archive, name))
    if buried is None:
        return missing(f"This archive holds no article {name}.")
    return missing(f"Article {name} was taken down on {buried.taken_down_at[:10]}: {buried.reason}")


async def outlet(datasette: Any, request: Any) -> Any:
    """Answer with the page of an outlet."""
    slug = request.url_vars["slug"]
    found = await ask(datasette, lambda archive: read_outlet(archive, slug))
    return await page(datasette, request, "outlet.html", found) if found else missing(f"No outlet is called {slug}.")


async def run(datasette: Any, request: Any) -> Any:
    """Answer with the page of a run."""
    number = int(request.url_vars["id"])
    found = await ask(datasette, lambda archive: read_run(archive, number))
    return await page(datasette, request, "run.html", found) if found else missing(f"There was no run {number}.")


async def closed() -> Any:
    """Answer that there is no such page."""
    return missing("There is no such page.")


async def ask(datasette: Any, question: Callable[[Archive], T]) -> T:
    """Return the answer to a question that is asked of the archive, within Datasette's time limit for each query."""
    database = datasette.get_database(DATABASE)

    def answer(connection: Any) -> T:
        with sqlite_timelimit(connection, datasette.setting("sql_time_limit_ms")):
            return question(Archive(Path(database.path), connection))

    found: T = await database.execute_fn(answer)
    return found


async def page(datasette: Any, request: Any, template: str, values: dict[str, Any], status: int = 200) -> Any:
    """Return one of our templates, filled in, as an answer."""
    html = await datasette.render_template(template, {**values, "database": DATABASE}, request=request)
    return Response.html(html, status=status)


def missing(sentence: str) -> Any:
    """End the request with status 404 and a sentence. Raises NotFound."""
    raise NotFound(sentence)


def limit_of(text: str | None) -> int:
    """Return how many hits were asked for, 1 to MAX_HITS; DEFAULT_HITS where *text* is no number."""
    return max(1, min(int(text), MAX_HITS)) if text and text.isascii() and text.isdigit() else DEFAULT_HITS


def as_dict(hit: Hit) -> dict[str, Any]:
    """Return a hit with its fields by name."""
    return {name: getattr(hit, name) for name in FIELDS}


def as_csv(hits: list[Hit]) -> str:
    """Return hits as CSV with a line of names first."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS)
    writer.writeheader()
    writer.writerows(as_dict(hit) for hit in hits)
    return out.getvalue()
