"""Make a large archive of a small one, in bulk: each article again under other addresses, with its captures and links.

What the copies say is linked by the chain like all else, so that `verify` finds the archive whole; their captures name
WARC files that are not there. A million articles take minutes in place of hours.
"""

from archive.chain import REVISION, add_link, link_captures, read_head, revision_digest
from archive.database import Archive

_TABLES = {  # in an order that no row needs one that comes later; what differs in the copy numbered :turn
    "runs": {"id": "id + :runs * :turn", "chain_head": "NULL"},
    "captures": {
        "id": "id + :captures * :turn",
        "run_id": "run_id + :runs * :turn",
        "original_id": "original_id + :captures * :turn",
        "url": "url || '-' || :turn",
        "file": ":turn || '-' || file",
    },
    "records": {"run_id": "run_id + :runs * :turn", "file": ":turn || '-' || file"},
    "articles": {
        "key": "key + :keys * :turn",
        "id": "id || printf('%02x', :turn)",
        "url": "url || '-' || :turn",
        "capture_id": "capture_id + :captures * :turn",
    },
    "revisions_kept": {
        "article_id": "article_id || printf('%02x', :turn)",
        "capture_id": "capture_id + :captures * :turn",
        "run_id": "run_id + :runs * :turn",
    },
    "article_urls": {"url": "url || '-' || :turn", "article_id": "article_id || printf('%02x', :turn)"},
    "frontier": {"url": "url || '-' || :turn"},
    "frontier_seeds": {"url": "url || '-' || :turn"},
    "near_keys": {"article_key": "article_key + :keys * :turn"},
    "near_sketches": {"article_key": "article_key + :keys * :turn"},
}


def multiply(archive: Archive, times: int) -> None:
    """Let *archive* hold *times* as many articles as it does; it holds no stories and nothing that was taken down."""
    ends = {
        "runs": archive.count("SELECT max(id) FROM runs"),
        "captures": archive.count("SELECT max(id) FROM captures"),
        "keys": archive.count("SELECT max(key) FROM articles"),
    }
    for turn in range(1, times):
        with archive.transaction():
            for table, changed in _TABLES.items():
                _copy(archive, table, changed, ends | {"turn": turn})
            _link(archive, first_run=ends["runs"] * turn, last_run=ends["runs"] * (turn + 1))


def _copy(archive: Archive, table: str, changed: dict[str, str], values: dict[str, int]) -> None:
    names = [row["name"] for row in archive.rows(f"SELECT name FROM pragma_table_info('{table}')")]
    selected = ", ".join(changed.get(name, name) for name in names)
    first = {"runs": "id <= :runs", "captures": "id <= :captures", "articles": "key <= :keys"}
    first |= {"revisions_kept": "run_id <= :runs", "records": "run_id <= :runs"}
    first |= {"near_sketches": "article_key <= :keys", "near_keys": "article_key <= :keys"}
    own = first.get(table, "url NOT GLOB '*-[0-9]*'")
    needed = {name: value for name, value in values.items() if f":{name}" in f"{selected} {own}"}
    archive.write(f"INSERT INTO {table} SELECT {selected} FROM {table} WHERE {own}", needed)


def _link(archive: Archive, *, first_run: int, last_run: int) -> None:
    """Add the links of the revisions and the runs behind *first_run*, up to *last_run*."""
    own = f"{REVISION} WHERE r.run_id > :first AND r.run_id <= :last ORDER BY r.recorded_at, r.article_id, r.number"
    for row in archive.rows(own, {"first": first_run, "last": last_run}):
        add_link(archive, "revision", f"{row['article_id']}@{row['number']}", revision_digest(row))
    for row in archive.rows(
        "SELECT id FROM runs WHERE id > :first AND id <= :last", {"first": first_run, "last": last_run}
    ):
        link_captures(archive, row["id"])
    assert read_head(archive)
