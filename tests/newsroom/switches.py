"""What the site does differently at run time: a REST interface behind a login, a feed turned off, another theme, …"""

from __future__ import annotations

from dataclasses import dataclass

ALLOWED: dict[str, tuple[object, ...]] = {
    "rest": ("on", "401", "403", "404"),
    "feed": ("on", "404", "home", "summary"),
    "sitemap": ("core", "seo", "off"),
    "seo": ("graph", "newsarticle", "none"),
    "gone": (301, 404, 410),
    "robots": ("ok", "5xx", "disallow", "404"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    rest: str = "on"
    feed: str = "on"
    sitemap: str = "core"
    seo: str = "graph"
    clutter: bool = True  # the portal theme, or a bare one
    content_class: str = "entry-content"  # of the portal's element round the body
    gone: int = 404  # status of a trashed post; 301 leads to another post, as WordPress guesses
    maintenance: bool = False
    robots: str = "ok"
    crawl_delay: float | None = None  # seconds
    gzip: bool = False
    retry_after: int | None = None  # seconds, sent with 429 and 503
    amp: bool = False
    rights: bool = False  # it states licences and reservations; of posts by their ids:
    noarchive: frozenset[int] = frozenset()
    noarchive_by_header: frozenset[int] = frozenset()
    reserved: frozenset[int] = frozenset()  # for text and data mining

    def __post_init__(self) -> None:
        for name, allowed in ALLOWED.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name}={getattr(self, name)!r}: choose one of {', '.join(map(repr, allowed))}")
