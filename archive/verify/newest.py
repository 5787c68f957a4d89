"""Check what was written to an archive last, in a time that does not grow with it: after a run that died.

Whatever a run stores comes with links of the chain, so the chain tells where to begin: with a dead run's first link.
"""

import json
from collections.abc import Sequence

from archive.database import Archive
from archive.verify.chain import RESTORE, check_last_states_of, check_links
from kickcrawl.errors import ArchiveError

# The newest, of each kind, that are checked:
MAX_LINKS = 5_000  # links of the chain; a second's work
MAX_TITLES = 100  # titles, sought in the full-text index; a millisecond each
MAX_ROWS = 500  # rows of each table, looked up by each of its indexes
_ROWS = {"articles": "key", "captures": "id", "revisions_kept": "rowid", "chain": "position", "runs": "id"}


def check_newest(archive: Archive, dead: Sequence[int]) -> int:
    """Check what came since the first link of these runs; return how many links. Raises ArchiveError for a fault.

    At most MAX_LINKS, the newest. They are checked with all that they vouch for and with the articles' states; the
    newest rows of each table are looked up by each of its indexes.
    """
    last = archive.count("SELECT max(position) FROM chain")
    first = archive.number(_FIRST, {"reach": max(0, last - MAX_LINKS), "dead": json.dumps(list(dead))})
    behind = last if first is None else first - 1
    check_links(archive, behind=behind, last=last)
    check_last_states_of(archive, behind=behind, last=last)
    for table, key in _ROWS.items():
        _check_indexes(archive, table, key)
    return last - behind


def lacks_newest(archive: Archive) -> bool:
    """Tell whether the full-text index lacks one of the newest articles. Raises ArchiveError where it is damaged."""
    newest = archive.rows(f"SELECT key, title FROM articles ORDER BY key DESC LIMIT {MAX_TITLES}")
    titles = ((row["key"], row["title"].replace('"', " ")) for row in newest)
    return any(
        any(sign.isascii() and sign.isalpha() for sign in title)
        and archive.row(_IS_FOUND, {"title": f'"{title}"', "key": key}) is None
        for key, title in titles
    )


def _check_indexes(archive: Archive, table: str, key: str) -> None:
    for row in archive.rows("SELECT name FROM pragma_index_list(:table) WHERE NOT partial", {"table": table}):
        columns = [column["name"] for column in archive.rows(_COLUMNS, {"index": row["name"]})]
        same = " AND ".join(f"x.{column} IS t.{column}" for column in columns)
        where = f"FROM {table} x INDEXED BY {row['name']} WHERE {same} AND x.{key} = t.{key}"
        newest = f"(SELECT {key}, * FROM {table} ORDER BY {key} DESC LIMIT {MAX_ROWS}) t"
        if archive.value(f"SELECT 1 FROM {newest} WHERE NOT EXISTS (SELECT 1 {where}) LIMIT 1") is not None:
            raise ArchiveError(archive.path, f"the database is damaged (index {row['name']} lacks rows); {RESTORE}")


_FIRST = """
    SELECT min(l.position) FROM chain l
    JOIN revisions r ON r.article_id = substr(l.subject, 1, instr(l.subject, '@') - 1)
                    AND r.number = CAST(substr(l.subject, instr(l.subject, '@') + 1) AS INTEGER)
    WHERE l.position > :reach AND l.kind = 'revision' AND r.run_id IN (SELECT value FROM json_each(:dead))
"""
_COLUMNS = "SELECT name FROM pragma_index_info(:index) ORDER BY seqno"
_IS_FOUND = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH :title AND rowid = :key"
