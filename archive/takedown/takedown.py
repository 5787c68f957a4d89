"""Take an article down: its content goes for good, out of the tables, the indexes, the free pages and the WARC files.

    plan     which records of the outlet's WARC files hold it, and what is to stand in their places    reads only
    bury     one transaction: the content is deleted, the tombstone, its link and the new records are noted
    finish   the records are written in place, a note tells a later rebuild, the database is rewritten without it

What interrupts it leaves the archive as it was, or finish() to be called again: what is still to be written stands in
the table `replaced`. The outlet's lock is held.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.captures import Captures, mend
from archive.chain import link_takedown
from archive.database import Archive
from archive.identity import has_own_number
from archive.pictures import Shown, pictures_shown
from archive.stories.clusters import forget_story
from archive.takedown.plan import Progress, Replacement, plan_replacements
from archive.tombstones import find_tombstone, note_of, put_tombstone
from archive.warc.files import files_of, unshare
from archive.warc.owner import claim_folder, warc_folder
from kickcrawl import __version__
from kickcrawl.dates import to_iso
from kickcrawl.errors import ArchiveError
from kickcrawl.fingerprint import bytes_digest
from kickcrawl.traces import Trace, number, paragraphs


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be taken down: its addresses, by which traces its text is known, and who else has some of it."""

    article_id: str
    outlet: str
    captured_by: tuple[str, ...]  # the outlets whose runs fetched any of its addresses
    urls: frozenset[str]
    pictures: Shown
    traces: frozenset[Trace]
    shared_with: tuple[str, ...]  # ids of the outlet's other articles that hold a paragraph of it


def take_down(archive: Archive, article_id: str, reason: str, now: datetime, progress: Progress) -> Subject:
    """Take an article down and return what was known of it. Raises ArchiveError.

    *progress* is told the bytes of WARC files as they are read.
    """
    subject, at = read_subject(archive, article_id), to_iso(now)
    folder = warc_folder(archive.path)
    claim_folder(folder, archive.path)
    mend(archive, folder, subject.outlet)
    files = [path for outlet in subject.captured_by for path in files_of(folder, outlet)]
    replacements = list(plan_replacements(files, subject.urls, subject.pictures, subject.traces, at, progress))
    archive.write("PRAGMA secure_delete = ON")
    bury(archive, subject, reason, at, replacements)
    finish(archive, article_id, now)
    return subject


def read_subject(archive: Archive, article_id: str) -> Subject:
    """Return what there is to take down of an article. What others of the outlet print, too, is no trace."""
    row = archive.row("SELECT key, outlet FROM articles WHERE id = :id", {"id": article_id})
    if row is None:
        raise ArchiveError(archive.path, f"holds no article {article_id!r}")
    texts = archive.rows("SELECT text FROM revisions WHERE article_id = :id", {"id": article_id})
    traces, others = set(), set()
    for paragraph in {tuple(found) for text in texts for found in paragraphs(text["text"])}:
        held = {piece: _held_elsewhere(archive, article_id, row["outlet"], piece) for piece in paragraph}
        if not all(held.values()):
            traces.add(frozenset(map(number, paragraph)))
        others |= set.intersection(*held.values())
    urls = frozenset(url["url"] for url in archive.rows(_ADDRESSES, {"id": article_id}))
    pictures = pictures_shown(archive, row["key"])
    by = archive.rows(_CAPTURED_BY, {"urls": json.dumps(sorted(urls | pictures.alone))})
    captured_by = tuple(sorted({row["outlet"], *(run["outlet"] for run in by)}))
    return Subject(article_id, row["outlet"], captured_by, urls, pictures, frozenset(traces), tuple(sorted(others)))


def bury(archive: Archive, subject: Subject, reason: str, at: str, replacements: Iterable[Replacement]) -> None:
    """Delete the content and note the tombstone, its link and the records that are to be written: all or nothing."""
    values = {"id": subject.article_id, "outlet": subject.outlet}
    told: dict[str, object] = {
        "article_id": subject.article_id,
        "outlet": subject.outlet,
        "reason": reason,
        "taken_down_at": at,
    }
    told |= {"traces": sorted(map(sorted, subject.traces)), "urls": sorted(subject.urls)}
    with archive.transaction():
        for row in archive.rows("SELECT native_id, published_at, digest FROM articles WHERE id = :id", values):
            own = has_own_number(archive, subject.outlet, row["native_id"])
            put_tombstone(archive, told | dict(row) | ({} if own else {"native_id": None}))
        for row in archive.rows("SELECT DISTINCT title FROM revisions WHERE article_id = :id", values):
            archive.write(_UNMENTION, values | {"title": row["title"]})
        forget_story(archive, subject.article_id)
        for statement in _DELETE:
            archive.write(statement, values)
        for one in replacements:
            replacement = {
                "file": one.file,
                "offset": one.offset,
                "record": one.record,
                "digest": bytes_digest(one.record),
            }
            archive.write(_REPLACE, values | replacement)
        link_takedown(archive, subject.article_id)


