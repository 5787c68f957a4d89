"""Copies of the shards' archives, to be asked questions: brought once for each state, and then at hand.

WORK/copies/<the archive's digest>-<outlets>/archive.db
"""

import json
import os
import shutil
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from archive.shards.narrowed import keep_only
from spiders.fleet.fleet import Fleet
from spiders.fleet.state import Part
from spiders.fleet.storage import Storage
from spiders.fleet.taken import bring

KEPT = 86_400.0  # seconds that a copy stays which is not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The archive of a *part* of a shard in the fleet at *url*, to be had below *work*.

    *name*: the shard's, with the part's number behind it where it has several.
    """

    url: str
    name: str
    part: Part
    work: Path

    @property
    def folder(self) -> Path:
        """Where the copy is, or will be."""
        assert self.part.archive is not None, "only archives are copied"
        of = sha256(json.dumps(sorted(self.part.outlets)).encode()).hexdigest()
        return self.work / "copies" / f"{self.part.archive.sha256[:16]}-{of[:8]}"


def copies_of(fleet: Fleet, work: Path) -> list[Copy]:
    """Return a copy for each archive of the fleet, in the order of the shards; those that are none yet are left out.

    Copies below *work* that nobody has asked for a day are deleted; they may be another fleet's, or being read.
    """
    copies = [
        Copy(url=fleet.storage.url, name=f"{name}.{i}" if i else name, part=part, work=work)
        for name, state in fleet.states().items()
        for i, part in enumerate(state.parts)
        if part.archive is not None
    ]
    for folder in (work / "copies").glob("*-*"):
        if folder.stat().st_mtime < time.time() - KEPT:
            shutil.rmtree(folder)
    return copies


def at_hand(copy: Copy) -> Path:
    """Return the path of the copy, brought here if it is not; of its own outlets only. Raises ArchiveError."""
    path, stored = copy.folder / "archive.db", copy.part.archive
    assert stored is not None, "only archives are copied"
    copy.folder.mkdir(parents=True, exist_ok=True)
    os.utime(copy.folder)  # it is asked for
    with FileLock(copy.folder / "lock"):
        if not path.exists():
            part = copy.folder / "coming.db"
            bring(Storage(copy.url), stored, part)
            if set(stored.articles) - set(copy.part.outlets):
                keep_only(part, copy.part.outlets)
            part.replace(path)
    return path
