"""Where a site is one of several, a shard's, and a joint site (archive/joint/) shows all of them as one: what it knows.

Datasette's way to tell a plugin of it: metadata["plugins"]["kickcrawl"]. The joint site itself is told its path, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from datasette import hookimpl

_PLUGIN = "kickcrawl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """The *path* of the joint site ("/", "/arsip/"), and the *shard* that this site is of; None of the joint one."""

    path: str
    shard: str | None = None

    @property
    def mount(self) -> str:
        """Where this site stands beneath the joint one, without a slash at its end."""
        return f"/shard/{self.shard}" if self.shard is not None else ""

    @property
    def own_path(self) -> str:
        """The whole path of this site.

        >>> Above(path="/arsip/", shard="0001").own_path
        '/arsip/shard/0001/'
        """
        return f"{self.path.rstrip('/')}{self.mount}/"

    def told(self) -> dict[str, Any]:
        """Return it as metadata for Datasette."""
        return {"plugins": {_PLUGIN: {"above": self.path, "shard": self.shard}}}


def above_of(datasette: Any) -> Above | None:
    """Return what a site was told; None for one that stands alone."""
    told = datasette.plugin_config(_PLUGIN) or {}
    return Above(path=told["above"], shard=told["shard"]) if "above" in told else None


@hookimpl
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    """Tell templates what the site is of, and where its main menu leads: to all shards, where there are several."""
    above = above_of(datasette)
    return {"above": above, "is_joint": above is not None and above.shard is None, "menu": _menu(datasette, above)}


def _menu(datasette: Any, above: Above | None) -> Mapping[str, str]:
    if above is None:
        there = {"front": "/", "search": "/search", "articles": "/archive/articles", "data": "/archive"}
        return {name: str(datasette.urls.path(path)) for name, path in (there | {"about": "/about"}).items()}
    there = {"front": "", "search": "search", "articles": "search?order=newest", "data": "questions", "about": "shards"}
    return {name: f"{above.path}{path}" for name, path in there.items()}
