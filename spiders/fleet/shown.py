"""The shards of a fleet as a site shows them: copies at hand, brought anew where the storage has a newer state.

What cannot be brought is told: of a shard the state before is shown, or why there is none; of the storage, since when.
"""

import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event

from archive.joint.joint import Joint
from archive.shards.reached import Shard
from kickcrawl.errors import ArchiveError, KickcrawlError
from spiders.fleet.copies import Copy, at_hand, bring_record_file, copies_in
from spiders.fleet.fleet import Fleet

PATIENCE = 10.0  # seconds that the store may be away while a site waits for it; it shows what it has
RETRY = 600.0  # seconds until the download of a state that failed is tried again: it may be large
_BRACKETS = re.compile(r" ?\(.*\)")
EMPTY = "no archive yet; `kickcrawl fleet run` fills it"


class Shown:
    """What a site shows of *fleet*, with copies below *work*; *tell* is told of each that is brought."""

    def __init__(self, fleet: Fleet, work: Path, tell: Callable[[str], None] = lambda _: None) -> None:
        self._fleet, self._work, self._tell = fleet, work, tell
        self._shown: dict[str, tuple[Shard, frozenset[str]]] = {}  # with its outlets
        self._failed: dict[Path, tuple[float, str]] = {}  # when a copy could not be brought, and why
        self._read_at = datetime.now(UTC)

    def look(self) -> list[Shard]:
        """Return the shards as they are in the storage now. Raises ArchiveError where it cannot be read."""
        states = self._fleet.states()
        copies = copies_in(states, self._fleet.storage.url, self._work)
        folders = {copy.folder for copy in copies}
        self._failed = {folder: failed for folder, failed in self._failed.items() if folder in folders}
        homes = {slug: copy.name for copy in copies for slug in copy.part.outlets}
        self._shown = {copy.name: self._at_hand(copy, homes) for copy in copies}
        self._read_at = datetime.now(UTC)
        empty = [Shard(name=name, note=EMPTY) for name in states if name not in self._shown]
        return sorted([*(shard for shard, _ in self._shown.values()), *empty], key=lambda shard: shard.name)

    def keep(self, joint: Joint, stop: Event, seconds: float) -> None:
        """Have *joint* show what is in the storage, looked for every *seconds*, until *stop* is set."""
        while not stop.wait(seconds):
            try:
                joint.show(self.look())
            except (KickcrawlError, OSError) as error:
                self._keep_copies()
                if joint.note is None:  # a fault that lasts is told once
                    self._tell(f"newer states cannot be looked for: {error}")
                note = f"Shown is what was there at {self._read_at:%Y-%m-%d %H:%M} UTC: {self._said(error)}."
                joint.show(joint.shards, note)

    def _at_hand(self, copy: Copy, homes: Mapping[str, str]) -> tuple[Shard, frozenset[str]]:
        """Return the shard of a copy, with its outlets, or its earlier state: where none of these is elsewhere now."""
        try:
            path = self._path(copy)
        except ArchiveError as error:
            before, outlets = self._shown.get(copy.name, (Shard(name=copy.name), frozenset[str]()))
            has_moved = any(homes.get(slug) != copy.name for slug in outlets)
            if before.path is None or has_moved or not before.path.exists():
                return Shard(name=copy.name, problem=error.reason), frozenset()
            os.utime(before.path.parent)
            told = f"shown is an earlier state; the newest cannot be brought: {error.reason}"
            return replace(before, note=told), outlets
        bring = partial(bring_record_file, copy, patience=PATIENCE)
        return Shard(name=copy.name, path=path, bring=bring), frozenset(copy.part.outlets)

    def _path(self, copy: Copy) -> Path:
        """Return the path of the copy, brought if it is not there. Raises ArchiveError, for a while the same."""
        failed_at, why = self._failed.get(copy.folder, (-RETRY, ""))
        if time.monotonic() < failed_at + RETRY:
            raise ArchiveError(copy.folder, why)
        try:
            if not (copy.folder / "archive.db").exists():
                self._tell(f"shard {copy.name} is being brought")
            return at_hand(copy, PATIENCE)
        except (ArchiveError, OSError) as error:
            why = self._said(error)
            self._failed[copy.folder] = time.monotonic(), why
            self._tell(f"shard {copy.name} cannot be brought: {error}")
            raise ArchiveError(copy.folder, why) from error

    def _said(self, error: Exception) -> str:
        """Return what visitors are told of an error: no address or path that is the operator's, as in brackets."""
        why = error.reason if isinstance(error, ArchiveError) else "this machine cannot keep it"
        url = self._fleet.storage.url
        return _BRACKETS.sub("", why.replace(f"{url}/", "").replace(url, "the storage"))

    def _keep_copies(self) -> None:
        """Note that what is shown is asked for, so that no other command deletes it (copies_in)."""
        for shard, _ in self._shown.values():
            if shard.path is not None and shard.path.exists():
                os.utime(shard.path.parent)
