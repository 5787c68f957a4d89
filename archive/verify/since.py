"""Verify only what was stored since the chain had a head that was noted: after each run, in place of everything."""

import re
from functools import partial

from archive.chain import read_head
from archive.database import Archive
from archive.verify.archive import Verification
from archive.verify.chain import check_ends, check_last_states_of, find_head, link_checks
from archive.verify.checks import Check
from archive.verify.files import file_checks
from archive.verify.slice import read_slice
from kickcrawl.errors import ArchiveError, UsageError

LINK = 10_000  # about how many bytes of the database the check of a link is worth
_LEFT_OUT = (
    "{earlier}the database's structure, what refers to rows that are not there, and the full-text index; "
    "verify without --since looks at all"
)


def verify_since(archive: Archive, head: str) -> Verification:
    """Return the verification of the revisions, captures and records that came after the chain had *head*.

    Records that no link of a run vouches for (yet) are checked if they stand behind newer ones in their file. Raises
    UsageError for what is no head, ArchiveError for one that the chain has never had.
    """
    if not re.fullmatch(r"sha256:[0-9a-f]{64}", head):
        raise UsageError(
            f"--since: {head} is no head; one is sha256: and 64 digits, as kickcrawl verify --head prints it"
        )
    position = find_head(archive, head)
    if position is None:
        why = "it was not written down rightly, or what was stored before it is not what it was"
        raise ArchiveError(
            archive.path, f"the chain has never had the head {head}: {why}; verify without --since tells"
        )
    last = archive.count("SELECT max(position) FROM chain")
    given: dict[str, int] = {"behind": position, "last": last}
    states = partial(check_last_states_of, behind=position, last=last)
    links = last - position
    slice = read_slice(archive)
    holds_records = slice is None or slice.holds_records
    names = {row["file"]: row["start"] for row in archive.rows(_FILES, given)} if holds_records else {}
    checks = [
        *link_checks(position, last, weight=LINK * links),
        Check(what="the articles' last states", weight=LINK * links // 4, run=states),
        Check(what="what stands past the chain", weight=LINK * links // 20, run=partial(check_loose, behind=position)),
    ]
    told: dict[str, int | str] = {"since": head}
    told |= {name: archive.count(sql, given) for name, sql in _COUNTED.items()}
    told |= {"links": links, "files": len(names), "records": 0, "head": read_head(archive)}
    earlier = f"what was stored up to link {position} of the chain, " if position else ""
    told |= {"left_out": _LEFT_OUT.format(earlier=earlier)}
    return Verification(checks=checks, files=file_checks(archive, names), told=told)


def check_loose(archive: Archive, *, behind: int) -> int:
    """Check that no revision was added past the chain since the link *behind*; return 0. Raises ArchiveError.

    A migration may have stored revisions in another order than the chain; then all revisions and links are compared.
    """
    is_today = archive.row("SELECT 1 FROM sqlite_master WHERE name = 'revisions_kept'") is not None
    maybe_loose = _MAYBE_LOOSE.format(table="revisions_kept" if is_today else "revisions")  # older ones have a table
    return check_ends(archive) if archive.text(maybe_loose, {"behind": behind}) is not None else 0


_RUNS = """
    SELECT CAST(substr(subject, 5, instr(subject, ':') - 5) AS INTEGER) FROM chain
    WHERE position > :behind AND position <= :last AND kind = 'captures'
    UNION SELECT id FROM runs WHERE chain_head IS NULL
"""
_FILES = f"""
    SELECT file, min(offset) AS start FROM (
        SELECT file, offset FROM captures WHERE run_id IN ({_RUNS})
        UNION ALL SELECT file, offset FROM records WHERE run_id IN ({_RUNS})
    ) GROUP BY file
"""
_LINKS = "FROM chain WHERE position > :behind AND position <= :last AND kind = 'revision'"
_COUNTED = {
    "articles": f"SELECT count(DISTINCT substr(subject, 1, instr(subject, '@'))) {_LINKS}",
    "revisions": f"SELECT count(*) {_LINKS}",
    "captures": f"SELECT count(*) FROM captures WHERE run_id IN ({_RUNS})",
}
_MAYBE_LOOSE = """
    SELECT article_id || '@' || number FROM {table} WHERE rowid > coalesce((
        SELECT r.rowid FROM chain l JOIN {table} r ON r.article_id = substr(l.subject, 1, instr(l.subject, '@') - 1)
                                                    AND r.number = substr(l.subject, instr(l.subject, '@') + 1) + 0
        WHERE l.position <= :behind AND l.kind = 'revision' ORDER BY l.position DESC LIMIT 1
    ), 0) EXCEPT SELECT subject FROM chain WHERE position > :behind AND kind = 'revision' LIMIT 1
"""
