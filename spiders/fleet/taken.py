"""Bring the archive of a part here, and take it back: as one file under a new name, with the WARC files of its run.

WORK/SHARD/PART/archive.db   its archive; given.json says whose state it is, while nothing has changed it
WORK/SHARD/PART/warc/        the WARC files of this run only: those before are in the storage, and stay there
WORK/SHARD/PART/outlets/     the files of outlets that do not come with kickcrawl
"""

import hashlib
import json
import shutil
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from archive.chain import read_head
from archive.database import open_archive
from archive.warc.files import files_of
from archive.warc.owner import warc_folder
from kickcrawl.errors import ArchiveError
from spiders.fleet.state import Part, Stored
from spiders.fleet.storage import Storage

_BESIDE = ("-wal", "-shm")


def warc_files(storage: Storage, part: Part) -> dict[str, str]:
    """Return where the WARC files of *part* are in *storage*, by file name."""
    if part.warc is None:
        return {}
    data = storage.read(part.warc)
    if data is None:
        raise ArchiveError(storage.url, f"{part.warc} is not there, though its shard names it")
    found: dict[str, str] = json.loads(data)
    return found


def bring(storage: Storage, stored: Stored, path: Path) -> None:
    """Bring an archive from *storage* to *path*, and check that it is what was stored. Raises ArchiveError."""
    storage.download(stored.name, path)
    if digest_of(path) != stored.sha256:
        path.unlink()
        raise ArchiveError(path, f"{storage.url}/{stored.name} is not what was stored; the state before it may be")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(slots=True, kw_only=True)
class TakenPart:
    """A *part* of a shard in *folder*, to be crawled and given back to *storage* under *prefix* and *turn*.

    *prefix* is the shard's folder in the storage, *turn* a name that nobody else uses: the fence and the part's number.
    """

    storage: Storage
    part: Part
    folder: Path
    prefix: str
    turn: str
    _sent: dict[str, str] = field(default_factory=dict)  # WARC files that are in the storage, and where

    @property
    def path(self) -> Path:
        """The archive's file."""
        return self.folder / "archive.db"

    @property
    def outlets(self) -> Path:
        """The folder of outlet files."""
        return self.folder / "outlets"

    def bring(self) -> None:
        """Have the archive here, as it was given back last. Raises ArchiveError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(warc_folder(self.path), ignore_errors=True)  # of a run that was not given back, or was
        shutil.rmtree(self.outlets, ignore_errors=True)
        for slug, text in self.part.outlets.items():
            if text is not None:
                file = self.outlets / "fleet" / f"{slug}.toml"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        wanted = self.part.archive
        if self._note.exists() and wanted and self._note.read_text() == wanted.model_dump_json() and self.path.exists():
            return
        for name in ("", *_BESIDE):
            self.path.with_name(self.path.name + name).unlink(missing_ok=True)
        if wanted is not None:
            bring(self.storage, wanted, self.path)
            self._note.write_text(wanted.model_dump_json())

    def bring_records(self) -> None:
        """Have all WARC files of the part here, too. They stand in the storage already, and are not sent again."""
        self._sent = warc_files(self.storage, self.part)
        for file, name in self._sent.items():
            self.storage.download(name, warc_folder(self.path) / file)

    def begin(self) -> None:
        """Note that from now on the archive here is no longer what was given back."""
        self._note.unlink(missing_ok=True)

    def send_closed(self) -> None:
        """Send the WARC files that nothing is written to any more: all but each outlet's last."""
        last = {file.name.rpartition("-")[0]: file for file in self._files()}
        self._send([file for file in self._files() if file not in last.values()])

    def give_back(self) -> Part:
        """Send all, and return the part as it is now: to be named in the shard's next state. Raises ArchiveError."""
        if not self.path.exists():
            return self.part  # no run began
        with closing(open_archive(self.path)) as archive:
            archive.write("PRAGMA wal_checkpoint(TRUNCATE)")  # one file that needs no other
            articles = dict(map(tuple, archive.rows("SELECT outlet, count(*) FROM articles GROUP BY outlet")))
            head = read_head(archive)
        digest = digest_of(self.path)
        if self.part.archive is not None and digest == self.part.archive.sha256:
            return self.part
        self._send(self._files())
        listed, before = self.part.warc, warc_files(self.storage, self.part)
        if not self._sent.items() <= before.items():
            listed = f"{self.prefix}/warc/{self.turn}.json"
            self.storage.create(listed, json.dumps({**before, **self._sent}).encode())
        name = f"{self.prefix}/archives/{self.turn}.db"
        self.storage.upload(self.path, name)
        stored = Stored(name=name, size=self.path.stat().st_size, sha256=digest, articles=articles, head=head)
        return self.part.model_copy(update={"archive": stored, "warc": listed})

    def given(self, part: Part) -> None:
        """Note that *part* is what the shard's newest state names, and free the disk of what is in the storage."""
        if part.archive is not None:
            self._note.write_text(part.archive.model_dump_json())
        shutil.rmtree(warc_folder(self.path), ignore_errors=True)

    def take_out(self, part: Part) -> None:
        """Delete from the storage what was sent for *part*, which no state will name."""
        for name in set(self._sent.values()) - set(warc_files(self.storage, self.part).values()):
            self.storage.delete(name)
        if part.warc is not None and part.warc != self.part.warc:
            self.storage.delete(part.warc)
        if part.archive is not None and part.archive != self.part.archive:
            self.storage.delete(part.archive.name)

    @property
    def _note(self) -> Path:
        return self.folder / "given.json"

    def _files(self) -> list[Path]:
        return files_of(warc_folder(self.path))

    def _send(self, files: list[Path]) -> None:
        for file in files:
            if file.name not in self._sent:
                name = f"{self.prefix}/warc/{self.turn}/{file.name}"
                self.storage.upload(file, name)
                self._sent[file.name] = name
