"""Our own pages beside Datasette's: front, article, revision, difference, story, outlet, run, about.

    /   /article/ID   /article/ID@2   /article/ID.json   /article/ID/diff?from=1&to=2   /article/ID/cite?style=bibtex
    /story/NUMBER   /outlet/SLUG   /run/NUMBER   /about

All reading is done on Datasette's own threads and connections (read-only, with a limit of work).
"""

from collections.abc import Callable
from typing import Any, get_args

from datasette import Response, hookimpl

from archive.cite.cite import Style, citation
from archive.cite.mementos import headers_of, past_of
from archive.site.about_page import read_about
from archive.site.article_page import read_article, read_difference, read_state
from archive.site.asking import Missing, ask, page
from archive.site.base import base_of, citable
from archive.site.gone import gone
from archive.site.queries import front_page, read_outlet, read_run, tell_front
from archive.site.story_page import read_story
from archive.tombstones import find_tombstone

_ID = r"(?P<id>[0-9a-f]{4,64})"
_CITATION_TYPES = {"bibtex": "application/x-bibtex", "ris": "application/x-research-info-systems"}


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the addresses of our pages with what answers them."""
    return [
        (r"/$", front),
        (rf"/article/{_ID}(?:@(?P<number>\d{{1,9}}))?(?:\.(?P<format>json))?$", article),
        (rf"/article/{_ID}/diff$", difference),
        (rf"/article/{_ID}/cite$", cite),
        (r"/story/(?P<id>\d{1,18})$", story),
        (r"/outlet/(?P<slug>[^/]+)$", outlet),
        (r"/run/(?P<id>\d{1,18})$", run),
        (r"/about$", about),
        # Datasette's pages for its own developers; some tell paths of this machine.
        (r"/-/(?:patterns|messages|allow-debug|permissions|threads|databases|logout|auth-token)(?:\.json)?$", closed),
    ]


async def front(datasette: Any, request: Any) -> Any:
    """Answer with the front page: what is in the archive."""
    found = front_page(await ask(datasette, tell_front))
    return await page(datasette, request, "front.html", found | by_month(datasette, found["chart"]))


async def article(datasette: Any, request: Any) -> Any:
    """Answer with an article under its full id; a shorter one that names one article leads there.

    @2, or ?revision=2, and ?on=2025-07-14 ask for it as it stood.
    """
    name, number = request.url_vars["id"], request.url_vars["number"]
    revision, on = number or request.args.get("revision"), request.args.get("on")
    if request.url_vars["format"]:
        state = await ask(datasette, lambda archive: read_state(archive, name, revision, on))
        return Response.json(state) if state is not None else await no_article(datasette, name)
    base = base_of(datasette, request)
    found = await ask(datasette, lambda archive: read_article(archive, name, revision, on, base=citable(base)))
    if found is None:
        return await no_article(datasette, name)
    state = found["article"]
    if state["id"] != name:
        asked = (f"@{number}" if number else "") + (f"?{request.query_string}" if request.query_string else "")
        return Response.redirect(datasette.urls.path(f"/article/{state['id']}{asked}"))
    answer = await page(datasette, request, "article.html", found)
    past = await ask(datasette, lambda archive: past_of(archive, state))
    shown = next((one for one in past.mementos if number and one.revision == state["revision"]), None)
    answer.headers |= headers_of(past, base, shown)
    return answer


async def difference(datasette: Any, request: Any) -> Any:
    """Answer with what one revision of an article changed against another; the last two where none are named."""
    name = request.url_vars["id"]
    given = [request.args.get(side) or "" for side in ("from", "to")]
    pair = [int(side) for side in given if side.isascii() and side.isdigit()]
    asked = (0, 0) if any(given) and len(pair) != 2 else pair  # no revision has the number 0
    found = await ask(datasette, lambda archive: read_difference(archive, name, *asked))
    return await page(datasette, request, "diff.html", found) if found else await no_article(datasette, name)


async def cite(datasette: Any, request: Any) -> Any:
    """Answer with the citation of a revision, in the style that is asked for, as text."""
    name, revision = request.url_vars["id"], request.args.get("revision", "")
    style: Style = next((known for known in get_args(Style) if known == request.args.get("style")), "text")
    base = base_of(datasette, request)
    buried = await ask(datasette, lambda archive: find_tombstone(archive, name))
    if buried is not None:
        gone(buried)
    of = f"{name}@{revision}" if revision else name
    text = await ask(datasette, lambda archive: citation(archive, of, style, citable(base)))
    kind = "application/vnd.citationstyles.csl+json" if style == "csl" else _CITATION_TYPES.get(style, "text/plain")
    return Response(text, content_type=f"{kind}; charset=utf-8")


async def no_article(datasette: Any, name: str) -> Any:
    """Answer that there is no such article, or when and why it was taken down."""
    buried = await ask(datasette, lambda archive: find_tombstone(archive, name))
    if buried is not None:
        gone(buried)
    raise Missing("article", name=name)


async def story(datasette: Any, request: Any) -> Any:
    """Answer with the page of a story."""
    number = int(request.url_vars["id"])
    found = await ask(datasette, lambda archive: read_story(archive, number))
    if found is None:
        raise Missing("story", name=number)
    return await page(datasette, request, "story.html", found)


async def outlet(datasette: Any, request: Any) -> Any:
    """Answer with the page of an outlet."""
    slug = request.url_vars["slug"]
    found = await ask(datasette, lambda archive: read_outlet(archive, slug))
    if found is None:
        raise Missing("outlet", name=slug)
    return await page(datasette, request, "outlet.html", found | by_month(datasette, found["chart"], f"&outlet={slug}"))


async def run(datasette: Any, request: Any) -> Any:
    """Answer with the page of a run."""
    number = int(request.url_vars["id"])
    found = await ask(datasette, lambda archive: read_run(archive, number))
    if found is None:
        raise Missing("run", name=number)
    return await page(datasette, request, "run.html", found)


async def about(datasette: Any, request: Any) -> Any:
    """Answer with what the archive is, how complete, and how to cite it."""
    return await page(datasette, request, "about.html", await ask(datasette, read_about))


async def closed() -> Any:
    """Answer that there is no such page."""
    raise Missing("page")


def by_month(datasette: Any, chart: Any, narrowed: str = "") -> dict[str, Any]:
    """Return the addresses that the bars of a chart lead to."""
    articles = datasette.urls.path("/archive/articles")
    return {"links": {bar.label: f"{articles}?_month={bar.label}{narrowed}" for bar in (chart.bars if chart else ())}}
