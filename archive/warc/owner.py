"""Keep a folder of WARC files to one archive: two that write into the same files have wrong offsets, both of them.

A file beside the folder names the database that the folder belongs to, relative to itself. So it holds wherever they
are moved or copied together. Where no database of that name is there any more (it was renamed, or is lost), the next
archive that writes takes the folder over.
"""

import os
from pathlib import Path

from filelock import FileLock

from archive.warc.files import border
from kickcrawl.errors import ArchiveError


def claim_folder(folder: Path, archive: Path) -> None:
    """Note that *folder* belongs to the database *archive*, from now on.

    Raises ArchiveError where it belongs to another one, or the note cannot be written.
    """
    note = _note_of(folder)
    with border(note):
        note.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(note.with_name(f"{note.name}.lock")):  # two archives may ask at the same time
            refuse_others(folder, archive)
            name = os.path.relpath(archive.resolve(), note.parent)
            if _read(note) != name:
                note.write_text(f"{name}\n", encoding="utf-8")


def refuse_others(folder: Path, archive: Path) -> None:
    """Raise ArchiveError if *folder* belongs to another database than *archive*."""
    note = _note_of(folder)
    name = _read(note)
    owner = (note.parent / name).resolve()
    if name and owner.is_file() and owner != archive.resolve() and not (archive.exists() and owner.samefile(archive)):
        why = f"the WARC files in {folder} belong to another archive, {owner}; put this one into a folder of its own"
        raise ArchiveError(archive, why)


def _note_of(folder: Path) -> Path:
    real = folder.resolve()  # two archives may lead to one folder by a link
    return real.with_name(f"{real.name}.owner")


def _read(note: Path) -> str:
    return note.read_text(encoding="utf-8").strip() if note.is_file() else ""
