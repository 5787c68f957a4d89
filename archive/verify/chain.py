"""Check the chain (archive/chain.py) against what it vouches for: revisions, the records of runs, the articles' state.

Everything here may be asked while crawls write: what is stored comes with its link, in one transaction.
"""

import sqlite3

from archive.article_rows import CONTENT_COLUMNS
from archive.chain import CONTENT, NOTHING, captures_digest, next_head, revision_digest, takedown_digest
from archive.database import Archive
from kickcrawl.errors import ArchiveError

_BATCH = 1000  # links read at once
RESTORE = "restore it from a backup"


def check_chain(archive: Archive, expect: str | None = None) -> int:
    """Check every link and that none is missing; return how many there are. Raises ArchiveError for the first fault.

    *expect* is a head that was written down: it must be one that the chain has had.
    """
    ends = {row["chain_head"]: row["id"] for row in archive.rows(_RUN_HEADS)}
    position, head = 0, NOTHING
    wanted = {*ends, *([expect] if expect else [])} - {head}
    while links := archive.rows(_LINKS, {"position": position, "count": _BATCH}):
        for link in links:
            position += 1
            _check_link(archive, link, position, head)
            head = link["head"]
            wanted.discard(head)
    for lost in sorted(wanted & ends.keys(), key=ends.__getitem__):
        why = (
            f"run {ends[lost]} ended with the head {lost}, which the chain does not have: links are missing; {RESTORE}"
        )
        raise ArchiveError(archive.path, why)
    if wanted:
        raise ArchiveError(
            archive.path, f"the chain has never had the head {expect}: what was stored before it is not what it was"
        )
    _check_ends(archive)
    return position


def _check_link(archive: Archive, link: sqlite3.Row, position: int, head: str) -> None:
    kind, subject = link["kind"], link["subject"]
    if link["position"] != position:
        raise ArchiveError(archive.path, f"link {position} of the chain is missing; {RESTORE}")
    if next_head(head, kind, subject, link["digest"]) != link["head"]:
        raise ArchiveError(archive.path, f"link {position} of the chain ({kind} {subject}) was altered; {RESTORE}")
    if kind == "captures":
        run_id = int(subject.removeprefix("run ").partition(":")[0])
        count, digest = captures_digest(archive, run_id)
        if digest != link["digest"]:
            now = f"the chain vouches for {subject}, and there are {count}: some were changed, added or taken away"
            raise ArchiveError(archive.path, f"{now}; {RESTORE}")
    elif kind == "takedown":
        if takedown_digest(archive, subject) != link["digest"]:
            raise ArchiveError(archive.path, f"the takedown of {subject} is not as it was noted; {RESTORE}")
    elif link["taken_down"] is None:
        _check_revision(archive, link)
    elif link["record_digest"] is not None:
        raise ArchiveError(archive.path, f"article {link['taken_down']} was taken down, and is here again; {RESTORE}")


def _check_revision(archive: Archive, link: sqlite3.Row) -> None:
    article, _, number = link["subject"].partition("@")
    if link["record_digest"] is None:
        raise ArchiveError(archive.path, f"revision {number} of article {article} is missing; {RESTORE}")
    if revision_digest(link) != link["digest"]:
        what = f"revision {number} of article {article} ({link['title']!r})"
        raise ArchiveError(archive.path, f"{what} is not as it was stored: it was changed later; {RESTORE}")


def _check_ends(archive: Archive) -> None:
    """Check that nothing stands beside the chain, and that the articles are as their last revisions say."""
    if (loose := archive.text(_UNLINKED)) is not None:
        article, _, number = loose.partition("@")
        raise ArchiveError(archive.path, f"revision {number} of article {article} was added past the chain; {RESTORE}")
    if (run_id := archive.number(_UNLINKED_RUN)) is not None:
        raise ArchiveError(archive.path, f"run {run_id} has ended without a link in the chain; {RESTORE}")
    if (loose := archive.text(_UNLINKED_TAKEDOWN)) is not None:
        raise ArchiveError(archive.path, f"the takedown of {loose} was added past the chain; {RESTORE}")
    if (left := archive.text("SELECT article_id FROM replaced WHERE record IS NOT NULL LIMIT 1")) is not None:
        raise ArchiveError(
            archive.path, f"the takedown of {left} was interrupted; finish it: kickcrawl takedown {left}"
        )
    if (row := archive.row(_STRAY)) is not None:
        why = f"article {row['id']} ({row['title']!r}) is not as its last revision, {row['revision']}, says; {RESTORE}"
        raise ArchiveError(archive.path, why)


_RUN_HEADS = "SELECT id, chain_head FROM runs WHERE chain_head IS NOT NULL"
_CONTENT = ", ".join(f"r.{name}" for name in CONTENT)
_LINKS = f"""
    SELECT l.position, l.kind, l.subject, l.digest, l.head, c.record_digest, {_CONTENT},
           t.article_id AS taken_down
    FROM chain l
    LEFT JOIN revisions r ON l.kind = 'revision' AND r.article_id = substr(l.subject, 1, instr(l.subject, '@') - 1)
                         AND r.number = CAST(substr(l.subject, instr(l.subject, '@') + 1) AS INTEGER)
    LEFT JOIN captures c ON c.id = r.capture_id
    LEFT JOIN takedowns t ON l.kind = 'revision' AND t.article_id = substr(l.subject, 1, instr(l.subject, '@') - 1)
    WHERE l.position > :position ORDER BY l.position LIMIT :count
"""
_UNLINKED = """
    SELECT article_id || '@' || number AS subject FROM revisions
    EXCEPT SELECT subject FROM chain WHERE kind = 'revision' LIMIT 1
"""
_UNLINKED_TAKEDOWN = """
    SELECT article_id FROM takedowns EXCEPT SELECT subject FROM chain WHERE kind = 'takedown' LIMIT 1
"""
_UNLINKED_RUN = "SELECT id FROM runs WHERE finished_at IS NOT NULL AND chain_head IS NULL LIMIT 1"
_SAME = " AND ".join(f"r.{name} = a.{name}" for name in CONTENT_COLUMNS)
_STRAY = f"""
    SELECT a.id, a.title, a.revision FROM articles a
    LEFT JOIN revisions r ON r.article_id = a.id AND r.number = a.revision
    WHERE r.number IS NULL OR NOT ({_SAME})
       OR a.revision < (SELECT max(number) FROM revisions l WHERE l.article_id = a.id) LIMIT 1
"""
