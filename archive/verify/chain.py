"""Check the chain (archive/chain.py) against what it vouches for: revisions, the records of runs, the articles' state.

Everything here may be asked while crawls write: what is stored comes with its link, in one transaction. Links are
checked in ranges, each from the head that stands before it, which the range before has checked.
"""

import sqlite3
from functools import partial

from archive.article_rows import CONTENT_COLUMNS
from archive.chain import CONTENT, NOTHING, captures_digest, next_head, revision_digest, takedown_digest
from archive.database import Archive
from archive.verify.checks import Check
from kickcrawl.errors import ArchiveError

RANGE = 20_000  # links, or articles, of one check
_BATCH = 1000  # links read at once
RESTORE = "restore it from a backup"


def chain_checks(archive: Archive, size: int, *, expect: str | None) -> list[Check]:
    """Return the checks of the chain and of what it vouches for, in a database of *size* bytes.

    *expect* is a head that was written down: it must be one that the chain has had.
    """
    links = archive.count("SELECT max(position) FROM chain")
    articles = archive.count("SELECT max(key) FROM articles")
    return [
        *link_checks(0, links, weight=size),
        Check(what="what stands past the chain", weight=size // 20, run=partial(check_ends, expect=expect)),
        *(
            Check(
                what=f"the articles' last states, {start + 1:,} to {end:,}",
                weight=size * (end - start) // (4 * articles),
                run=partial(check_last_states, behind=start, last=end),
            )
            for start, end in _ranges(0, articles)
        ),
    ]


def link_checks(behind: int, last: int, *, weight: int) -> list[Check]:
    """Return the checks of the links behind a position; *weight* is that of all of them."""
    return [
        Check(
            what=f"links {start + 1:,} to {end:,} of the chain",
            weight=weight * (end - start) // (last - behind),
            run=partial(check_links, behind=start, last=end),
        )
        for start, end in _ranges(behind, last)
    ]


def _ranges(behind: int, last: int) -> list[tuple[int, int]]:
    return [(start, min(start + RANGE, last)) for start in range(behind, last, RANGE)]


def check_links(archive: Archive, *, behind: int, last: int) -> int:
    """Check each link behind a position, up to the *last*, and that none is missing; return how many they are.

    Raises ArchiveError for the first fault. That the link *behind* has the head that it should is checked elsewhere.
    """
    position, head = behind, head_at(archive, behind)
    while links := archive.rows(_LINKS, {"position": position, "last": last, "count": _BATCH}):
        for link in links:
            position += 1
            _check_link(archive, link, position, head)
            head = link["head"]
    if position < last:
        raise ArchiveError(archive.path, f"link {position + 1} of the chain is missing; {RESTORE}")
    return position - behind


def head_at(archive: Archive, position: int) -> str:
    """Return the head of the chain after the link at *position*. Raises ArchiveError where that is missing."""
    if not position:
        return NOTHING
    head = archive.text("SELECT head FROM chain WHERE position = :position", {"position": position})
    if head is None:
        raise ArchiveError(archive.path, f"link {position} of the chain is missing; {RESTORE}")
    return head


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


def check_ends(archive: Archive, *, expect: str | None = None) -> int:
    """Check that the chain has each head that it should have had, and that nothing was added past it.

    Raises ArchiveError for the first fault.
    """
    if (run := archive.row(_LOST_HEAD)) is not None:
        lost = f"run {run['id']} ended with the head {run['chain_head']}, which the chain does not have"
        raise ArchiveError(archive.path, f"{lost}: links are missing; {RESTORE}")
    if expect and find_head(archive, expect) is None:
        why = f"the chain has never had the head {expect}: what was stored before it is not what it was"
        raise ArchiveError(archive.path, why)
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
    return 0


def check_last_states(archive: Archive, *, behind: int, last: int) -> int:
    """Check that the articles of these row numbers are as their last revisions say; return 0. Raises ArchiveError."""
    values = {"behind": behind, "last": last}
    return refuse_stray(archive, archive.row(_STRAY.format(which="a.key > :behind AND a.key <= :last"), values))


def check_last_states_of(archive: Archive, *, behind: int, last: int) -> int:
    """Check likewise the articles that the links of these positions tell of."""
    values = {"behind": behind, "last": last}
    return refuse_stray(archive, archive.row(_STRAY.format(which=f"a.id IN ({_LINKED})"), values))


def refuse_stray(archive: Archive, row: sqlite3.Row | None) -> int:
    """Raise ArchiveError if there is an article that is not as its last revision says; else return 0."""
    if row is None:
        return 0
    why = f"article {row['id']} ({row['title']!r}) is not as its last revision, {row['revision']}, says; {RESTORE}"
    raise ArchiveError(archive.path, why)


def find_head(archive: Archive, head: str) -> int | None:
    """Return after which link the chain had that *head*, 0 for that of an empty chain; None if it never had."""
    newest_first = "SELECT position FROM chain WHERE head = :head ORDER BY position DESC LIMIT 1"
    return 0 if head == NOTHING else archive.number(newest_first, {"head": head})


_CONTENT = ", ".join(f"r.{name}" for name in CONTENT)
_LINKS = f"""
    SELECT l.position, l.kind, l.subject, l.digest, l.head, c.record_digest, {_CONTENT},
           t.article_id AS taken_down
    FROM chain l
    LEFT JOIN revisions r ON l.kind = 'revision' AND r.article_id = substr(l.subject, 1, instr(l.subject, '@') - 1)
                         AND r.number = CAST(substr(l.subject, instr(l.subject, '@') + 1) AS INTEGER)
    LEFT JOIN captures c ON c.id = r.capture_id
    LEFT JOIN takedowns t ON l.kind = 'revision' AND t.article_id = substr(l.subject, 1, instr(l.subject, '@') - 1)
    WHERE l.position > :position AND l.position <= :last ORDER BY l.position LIMIT :count
"""
_UNLINKED = """
    SELECT article_id || '@' || number AS subject FROM revisions
    EXCEPT SELECT subject FROM chain WHERE kind = 'revision' LIMIT 1
"""
_UNLINKED_TAKEDOWN = """
    SELECT article_id FROM takedowns EXCEPT SELECT subject FROM chain WHERE kind = 'takedown' LIMIT 1
"""
_LOST_HEAD = """
    SELECT id, chain_head FROM runs
    WHERE chain_head IS NOT NULL AND chain_head NOT IN (SELECT head FROM chain WHERE kind = 'captures')
    ORDER BY id LIMIT 1
"""
_LINKED = """
    SELECT substr(subject, 1, instr(subject, '@') - 1) FROM chain
    WHERE position > :behind AND position <= :last AND kind = 'revision'
"""
_UNLINKED_RUN = "SELECT id FROM runs WHERE finished_at IS NOT NULL AND chain_head IS NULL LIMIT 1"
_SAME = " AND ".join(f"r.{name} = a.{name}" for name in CONTENT_COLUMNS)
_STRAY = f"""
    SELECT a.id, a.title, a.revision FROM articles a
    LEFT JOIN revisions r ON r.article_id = a.id AND r.number = a.revision
    WHERE {{which}} AND (r.number IS NULL OR NOT ({_SAME})
       OR a.revision < (SELECT max(number) FROM revisions l WHERE l.article_id = a.id)) LIMIT 1
"""
