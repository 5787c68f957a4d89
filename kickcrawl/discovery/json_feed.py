"""JSON Feed (jsonfeed.org, versions 1 and 1.1), turned into what feedparser makes of the other feeds."""

import json
from typing import Any

from kickcrawl.page.encodings import without_surrogates

_VERSION = "jsonfeed.org/version/"


def as_feed(body: bytes) -> dict[str, Any] | None:
    """Return *version*, *feed* and *entries* in feedparser's words; None if *body* is no JSON Feed."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        feed = without_surrogates(json.loads(body.decode("utf-8-sig")))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or _VERSION not in _text(feed, "version"):
        return None
    items = feed.get("items")
    entries = [_entry(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    about = {
        "link": _text(feed, "home_page_url"),
        "language": _text(feed, "language"),
        "links": [{"rel": "next", "href": _text(feed, "next_url")}],
    }
    return {"version": "json", "feed": about, "entries": entries}


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    # external_url is a page elsewhere that the entry speaks of.
    entry: dict[str, Any] = {"title": _text(item, "title"), "id": _text(item, "id"), "link": _text(item, "url")}
    authors = item.get("authors")
    people = authors if isinstance(authors, list) else [item.get("author")]
    entry["authors"] = [{"name": _text(person, "name")} for person in people if isinstance(person, dict)]
    entry["content"] = [{"value": _text(item, "content_html") or _text(item, "content_text")}]
    for ours, theirs in (("published", "date_published"), ("updated", "date_modified")):
        if written := _text(item, theirs):
            entry[ours] = written
    return entry


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
