"""Memento (RFC 7089): other web archives' tools ask here, by an outlet's address, for the article as it stood.

    /timegate/URL   302 to the revision that stood at Accept-Datetime (pattern 2.1); without it to the last
    /timemap/link/URL   /timemap/json/URL   all revisions, in application/link-format or JSON

400: Accept-Datetime is no time. 404: no article had this address. 410: it was taken down. Revisions' own headers are
sent by pages.py.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from datasette import Response, hookimpl

from archive.cite.mementos import (
    LINK_FORMAT,
    Past,
    as_json,
    as_link_format,
    find_past,
    links,
    read_moment,
)
from archive.cite.permanent import article_address
from archive.site.asking import ask
from archive.site.base import base_of
from archive.tombstones import Tombstone
from kickcrawl.errors import UsageError

_ONE_SLASH = re.compile(r"^(https?):/+", re.IGNORECASE)  # proxies make one slash of two


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Return the addresses of TimeGates and TimeMaps."""
    return [
        (r"/timegate/(?P<url>.+)$", timegate),
        (r"/timemap/(?P<format>link|json)/(?P<url>.+)$", timemap),
    ]


async def timegate(datasette: Any, request: Any) -> Any:
    """Answer with the way to the revision that stood at the time of Accept-Datetime."""
    vary = {"Vary": "accept-datetime"}
    asked = request.headers.get("accept-datetime")
    try:
        moment = read_moment(asked) if asked is not None else None
    except UsageError as error:
        return _sentence(f"{error}.", 400, vary)
    past = await _find(datasette, request)
    if not isinstance(past, Past):
        return _nothing(past, vary)
    base, shown = base_of(datasette, request), past.at(moment)
    location = article_address(base, past.article_id, shown.revision)
    return _sentence(location, 302, vary | {"Location": location, "Link": ", ".join(links(past, base, shown))})


async def timemap(datasette: Any, request: Any) -> Any:
    """Answer with the list of all revisions."""
    past = await _find(datasette, request)
    if not isinstance(past, Past):
        return _nothing(past)
    base = base_of(datasette, request)
    if request.url_vars["format"] == "json":
        return Response(as_json(past, base), content_type="application/json; charset=utf-8")
    return Response(as_link_format(past, base), content_type=LINK_FORMAT)


def address_of(url: str, query_string: str) -> str:
    """Return the outlet's address that the rest of a path means, escaped or not, with both slashes behind its scheme.

    >>> address_of("http:/warta.example/", "p=3")
    'http://warta.example/?p=3'
    """
    if re.match(r"https?%3a", url, re.IGNORECASE):
        url = unquote(url)
    whole = f"{url}?{query_string}" if query_string else url
    return _ONE_SLASH.sub(r"\1://", whole) if _ONE_SLASH.match(whole) else f"https://{whole}"


async def _find(datasette: Any, request: Any) -> Past | Tombstone | None:
    address = address_of(request.url_vars["url"], request.query_string)
    found: Past | Tombstone | None = await ask(datasette, lambda archive: find_past(archive, address))
    return found


def _nothing(buried: Tombstone | Past | None, headers: dict[str, str] | None = None) -> Any:
    if isinstance(buried, Tombstone):
        sentence = buried.in_words()
        return _sentence(f"{sentence[:1].upper()}{sentence[1:]}.", 410, headers)
    return _sentence("No article of this archive had this address.", 404, headers)


def _sentence(sentence: str, status: int, headers: dict[str, str] | None = None) -> Any:
    return Response.text(f"{sentence}\n", status=status, headers=headers)