def finish(archive: Archive, article_id: str, now: datetime) -> None:
    """Do what is left to do of a takedown, and rewrite the database without what was deleted. Can be called again."""
    told, folder = note_of(archive, article_id), warc_folder(archive.path)
    for location in archive.rows("SELECT file, offset FROM replaced WHERE record IS NOT NULL"):
        values = {"file": location["file"], "offset": location["offset"]}  # one by one: records may be large
        record = archive.value("SELECT record FROM replaced WHERE file = :file AND offset = :offset", values)
        assert isinstance(record, bytes), "only those that have one were asked for"
        unshare(folder / location["file"])  # a rebuilt archive has the other's files by hard links
        _write_in_place(folder / location["file"], location["offset"], record)
    for torn in folder.glob(f"{told['outlet']}-*.torn-at-*"):
        torn.unlink()  # nobody can tell what is in half a record
    captures = Captures(folder)
    captures.begin(archive, told["outlet"], None, {"software": f"kickcrawl/{__version__}", "description": "a takedown"})
    captures.note(archive, told["outlet"], "takedown", json.dumps(told, ensure_ascii=False).encode(), to_iso(now))
    captures.end(archive, told["outlet"])
    archive.write("UPDATE replaced SET record = NULL WHERE article_id = :id", {"id": article_id})
    sweep(archive)


def restore(archive: Archive, told: Mapping[str, object]) -> None:
    """Put a tombstone into a rebuilt archive, from its note in a WARC file; a second note of it adds nothing."""
    with archive.transaction():
        if find_tombstone(archive, str(told["article_id"])) is None:
            put_tombstone(archive, told)
            link_takedown(archive, str(told["article_id"]))


def sweep(archive: Archive) -> None:
    """Rewrite the full-text index, the free pages and the log, so that nothing deleted is left in the file."""
    archive.write("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
    archive.write("VACUUM")
    busy = archive.value("PRAGMA wal_checkpoint(TRUNCATE)")
    if busy:
        why = "another program reads the archive, so that its log still holds what was deleted"
        raise ArchiveError(archive.path, f"{why}; end it and give the command again")


def _held_elsewhere(archive: Archive, article_id: str, outlet: str, piece: str) -> set[str]:
    """Return the ids of other articles of the outlet that hold these words."""
    values = {"phrase": f'"{piece}"', "outlet": outlet, "id": article_id}
    return {other["id"] for other in archive.rows(_ELSEWHERE, values)}


def _write_in_place(path: Path, offset: int, record: bytes) -> None:
    try:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(record)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        why = f"the record at byte {offset} cannot be replaced ({error.strerror}); mend that and give the command again"
        raise ArchiveError(path, why) from error


# What the frontier knows under the outlet's number for it, too, but for the addresses of other articles.
_ADDRESSES = """
    SELECT url FROM articles WHERE id = :id UNION SELECT url FROM article_urls WHERE article_id = :id
    UNION SELECT f.url FROM articles a JOIN frontier f ON f.outlet = a.outlet AND f.native_id = a.native_id
    WHERE a.id = :id AND f.url NOT IN (SELECT url FROM article_urls WHERE article_id <> :id)
"""
_CAPTURED_BY = """
    SELECT DISTINCT r.outlet FROM captures c JOIN runs r ON r.id = c.run_id
    WHERE c.url IN (SELECT value FROM json_each(:urls))
"""
_ELSEWHERE = """
    SELECT a.id FROM articles_fts f JOIN articles a ON a.key = f.rowid
    WHERE articles_fts MATCH :phrase AND a.outlet = :outlet AND a.id <> :id LIMIT 100
"""
_UNMENTION = """
    UPDATE rejections SET detail = '' WHERE outlet = :outlet
    AND (instr(detail, :title) OR url IN (SELECT url FROM article_urls WHERE article_id = :id))
"""
_DELETE = (
    "DELETE FROM article_urls WHERE article_id = :id",
    "DELETE FROM revisions_kept WHERE article_id = :id",
    "DELETE FROM rights WHERE subject = :id",
    "DELETE FROM articles WHERE id = :id",
)
_REPLACE = """
    INSERT INTO replaced (file, offset, digest, article_id, record) VALUES (:file, :offset, :digest, :id, :record)
"""
