"""How Datasette's tables show a value: ids as links to our pages, lists as words, times by the outlet's clock."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, quote

from datasette import hookimpl
from markupsafe import Markup

from archive.site.moments import in_digits, marked_up
from archive.site.narrowed import narrowed
from archive.site.visitor import visitor_of
from archive.site.zones import zone_of, zones_of
from kickcrawl.fields import NAMES

ARTICLE_COLUMNS = frozenset(("article_id", "first_id", "matched_id"))
PAGES = {"run_id": "/run/", "story_id": "/story/", "outlet": "/outlet/"}
PAGES_OF_TABLES = {"articles": "/article/", "runs": "/run/", "stories": "/story/"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
LIST_COLUMNS = frozenset((*NAMES, "changed"))


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Return how a value of a table is shown, None for Datasette's own way; called for each cell."""
    if value is None or value == "":
        return None
    value, label = key_and_label(value)
    names_of_row = row.keys()
    if column == "title" and table is None and "article_id" in names_of_row:
        return link(datasette, "/article/", row["article_id"], value, "headline-cell")
    if column in ARTICLE_COLUMNS:
        return link(datasette, "/article/", value, label)
    if column == "id" and table in PAGES_OF_TABLES:
        return link(datasette, PAGES_OF_TABLES[table], value)
    if column in PAGES:
        return link(datasette, PAGES[column], value, label, "id-cell" if label is None else "headline-cell")
    if column.endswith("_at") and _TIME.fullmatch(str(value)):
        return local_time(datasette.get_database(database), str(value), {name: row[name] for name in names_of_row})
    if column in LIST_COLUMNS:
        return ", ".join(names(value)) or None
    return None


@hookimpl
async def extra_template_vars(datasette: Any, request: Any, database: str | None, table: str | None) -> dict[str, Any]:
    """Give the pages of tables their descriptions, and the list of articles its outlets and what it is narrowed to."""
    if not database:
        return {}
    tables = datasette.metadata("tables", database=database) or {}
    described = {name: about.get("description", "") for name, about in tables.items()}
    if table != "articles":
        return {"described": described}
    outlets = await datasette.get_database(database).execute("SELECT slug, name, timezone FROM outlets")
    called = {row["slug"]: row["name"] for row in outlets.rows}
    said = narrowed(parse_qsl(request.query_string), called, visitor_of(request).words)
    return {"described": described, "outlets": {row["slug"]: row for row in outlets.rows}, "narrowed": said}


async def local_time(database: Any, at: str, row: dict[str, Any]) -> str:
    """Return a time by the clock of the row's outlet, or of all outlets, if they have one; else in UTC."""
    zone = zone_of(await zones_of(database), key_and_label(row.get("outlet"))[0])
    return marked_up(at, in_digits(at, row.get("published_offset"), zone))


def key_and_label(value: Any) -> tuple[Any, Any]:
    """Return a value and None, and what Datasette gives for a reference to another table as its key and its label."""
    return (value["value"], value["label"]) if isinstance(value, dict) else (value, None)


def link(datasette: Any, page: str, value: object, words: object = None, kind: str = "id-cell") -> Markup:
    """Return a link to a page of ours with its words escaped; the value itself where there are none."""
    path = datasette.urls.path(page + quote(str(value), safe=""))
    return Markup('<a class="{}" href="{}">{}</a>').format(kind, path, value if words is None else words)


def names(value: object) -> list[str]:
    """Return a JSON list of strings as a list; anything else as a list of itself."""
    try:
        found = json.loads(str(value))
    except ValueError:
        return [str(value)]
    return [str(name) for name in found] if isinstance(found, list) else [str(found)]


def web_address(url: object) -> str | None:
    """Return *url* if a browser may be sent there: http or https, no script."""
    return url if isinstance(url, str) and url.lower().startswith(("http://", "https://")) else None
