"""How Datasette's tables show a value: ids as links to our pages, lists as words, times as they are; and filters."""

import json
import re
from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from jinja2 import Environment
from markupsafe import Markup

from archive.site.marks import marked
from archive.site.moments import day_in_words, in_words
from kickcrawl.compare.diff import shortened
from kickcrawl.fields import NAMES

ARTICLE_COLUMNS = frozenset(("article_id", "first_id", "matched_id"))
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
LIST_COLUMNS = frozenset((*NAMES, "changed"))


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None) -> Any:
    """Return how a value of a table is shown, None for Datasette's own way; called for each cell."""
    if value is None or value == "":
        return None
    if column == "title" and table is None and "article_id" in row.keys():  # noqa: SIM118  (a Row, no dict)
        return link(f"/article/{quote(str(row['article_id']), safe='')}", value, "headline-cell")
    if column in ARTICLE_COLUMNS or (table == "articles" and column == "id"):
        return link(f"/article/{quote(str(value), safe='')}", value)
    if column == "run_id" or (table == "runs" and column == "id"):
        return link(f"/run/{quote(str(value), safe='')}", value)
    if column.endswith("_at") and _TIME.fullmatch(str(value)):
        return Markup('<time datetime="{}">{}</time>').format(value, f"{value[:10]} {value[11:19]}")
    if column in LIST_COLUMNS:
        return ", ".join(names(value)) or None
    return None


@hookimpl
async def extra_template_vars(datasette: Any, database: str | None, table: str | None) -> dict[str, Any]:
    """Give the pages of tables their descriptions, and the list of articles its outlets."""
    if not database:
        return {}
    tables = datasette.metadata("tables", database=database) or {}
    described = {name: about.get("description", "") for name, about in tables.items()}
    if table != "articles":
        return {"described": described}
    outlets = await datasette.get_database(database).execute("SELECT slug, name, timezone FROM outlets")
    return {"described": described, "outlets": {row["slug"]: row for row in outlets.rows}}


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Add the filters that our templates use."""
    env.filters |= {"moment": in_words, "day": day_in_words, "marked": marked, "names": names, "web": web_address}
    env.filters["shortened"] = shortened


def link(path: str, words: object, kind: str = "id-cell") -> Markup:
    """Return a link with its words escaped."""
    return Markup('<a class="{}" href="{}">{}</a>').format(kind, path, words)


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
