"""Keep each folder of WARC files to one archive: if two wrote into the same files, the offsets of both would be wrong.

    archive.db  lain.db   ->   warc/ (of archive.db, which was first), lain.warc/

A file beside the folder names its database, by a relative path, so that both can be moved or copied together. Where no
database of that name is left (it was renamed, or lost), the next archive that writes takes the folder over.
"""

import os
from pathlib import Path

from filelock import FileLock

from archive.warc.files import border
from kickcrawl.errors import ArchiveError


def warc_folder(archive: Path) -> Path:
    """Return the folder of the WARC files of the database *archive*: `warc` beside it, or the one of its own."""
    own = _own_folder(archive)
    return own if own.is_dir() else archive.parent / "warc"


def claim_folder(folder: Path, archive: Path, *, is_empty: bool = False) -> Path:
    """Note that *folder* belongs to the database *archive*, from now on, and return it.

    If it belongs to another one, an archive that *is_empty* (has no captures yet) gets a folder of its own; for any
    other, or where the note cannot be written, ArchiveError is raised.
    """
    note = _note_of(folder)
    with border(note):
        note.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(note.with_name(f"{note.name}.lock")):  # two archives may ask at the same time
            try:
                refuse_others(folder, archive)
            except ArchiveError:
                own = _own_folder(archive)
                if not is_empty or own == folder:
                    raise
            else:
                name = os.path.relpath(archive.resolve(), note.parent)
                if _read(note) != name:
                    note.write_text(f"{name}\n", encoding="utf-8")
                return folder
        own.mkdir(exist_ok=True)
        return claim_folder(own, archive)


def refuse_others(folder: Path, archive: Path) -> None:
    """Raise ArchiveError if *folder* belongs to another database than *archive*."""
    note = _note_of(folder)
    name = _read(note)
    owner = (note.parent / name).resolve()
    if name and owner.is_file() and owner != archive.resolve() and not (archive.exists() and owner.samefile(archive)):
        why = f"the WARC files in {folder} belong to another archive, {owner}; put this one into a folder of its own"
        raise ArchiveError(archive, why)


def _own_folder(archive: Path) -> Path:
    return archive.with_name(f"{archive.stem}.warc")


def _note_of(folder: Path) -> Path:
    real = folder.resolve()  # two archives may lead to one folder by a link
    return real.with_name(f"{real.name}.owner")


def _read(note: Path) -> str:
    return note.read_text(encoding="utf-8").strip() if note.is_file() else ""
