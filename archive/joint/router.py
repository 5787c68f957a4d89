"""Which requests are for a shard's own site, and which for the pages over all."""

import re
from typing import Any

from archive.joint.joint import Joint
from archive.joint.mounts import Mounts
from archive.joint.whereabouts import whereabouts_of
from archive.shards.reached import Shard
from archive.site.headers import App, Scope, Send
from kickcrawl.errors import ArchiveError

_OF_SHARD = re.compile(r"/shard/(?P<name>[\w.-]+)(?P<rest>/.*)?$")
# Keys of an ASGI scope:
WHEREABOUTS = "joint-whereabouts"  # in which shard the article, outlet or address is that the request names
WHY = "joint-why"  # why that shard's archive cannot be opened


def routed(joint: Joint, mounts: Mounts, pages: App) -> App:
    """Return an ASGI app that passes each request to a shard's own site or to *pages*, the pages over all shards.

    *pages* also answer where there is no such shard, or where it is not known which shard has what is asked for.
    """

    async def answer(scope: Scope, receive: Any, send: Send) -> None:
        if scope["type"] != "http":
            await pages(scope, receive, send)
            return
        path = scope["path"]
        if found := _OF_SHARD.match(path):
            await to_shard(joint.find(found["name"]), found["rest"] or "/", scope, receive, send)
            return
        found_at = await whereabouts_of(joint, path, scope["query_string"].decode("latin-1"))
        if found_at is not None and len(found_at.among) == 1:
            await to_shard(joint.find(found_at.among[0]), path, scope, receive, send)
            return
        await pages({**scope, WHEREABOUTS: found_at}, receive, send)

    async def to_shard(shard: Shard | None, rest: str, scope: Scope, receive: Any, send: Send) -> None:
        if shard is None or shard.path is None:
            await pages(scope, receive, send)
            return
        try:
            mount = mounts.of(shard)
        except ArchiveError as error:
            await pages({**scope, WHY: error.reason}, receive, send)
            return
        raw = scope.get("raw_path") or scope["path"].encode()
        below = raw.removeprefix(f"/shard/{shard.name}".encode()) or b"/"
        await mount.answer({**scope, "path": rest, "raw_path": below}, receive, send)

    return answer
