"""What the site says of rights, where it is switched on: ai.txt and tdmrep.json, tags in pages, header lines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .edition import Edition
from .exchange import Answer, json_data
from .model import Post
from .switches import Switches

LICENCE = "https://creativecommons.org/licenses/by-nc/4.0/"
HOLDER = "Yayasan Warta Uji"
AI = "# untuk mesin pelajar\nUser-Agent: *\nDisallow: *.pdf\nAllow: /\n"
TDMREP = [
    {"location": "/category/*", "tdm-reservation": 0},
    {"location": "/wp-content/*", "tdm-reservation": 1, "tdm-policy": "https://warta.example/kebijakan-tdm.json"},
]


def answer(path: str, switches: Switches) -> Answer | None:
    """Return one of the files, or None."""
    if not switches.rights:
        return None
    if path == "/ai.txt":
        return Answer(200, AI.encode(), "text/plain; charset=UTF-8")
    if path == "/.well-known/tdmrep.json":
        return json_data(TDMREP)
    return None


def tags(switches: Switches, post: Post | None) -> list[str]:
    """Return the lines of a page's head that speak of rights."""
    if not switches.rights:
        return []
    lines = [f'<link rel="license" href="{LICENCE}" />']
    if post and post.id in switches.noarchive:
        lines.append('<meta name="robots" content="noarchive" />')
    if post and post.id in switches.reserved:
        lines.append('<meta name="tdm-reservation" content="1" />')
    return lines


def properties(switches: Switches) -> dict[str, Any]:
    """Return what an article's JSON-LD says of rights."""
    if not switches.rights:
        return {}
    return {
        "license": LICENCE,
        "copyrightHolder": {"@type": "Organization", "name": HOLDER},
        "isAccessibleForFree": True,
        "conditionsOfAccess": "Bebas dibaca",
    }


def with_lines(answered: Answer, edition: Edition, path: str, switches: Switches) -> Answer:
    """Return an answer with the header lines that its post has."""
    asked = (post for post in edition.posts if edition.permalinks.path(post).rstrip("/") == path.rstrip("/"))
    post = next(asked, None) if switches.rights and switches.noarchive_by_header else None
    if post is None or post.id not in switches.noarchive_by_header:
        return answered
    return replace(answered, headers={**answered.headers, "X-Robots-Tag": "otherbot: noindex, kickcrawl: noarchive"})
