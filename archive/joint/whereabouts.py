"""In which shard an article, an outlet or an address is: what is asked of one of them goes to its own site."""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from archive.cite.mementos import find_past
from archive.database import Archive, open_archive
from archive.joint.joint import Joint
from archive.lookup import MIN_ID_DIGITS
from archive.site.memento import address_of

_ARTICLE = re.compile(r"/article/(?P<name>[0-9a-f]{4,64})(?:[@./].*)?$")
_OUTLET = re.compile(r"/(?:outlet|coverage)/(?P<name>[^/]+)$")
_ADDRESS = re.compile(r"/time(?:gate|map/(?:link|json))/(?P<name>.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where something of that *name* is: in the shards *among*, none or one, or several that may mean another each.

    *kind* is ``article``, ``outlet`` or ``address``; *problems*: why other shards could not be asked, by their names.
    """

    kind: str
    name: str
    among: tuple[str, ...]
    problems: dict[str, str]


async def whereabouts_of(joint: Joint, path: str, query: str) -> Whereabouts | None:
    """Return where that is which an address of one archive means; None for one that is not of one shard."""
    if found := _ARTICLE.match(path):
        return await _look_for(joint, "article", found["name"], holds_article)
    if found := _ADDRESS.match(path):
        return await _look_for(joint, "address", address_of(found["name"], query), holds_address)
    if found := _OUTLET.match(path):
        return await _look_for(joint, "outlet", found["name"], holds_outlet)
    return None


def holds_article(archive: Archive, name: str) -> bool:
    """Tell whether an article of that id, or of one that begins so, is there or was taken down."""
    return archive.row(_HOLDS_ARTICLE, {"name": name, "digits": MIN_ID_DIGITS}) is not None


def holds_outlet(archive: Archive, slug: str) -> bool:
    """Tell whether there is an outlet of that slug."""
    return archive.row("SELECT 1 FROM outlets WHERE slug = :slug", {"slug": slug}) is not None


def holds_address(archive: Archive, address: str) -> bool:
    """Tell whether an article had that address of an outlet."""
    return find_past(archive, address) is not None


async def _look_for(joint: Joint, kind: str, name: str, holds: Callable[[Archive, str], bool]) -> Whereabouts:
    def step(path: Path, name: str) -> bool:
        with closing(open_archive(path, read_only=True)) as archive:
            return holds(archive, name)

    reached = await joint.ask(lambda fan, _: fan(step, name))
    among = tuple(shard for shard, is_there in zip(reached.names, reached.found, strict=True) if is_there)
    return Whereabouts(kind=kind, name=name, among=among, problems=reached.problems)


_HOLDS_ARTICLE = """
    SELECT 1 FROM articles WHERE id = :name
    UNION SELECT 1 FROM takedowns WHERE article_id = :name
    UNION SELECT 1 FROM articles WHERE length(:name) >= :digits AND id > :name AND id < :name || 'g'
"""
