"""The sites of single shards, beneath the joint one: each is made when it is first asked for, and a few are kept."""

from collections import OrderedDict
from contextlib import closing
from pathlib import Path
from typing import Any

from archive.database import open_archive
from archive.joint.joint import Joint
from archive.shards.reached import Shard
from archive.site.above import Above
from archive.site.app import datasette_of
from archive.site.headers import App, Scope, Send
from archive.site.prefix import beneath

MAX_MOUNTED = 8  # sites that are kept: each has its templates, threads and connections, some MB


class Mount:
    """A shard's site, and how many requests it is answering; it closes after the last once it is *left*."""

    def __init__(self, shard: Shard, path: Path, base: str) -> None:
        above = Above(path=base, shard=shard.name)
        self._datasette = datasette_of(path, above.own_path, above)
        self._datasette.bring = shard.bring
        self._datasette.state = lambda: 0  # nobody writes to the file: see again.py
        self._app: App = beneath(above.own_path, self._datasette.app())
        self._answering = 0
        self._is_left = False

    async def answer(self, scope: Scope, receive: Any, send: Send) -> None:
        """Answer a request whose path is the shard's own."""
        self._answering += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._answering -= 1
            self._close_if_left()

    def leave(self) -> None:
        """Close it, once it has answered."""
        self._is_left = True
        self._close_if_left()

    def _close_if_left(self) -> None:
        if self._is_left and not self._answering:
            self._datasette.executor.shutdown(wait=False)
            for database in self._datasette.databases.values():
                database.close()


class Mounts:
    """The sites of the shards of *joint*, whose own site is at the path *base*."""

    def __init__(self, joint: Joint, base: str) -> None:
        self._joint, self._base = joint, base
        self._mounted: OrderedDict[Path, Mount] = OrderedDict()

    def of(self, shard: Shard) -> Mount:
        """Return the site of a shard that has a path. Raises ArchiveError where its archive cannot be opened."""
        assert shard.path is not None, "it was asked whether it has one"
        mount = self._mounted.pop(shard.path, None)
        if mount is None:
            with closing(open_archive(shard.path, read_only=True)):
                mount = Mount(shard, shard.path, self._base)
        self._mounted[shard.path] = mount
        self._leave_some()
        return mount

    def _leave_some(self) -> None:
        shown = {shard.path for shard in self._joint.shards}
        unshown = [path for path in self._mounted if path not in shown]
        oldest = [path for path in self._mounted if path in shown][:-MAX_MOUNTED]
        for path in [*unshown, *oldest]:
            self._mounted.pop(path).leave()
