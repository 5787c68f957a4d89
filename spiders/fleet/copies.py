"""Copies of the shards' archives, to be asked questions: brought once for each state, and then at hand.

WORK/copies/<the archive's digest>-<outlets>/archive.db
                                           /warc/        its WARC files that were asked for
"""

import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

from archive.shards.narrowed import keep_only
from kickcrawl.errors import ArchiveError
from spiders.fleet.fleet import Fleet
from spiders.fleet.state import Part, State
from spiders.fleet.storage import PATIENCE, Storage
from spiders.fleet.taken import bring, warc_files

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

    As copies_in() of its newest states.
    """
    return copies_in(fleet.states(), fleet.storage.url, work)


def copies_in(states: Mapping[str, State], url: str, work: Path) -> list[Copy]:
    """Return a copy for each archive that *states*, by the names of shards, name, in their order.

    Copies below *work* that nobody has asked for a day are deleted; they may be another fleet's, or being read.
    """
    copies = [
        Copy(url=url, name=f"{name}.{i}" if i else name, part=part, work=work)
        for name, state in states.items()
        for i, part in enumerate(state.parts)
        if part.archive is not None
    ]
    for folder in (work / "copies").glob("*-*"):
        if folder.stat().st_mtime < time.time() - KEPT:
            shutil.rmtree(folder)
    return copies


def at_hand(copy: Copy, patience: float = PATIENCE) -> Path:
    """Return the path of the copy, brought here if it is not; of its own outlets only. Raises ArchiveError.

    *patience*: seconds that the store may be away.
    """
    path, stored = copy.folder / "archive.db", copy.part.archive
    assert stored is not None, "only archives are copied"
    copy.folder.mkdir(parents=True, exist_ok=True)
    os.utime(copy.folder)  # it is asked for
    with FileLock(copy.folder / "lock"):
        if not path.exists():
            part = copy.folder / "coming.db"
            bring(Storage(copy.url, patience), stored, part)
            if set(stored.articles) - set(copy.part.outlets):
                keep_only(part, copy.part.outlets)
            part.replace(path)
    return path


def bring_record_file(copy: Copy, path: Path, patience: float = PATIENCE) -> None:
    """Bring one of the WARC files of the copy's part to *path*, if it is not there. Raises ArchiveError."""
    storage = Storage(copy.url, patience)
    with FileLock(copy.folder / "lock"):
        if not path.exists():
            name = warc_files(storage, copy.part).get(path.name)
            if name is None:
                raise ArchiveError(path, f"shard {copy.name} names no such WARC file in {copy.url}")
            storage.download(name, path)
